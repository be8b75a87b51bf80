// The calendars that ship, against the law: tables for 2026 and 2027, formulas for every year.
#include "core/compliance/calendar.h"

#include <gtest/gtest.h>

#include "core/compliance/rule_book.h"

namespace puntual::compliance {
namespace {

std::string days_of(std::string_view country, int year) {
  std::string days;
  for (CivilDate date = date_of(year, 1, 1); date <= date_of(year, 12, 31); date = date + 1) {
    if (is_holiday(country, date)) days += (days.empty() ? "" : " ") + format_date(date).substr(5);
  }
  return days;
}

TEST(Calendar, Colombia) {
  EXPECT_EQ(days_of("CO", 2026),
            "01-01 01-12 03-23 04-02 04-03 05-01 05-18 06-08 06-15 06-29 07-13 07-20 08-07 08-17 "
            "10-12 11-02 11-16 "
            "12-08 12-25");
  EXPECT_EQ(days_of("CO", 2027),
            "01-01 01-11 03-22 03-25 03-26 05-01 05-10 05-31 06-07 07-05 07-12 07-20 08-07 08-16 "
            "10-18 11-01 11-15 "
            "12-08 12-25");
  EXPECT_FALSE(is_holiday("CO", date_of(2025, 7, 14)));  // The July holiday began in 2026.
}

CivilDate easter(int year) {  // Anonymous Gregorian algorithm.
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25;
  const int g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  return date_of(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
}
CivilDate monday_from(CivilDate date) {
  return date + (7 - static_cast<int>(weekday_of(date))) % 7;
}

TEST(Calendar, ColombiaFollowsItsFormulasInEveryYear) {
  for (int year = 2024; year <= 2035; ++year) {
    const CivilDate e = easter(year);
    std::vector<CivilDate> law = {date_of(year, 1, 1),
                                  date_of(year, 5, 1),
                                  date_of(year, 7, 20),
                                  date_of(year, 8, 7),
                                  date_of(year, 12, 8),
                                  date_of(year, 12, 25),
                                  e - 3,
                                  e - 2,
                                  e + 43,
                                  e + 64,
                                  e + 71};
    for (const auto& [month, day] :
         {std::pair{1, 6}, {3, 19}, {6, 29}, {8, 15}, {10, 12}, {11, 1}, {11, 11}}) {
      law.push_back(monday_from(date_of(year, month, day)));
    }
    if (year >= 2026) law.push_back(monday_from(date_of(year, 7, 9)));
    for (CivilDate date = date_of(year, 1, 1); date <= date_of(year, 12, 31); date = date + 1) {
      EXPECT_EQ(is_holiday("CO", date), std::find(law.begin(), law.end(), date) != law.end())
          << format_date(date);
    }
  }
}

TEST(Calendar, Peru) {
  EXPECT_EQ(days_of("PE", 2026),
            "01-01 04-02 04-03 05-01 06-07 06-29 07-23 07-28 07-29 08-06 08-30 10-08 11-01 12-08 "
            "12-09 12-25");
  EXPECT_EQ(days_of("PE", 2027),
            "01-01 03-25 03-26 05-01 06-07 06-29 07-23 07-28 07-29 08-06 08-30 10-08 11-01 12-08 "
            "12-09 12-25");
}

TEST(Calendar, MexicoIsArticle74) {
  EXPECT_EQ(days_of("MX", 2026), "01-01 02-02 03-16 05-01 09-16 11-16 12-25");
  EXPECT_EQ(days_of("MX", 2027), "01-01 02-01 03-15 05-01 09-16 11-15 12-25");
  EXPECT_TRUE(is_holiday("MX", date_of(2030, 10, 1)));
}

TEST(Calendar, ChileHasHolySaturdayAndItsMovingDays) {
  for (int year = 2024; year <= 2035; ++year) {
    EXPECT_TRUE(is_holiday("CL", easter(year) - 1)) << year;
    EXPECT_TRUE(is_holiday("CL", easter(year) - 2)) << year;
    EXPECT_EQ(is_holiday("CL", date_of(year, 1, 2)),
              weekday_of(date_of(year, 1, 2)) == Weekday::Monday);
    EXPECT_EQ(is_holiday("CL", date_of(year, 9, 20)),
              weekday_of(date_of(year, 9, 20)) == Weekday::Friday);
    const Weekday sep17 = weekday_of(date_of(year, 9, 17));
    EXPECT_EQ(is_holiday("CL", date_of(year, 9, 17)),
              sep17 == Weekday::Monday || sep17 == Weekday::Friday)
        << year;
  }
  EXPECT_EQ(days_of("CL", 2027),
            "01-01 03-26 03-27 05-01 05-21 06-21 06-28 07-16 08-15 09-17 09-18 09-19 10-11 10-31 "
            "11-01 12-08 12-25");
}

TEST(Calendar, EveryPackCoversItsYears) {
  for (const auto country : jurisdictions()) {
    const auto* found = RuleBook::built_in().find(country);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->calendar.first, date_of(2024, 1, 1)) << country;
    EXPECT_EQ(found->calendar.last, date_of(2035, 12, 31)) << country;
    EXPECT_GE(found->pack.review_by, date_of(2027, 12, 31)) << country;
    for (int year = 2024; year <= 2035; ++year) {
      EXPECT_TRUE(is_holiday(country, date_of(year, 1, 1))) << country << year;
    }
  }
  EXPECT_FALSE(
      is_holiday("CO", easter(2026)));  // In none of the laws, whatever some libraries say.
  EXPECT_FALSE(is_holiday("PE", easter(2027)));
  EXPECT_FALSE(is_holiday("CO", date_of(2023, 12, 25)));
  EXPECT_FALSE(is_holiday("US", date_of(2026, 12, 25)));
}

}  // namespace
}  // namespace puntual::compliance
