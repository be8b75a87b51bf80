// When the law and the person's own wish leave a window open, in one zone.
#pragma once

#include <optional>
#include <string_view>

#include "core/compliance/calendar.h"
#include "core/compliance/country_rules.h"
#include "core/compliance/local_clock.h"

namespace puntual::compliance {

// What one pack asks of one request. `hours` null: no window at all.
struct Window {
  const Hours* hours = nullptr;
  const Week* week = nullptr;
  const Calendar* calendar = nullptr;
  const ConsumerHours* wish = nullptr;  // Only one that counts.
  bool wish_replaces = false;           // Colombia; elsewhere it narrows.
  bool wish_opens_closed_days = false;  // It reaches Sundays and holidays too.
  std::string_view wish_rule;

  [[nodiscard]] bool applies() const { return hours != nullptr; }
};

struct Closure {
  Reason reason;
  std::string_view rule;
};

// Why it is closed at this local time; none when it is open.
[[nodiscard]] std::optional<Closure> why_closed(const Window& window, const LocalTime& local);

// When the opening that holds `now` ends; `now` must be in one.
[[nodiscard]] Instant closing_after(const Window& window, const LocalClock& clock, Instant now);

// An instant after `now` before which it does not open again: the next opening, or the next change
// of the zone's offset when that comes first. Ask again there. None within the horizon: never.
[[nodiscard]] std::optional<Instant> next_opening(const Window& window, const LocalClock& clock,
                                                  Instant now);

}  // namespace puntual::compliance
