#include "core/access/session.h"

#include <gtest/gtest.h>

namespace puntual::access {
namespace {

constexpr Instant kMorning{1'795'000'000'000};

TEST(Session, EndsWhenIdleAndAfterTwelveHours) {
  SessionTimes times{.created_at = kMorning, .seen_at = kMorning, .confirmed_at = kMorning};
  EXPECT_TRUE(is_alive(times, kMorning + 30 * kMinuteMs - 1));
  EXPECT_FALSE(is_alive(times, kMorning + 30 * kMinuteMs));
  times.seen_at = kMorning + 12 * kHourMs - kMinuteMs;
  EXPECT_TRUE(is_alive(times, kMorning + 12 * kHourMs - 1));
  EXPECT_FALSE(is_alive(times, kMorning + 12 * kHourMs));
}

TEST(Session, IsFreshForFiveMinutes) {
  const SessionTimes times{
      .created_at = kMorning, .seen_at = kMorning, .confirmed_at = kMorning + kHourMs};
  EXPECT_TRUE(is_fresh(times, kMorning + kHourMs + 5 * kMinuteMs));
  EXPECT_FALSE(is_fresh(times, kMorning + kHourMs + 5 * kMinuteMs + 1));
}

TEST(FailedAttempts, KeepAStrangerOutAndNobodyElse) {
  EXPECT_FALSE(must_wait({.of_both = 9, .of_account = 29, .of_address = 39, .of_all = 999}));
  EXPECT_TRUE(must_wait({.of_both = 10}));
  EXPECT_TRUE(must_wait({.of_account = 30}));
  EXPECT_TRUE(must_wait({.of_address = 40}));
  EXPECT_TRUE(must_wait({.of_all = 1000}));
  // A thousand strangers at her account, and many from her own street: she comes in where she has
  // always come in.
  EXPECT_FALSE(must_wait({.of_both = 9,
                          .of_account = 5000,
                          .of_address = 5000,
                          .of_all = 5000,
                          .is_known_place = true}));
  EXPECT_TRUE(must_wait({.of_both = 10, .is_known_place = true}));
}

}  // namespace
}  // namespace puntual::access
