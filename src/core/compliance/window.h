// When the law and the person's own wish leave a window open, in one zone.
#pragma once

#include <optional>
#include <string_view>

#include "core/compliance/calendar.h"
#include "core/compliance/local_clock.h"
#include "core/compliance/rule_book.h"

namespace puntual::compliance {

// What one pack asks of one request. `hours` null: no window, open but for the deployment's own
// closed days.
struct Window {
  const Hours* hours = nullptr;
  const Week* week = nullptr;
  const Calendar* calendar = nullptr;
  const ConsumerHours* wish = nullptr;  // Only one that counts.
  bool wish_replaces = false;           // Colombia; elsewhere it narrows.
  bool wish_opens_closed_days = false;  // It reaches Sundays and holidays too.
  std::string_view wish_rule;
  const ClosedDays* closed = nullptr;  // The deployment's; they close whatever else is open.
  std::string_view region;             // The debtor's; empty: unknown, closed with every region.

  [[nodiscard]] bool has_hours() const { return hours != nullptr; }
  [[nodiscard]] bool applies() const {
    return has_hours() || (closed != nullptr && closed->count > 0);
  }
  [[nodiscard]] bool is_closed_day(CivilDate date) const {
    return closed != nullptr && closed->is_closed(date, region);
  }
};

struct Closure {
  Reason reason;
  std::string_view rule;
};

// Why it is closed at this local time; none when it is open.
[[nodiscard]] std::optional<Closure> why_closed(const Window& window, const LocalTime& local);

// When the opening that holds `now` ends; `now` must be in one. Without hours: when the next closed
// day begins, or the horizon.
[[nodiscard]] Instant closing_after(const Window& window, const LocalClock& clock, Instant now);

// An instant after `now` before which it does not open again: the next opening, or the next change
// of the zone's offset when that comes first. Ask again there. None within the horizon: never.
[[nodiscard]] std::optional<Instant> next_opening(const Window& window, const LocalClock& clock,
                                                  Instant now);

}  // namespace puntual::compliance
