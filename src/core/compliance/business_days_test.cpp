#include "core/compliance/business_days.h"

#include <gtest/gtest.h>

namespace puntual::compliance {
namespace {

TEST(BusinessDays, PassOverWeekendsAndHolidays) {
  const auto* colombia = RuleBook::built_in().find("CO");
  ASSERT_NE(colombia, nullptr);
  EXPECT_EQ(business_days_after(colombia, date_of(2026, 11, 24), 3),
            date_of(2026, 11, 27));  // Tuesday to Friday.
  EXPECT_EQ(business_days_after(colombia, date_of(2026, 11, 26), 3),
            date_of(2026, 12, 1));  // Over a weekend.
  EXPECT_EQ(business_days_after(colombia, date_of(2026, 12, 4), 3),
            date_of(2026, 12, 10));  // The 8th is a holiday.
  EXPECT_EQ(business_days_after(nullptr, date_of(2026, 12, 4), 3), date_of(2026, 12, 9));
  EXPECT_EQ(business_days_after(colombia, date_of(2026, 11, 28), 0), date_of(2026, 11, 28));
}

}  // namespace
}  // namespace puntual::compliance
