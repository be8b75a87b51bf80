#include "core/compliance/window.h"

#include <algorithm>

namespace puntual::compliance {
namespace {

constexpr int kSearchDays = 62;
constexpr int32_t kMinute = static_cast<int32_t>(kMinuteMs);

bool is_free_day(const Window& window, CivilDate date) {
  return window.week->closed_on_holidays && window.calendar->is_holiday(date);
}

DayHours legal_hours(const Window& window, CivilDate date) {
  if (is_free_day(window, date)) return kClosed;
  return window.week->days[static_cast<size_t>(weekday_of(date))];
}

bool names(const HoursInterval& interval, CivilDate date) {
  return interval.from_ms < interval.to_ms &&
         (interval.weekdays >> static_cast<int>(weekday_of(date)) & 1) != 0;
}

// Does the person's wish say anything about this date?
bool wish_speaks(const Window& window, CivilDate date) {
  if (window.wish == nullptr) return false;
  if (window.wish_replaces && !window.wish_opens_closed_days && legal_hours(window, date).closed())
    return false;
  return std::any_of(window.wish->intervals.begin(), window.wish->intervals.end(),
                     [&](const HoursInterval& interval) { return names(interval, date); });
}

// Calls `use(from_ms, to_ms)` for every opening of a local date; they may overlap.
template <class Use>
void each_opening(const Window& window, CivilDate date, Use use) {
  if (window.is_closed_day(date)) return;
  if (!window.has_hours()) return use(0, static_cast<int32_t>(kDayMs));
  const DayHours legal = legal_hours(window, date);
  int32_t from = legal.from * kMinute;
  int32_t to = legal.to * kMinute;
  if (!wish_speaks(window, date)) {
    if (from < to) use(from, to);
    return;
  }
  if (window.wish_replaces) {
    from = 0;
    to = static_cast<int32_t>(kDayMs);
  }
  for (const auto& interval : window.wish->intervals) {
    const int32_t first = std::max(from, interval.from_ms);
    const int32_t last = std::min(to, interval.to_ms);
    if (names(interval, date) && first < last) use(first, last);
  }
}

bool is_open(const Window& window, const LocalTime& local) {
  bool open = false;
  each_opening(window, local.date, [&](int32_t from, int32_t to) {
    open |= from <= local.ms_of_day && local.ms_of_day < to;
  });
  return open;
}

}  // namespace

std::optional<Closure> why_closed(const Window& window, const LocalTime& local) {
  if (is_open(window, local)) return std::nullopt;
  constexpr Closure kClosedDay{Reason::WindowHoliday, "H-CLOSED-DAY"};
  const bool closed_day = window.is_closed_day(local.date);
  if (closed_day &&
      (!window.has_hours() || (window.wish_replaces && wish_speaks(window, local.date))))
    return kClosedDay;
  if (window.wish_replaces && wish_speaks(window, local.date)) {
    return Closure{Reason::ConsumerHours, window.wish_rule};
  }
  const Hours& hours = *window.hours;
  const Weekday weekday = weekday_of(local.date);
  const DayHours usual = window.week->days[static_cast<size_t>(weekday)];
  if (usual.closed()) {
    return Closure{Reason::WindowWeekday,
                   weekday == Weekday::Saturday ? hours.saturday_rule : hours.closed_rule};
  }
  if (is_free_day(window, local.date)) return Closure{Reason::WindowHoliday, hours.closed_rule};
  if (closed_day) return kClosedDay;
  if (local.ms_of_day < usual.from * kMinute || local.ms_of_day >= usual.to * kMinute) {
    return Closure{Reason::WindowHours,
                   weekday == Weekday::Saturday ? hours.saturday_rule : hours.weekday_rule};
  }
  return Closure{Reason::ConsumerHours, window.wish_rule};
}

Instant closing_after(const Window& window, const LocalClock& clock, Instant now) {
  const LocalTime local = clock.local(now);
  if (!window.has_hours()) {
    int day = 1;
    while (day < kSearchDays && !window.is_closed_day(local.date + day)) ++day;
    return clock.zone().instant(local.date + day, 0);
  }
  int32_t end = local.ms_of_day;
  for (bool grew = true; grew;) {  // Openings that touch are one.
    grew = false;
    each_opening(window, local.date, [&](int32_t from, int32_t to) {
      if (from <= end && to > end) {
        end = to;
        grew = true;
      }
    });
  }
  // The earlier of both when the clocks change in between.
  return std::min(clock.zone().instant(local.date, end), now + (end - local.ms_of_day));
}

std::optional<Instant> next_opening(const Window& window, const LocalClock& clock, Instant now) {
  const LocalTime local = clock.local(now);
  constexpr int32_t kNone = static_cast<int32_t>(kDayMs) + 1;
  std::optional<Instant> found;
  for (int day = 0; day <= kSearchDays && !found; ++day) {
    int32_t first = kNone;
    each_opening(window, local.date + day, [&](int32_t from, int32_t) {
      if (day > 0 || from > local.ms_of_day) first = std::min(first, from);
    });
    if (first == kNone) continue;
    found = clock.zone().instant(local.date + day, first);
    if (*found <= now) found = now + (first - local.ms_of_day);  // The second of two equal hours.
  }
  const Instant change = clock.next_change(now);
  if (change < now + kSearchDays * kDayMs) return found ? std::min(*found, change) : change;
  return found;
}

}  // namespace puntual::compliance
