// Instants, civil dates and their text forms. No clock here: whoever needs the time is given it.
//
// An Instant is UTC milliseconds since 1970; a CivilDate is a day of the Gregorian calendar without
// a zone; the two meet in base/zone.h. All functions are pure and thread-safe.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace puntual {

inline constexpr int64_t kSecondMs = 1000;
inline constexpr int64_t kMinuteMs = 60 * kSecondMs;
inline constexpr int64_t kHourMs = 60 * kMinuteMs;
inline constexpr int64_t kDayMs = 24 * kHourMs;

struct Instant {
  int64_t ms = 0;
  auto operator<=>(const Instant&) const = default;
};
[[nodiscard]] constexpr Instant operator+(Instant at, int64_t ms) { return {at.ms + ms}; }
[[nodiscard]] constexpr Instant operator-(Instant at, int64_t ms) { return {at.ms - ms}; }
[[nodiscard]] constexpr int64_t operator-(Instant a, Instant b) { return a.ms - b.ms; }

enum class Weekday : uint8_t { Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday };

struct CivilDate {
  int32_t days = 0;  // Since 1970-01-01.
  auto operator<=>(const CivilDate&) const = default;
};
[[nodiscard]] constexpr CivilDate operator+(CivilDate date, int32_t days) {
  return {date.days + days};
}
[[nodiscard]] constexpr CivilDate operator-(CivilDate date, int32_t days) {
  return {date.days - days};
}
[[nodiscard]] constexpr int32_t operator-(CivilDate a, CivilDate b) { return a.days - b.days; }

struct YearMonthDay {
  int32_t year = 1970;
  int32_t month = 1;  // 1..12
  int32_t day = 1;    // 1..31
};

[[nodiscard]] constexpr Weekday weekday_of(CivilDate date) {
  return static_cast<Weekday>(((date.days % 7) + 10) % 7);  // 1970-01-01 was a Thursday.
}
[[nodiscard]] YearMonthDay ymd_of(CivilDate date);
// The date, or nothing's error (Invalid) when the calendar has no such day ("31/02/2026").
[[nodiscard]] Result<CivilDate> civil_date(int32_t year, int32_t month, int32_t day);
// For constants in code and tests: the day must exist.
[[nodiscard]] CivilDate date_of(int32_t year, int32_t month, int32_t day);

// "2026-11-24".
[[nodiscard]] std::string format_date(CivilDate date);
[[nodiscard]] Result<CivilDate> parse_date(std::string_view text);

// "2026-11-24T16:00:00-05:00"; milliseconds are written only when they are not zero.
[[nodiscard]] std::string format_rfc3339(Instant at, int32_t offset_seconds);
[[nodiscard]] std::string format_utc(Instant at);  // "2026-11-24T21:00:00Z"
[[nodiscard]] Result<Instant> parse_rfc3339(std::string_view text);

}  // namespace puntual
