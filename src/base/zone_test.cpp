// Reference points of the law document (section 3, 4, 11) and the edges of daylight saving.
#include "base/zone.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

Instant at(std::string_view text) { return *parse_rfc3339(text); }
std::string local_text(std::string_view zone, std::string_view instant) {
  return format_rfc3339(at(instant), Zone::of(zone).offset_at(at(instant)));
}

TEST(Zone, ReferenceOffsets) {
  EXPECT_EQ(local_text("America/Bogota", "2026-11-24T21:00:00Z"), "2026-11-24T16:00:00-05:00");
  EXPECT_EQ(local_text("America/Mexico_City", "2026-07-01T12:00:00Z"), "2026-07-01T06:00:00-06:00");
  EXPECT_EQ(local_text("America/Tijuana", "2026-11-24T14:30:00Z"), "2026-11-24T06:30:00-08:00");
  EXPECT_EQ(local_text("America/Asuncion", "2026-07-01T12:00:00Z"), "2026-07-01T09:00:00-03:00");
  EXPECT_EQ(local_text("America/Punta_Arenas", "2026-07-01T12:00:00Z"),
            "2026-07-01T09:00:00-03:00");
  EXPECT_EQ(local_text("America/Coyhaique", "2026-07-01T12:00:00Z"), "2026-07-01T09:00:00-03:00");
  EXPECT_EQ(local_text("America/Santiago", "2026-07-01T12:00:00Z"), "2026-07-01T08:00:00-04:00");
}

TEST(Zone, GapGivesTheFirstValidInstant) {
  const Zone santiago = Zone::of("America/Santiago");
  // 2024-09-08 00:00..01:00 does not exist in Santiago.
  EXPECT_EQ(santiago.instant(date_of(2024, 9, 8), 30 * kMinuteMs), at("2024-09-08T01:00:00-03:00"));
  EXPECT_EQ(santiago.instant(date_of(2024, 9, 8), 0), at("2024-09-08T01:00:00-03:00"));
  EXPECT_EQ(santiago.instant(date_of(2024, 9, 8), 90 * kMinuteMs), at("2024-09-08T01:30:00-03:00"));
}

TEST(Zone, OverlapGivesTheEarlier) {
  const Zone santiago = Zone::of("America/Santiago");
  EXPECT_EQ(santiago.instant(date_of(2026, 4, 4), 23 * kHourMs + 30 * kMinuteMs),
            at("2026-04-04T23:30:00-03:00"));
}

TEST(Zone, RoundTripsEveryHourOfAYearInEveryZone) {
  for (const auto name : Zone::names()) {
    const Zone zone = Zone::of(name);
    for (Instant now = at("2026-01-01T00:00:00Z"); now < at("2027-01-01T00:00:00Z");
         now = now + 7 * kHourMs) {
      const auto local = zone.local(now);
      const Instant back = zone.instant(local.date, local.ms_of_day);
      EXPECT_LE(back, now) << name;  // The earlier one in an overlap.
      EXPECT_EQ(zone.local(back).ms_of_day, local.ms_of_day) << name;
    }
  }
}

TEST(Time, ReadsAndWritesInstants) {
  EXPECT_EQ(format_utc(at("2026-11-24T16:00:00.250-05:00")), "2026-11-24T21:00:00.250Z");
  EXPECT_FALSE(parse_rfc3339("2026-11-24 16:00"));
  EXPECT_FALSE(parse_rfc3339("2026-02-30T16:00:00Z"));
  EXPECT_FALSE(parse_date("2026-2-3"));
  EXPECT_EQ(weekday_of(date_of(2026, 11, 24)), Weekday::Tuesday);
  EXPECT_EQ(weekday_of(date_of(1969, 12, 28)), Weekday::Sunday);
}

}  // namespace
}  // namespace puntual
