#include "base/time.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

TEST(Time, IsWrittenAsRfc3339HasIt) {
  EXPECT_EQ(format_rfc3339({0}, 0), "1970-01-01T00:00:00+00:00");
  EXPECT_EQ(format_rfc3339({-1}, 0), "1969-12-31T23:59:59.999+00:00");
  EXPECT_EQ(format_rfc3339({1'795'528'800'050}, -5 * 3600), "2026-11-24T09:00:00.050-05:00");
  EXPECT_EQ(format_rfc3339({1'795'528'800'000}, -12'600), "2026-11-24T10:30:00-03:30");
  EXPECT_EQ(format_utc({1'795'528'800'007}), "2026-11-24T14:00:00.007Z");
}

TEST(Time, DatesHaveFourDigitsOfTheYear) {
  EXPECT_EQ(format_date(date_of(2026, 1, 9)), "2026-01-09");
  EXPECT_EQ(format_date(date_of(987, 12, 31)), "0987-12-31");
  EXPECT_EQ(format_date({2'932'897}), "10000-01-01");
  EXPECT_EQ(format_date({-719'529}), "-001-12-31");
}

}  // namespace
}  // namespace puntual
