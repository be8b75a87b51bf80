#include "base/share_interval.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

// The example of the paper's table, and by hand.
TEST(ShareInterval, IsWilsonsScore) {
  const auto of_ten = share_interval_95(3, 10);
  EXPECT_NEAR(of_ten.low, 0.1078, 0.0001);
  EXPECT_NEAR(of_ten.high, 0.6032, 0.0001);
  const auto of_many = share_interval_95(5'000, 10'000);
  EXPECT_NEAR(of_many.high - of_many.low, 2 * 1.96 * 0.005, 0.0001);
}

TEST(ShareInterval, StaysWithinNoneAndAll) {
  EXPECT_EQ(share_interval_95(0, 7).low, 0);
  EXPECT_EQ(share_interval_95(7, 7).high, 1);
  EXPECT_LT(share_interval_95(0, 7).high, 0.36);
  EXPECT_EQ(share_interval_95(0, 0).high, 1) << "of nobody nothing is known";
}

}  // namespace
}  // namespace puntual
