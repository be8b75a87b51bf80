#include "engine/receiving.h"

#include <gtest/gtest.h>

#include "engine/test_house.h"

namespace puntual::engine {
namespace {

constexpr Instant kNow{100 * kDayMs};
Deafness hours_ago(int64_t from, int64_t until) {
  return {kNow - from * kHourMs, kNow - until * kHourMs};
}
int64_t hours_back(std::vector<Deafness> spans) {
  return (kNow - listening_since(spans, 24 * kHourMs, kNow)) / kHourMs;
}

TEST(Receiving, DayOfListeningIsADayWhenNobodyWasAway) { EXPECT_EQ(hours_back({}), 24); }

TEST(Receiving, TimeAwayDoesNotCount) {
  EXPECT_EQ(hours_back({hours_ago(10, 5)}), 29);
  EXPECT_EQ(hours_back({hours_ago(40, 30)}), 24);  // Long before.
  EXPECT_EQ(hours_back({hours_ago(40, 20), hours_ago(10, 0)}), 54);
  EXPECT_EQ(hours_back({hours_ago(34, 24)}), 24);  // Just before.
  EXPECT_EQ(hours_back({hours_ago(34, 23)}), 35);
}

TEST(Receiving, EightDaysAreTheEnd) { EXPECT_EQ(hours_back({hours_ago(1000, 1)}), 8 * 24); }

}  // namespace
}  // namespace puntual::engine
