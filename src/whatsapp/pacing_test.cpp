#include "whatsapp/pacing.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace puntual::whatsapp {
namespace {

constexpr Instant kStart{1'750'000'000'000};

// The most sends in any window of a second, wherever it begins.
int most_in_a_second(const std::vector<int64_t>& sends) {
  int most = 0;
  for (size_t first = 0, last = 0; last < sends.size(); ++last) {
    while (sends[last] - sends[first] >= kSecondMs) ++first;
    most = std::max(most, static_cast<int>(last - first + 1));
  }
  return most;
}

// Whatever the rhythm of the asker, no second holds more than the rate.
RC_GTEST_PROP(NumberPace, NeverAboveTheRateInAnySecond, ()) {
  const int rate = *rc::gen::inRange(1, 200);
  const auto steps = *rc::gen::container<std::vector<int>>(400, rc::gen::inRange(0, 120));
  NumberPace pace(rate);
  std::vector<int64_t> sends;
  Instant now = kStart;
  for (const int step : steps) {
    now = now + step;
    const int capacity = pace.capacity(now);
    RC_ASSERT(capacity >= 0);
    RC_ASSERT((capacity > 0) == (pace.next_at(now) == now));
    for (int i = 0; i < capacity; ++i) {
      pace.count(now);
      sends.push_back(now.ms);
    }
    RC_ASSERT(pace.capacity(now) == 0);
  }
  RC_ASSERT(most_in_a_second(sends) <= rate);
}

RC_GTEST_PROP(NumberPace, AnAskerThatWaitsForNextAtUsesTheRate, ()) {
  const int rate = *rc::gen::element(1, 20, 80, 1000);
  NumberPace pace(rate);
  int64_t sent = 0;
  const Instant end = kStart + kMinuteMs;
  for (Instant now = kStart; now < end; now = pace.next_at(now)) {
    pace.count(now);
    ++sent;
  }
  RC_ASSERT(sent * 100 >= int64_t{rate} * 60 * 99);
  RC_ASSERT(sent <= int64_t{rate} * 61);
}

// A sender that promises slots before it fills them keeps the limit by the moment of filling.
RC_GTEST_PROP(NumberPace, PromisedSlotsAreThereWhenTheyAreFilled, ()) {
  const int rate = *rc::gen::inRange(1, 50);
  const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
      300, rc::gen::pair(rc::gen::inRange(0, 80), rc::gen::inRange(0, 8)));
  NumberPace pace(rate);
  std::vector<int64_t> sends;
  int promised = 0;
  Instant now = kStart;
  for (const auto& [step, filled] : steps) {
    now = now + step;
    const int free = pace.capacity(now) - promised;
    RC_ASSERT(free >= 0);
    RC_ASSERT((free > 0) == (pace.next_at(now, promised) == now));
    promised += free;
    for (int i = 0; i < filled && promised > 0; ++i, --promised) {
      pace.count(now);
      sends.push_back(now.ms);
    }
  }
  RC_ASSERT(most_in_a_second(sends) <= rate);
}

// A sender that wakes up at ticks alone, and writes for up to 2 ms at each, loses nothing by it.
RC_GTEST_PROP(NumberPace, ASenderThatWakesAtTicksUsesTheRate, ()) {
  const int rate = *rc::gen::element(1, 20, 80, 1000);
  const auto lateness = *rc::gen::container<std::vector<int>>(64, rc::gen::inRange(0, 3));
  NumberPace pace(rate);
  EvenSpread spread(rate);
  std::vector<int64_t> sends;
  for (Instant tick = kStart; tick < kStart + kMinuteMs; tick = tick + pace_tick_ms(rate)) {
    Instant written = tick;
    for (int left = std::min(pace.capacity(tick), spread.capacity(tick)); left > 0; --left) {
      written = std::max(written, tick + lateness[sends.size() % lateness.size()]);
      spread.count(tick);
      pace.count(written);
      sends.push_back(written.ms);
    }
  }
  RC_ASSERT(most_in_a_second(sends) <= rate);
  RC_ASSERT(static_cast<int64_t>(sends.size()) * 100 >= int64_t{rate} * 60 * 99);
}

// A wake-up costs what some six messages do: a dozen and more share it at the platform's own rates.
TEST(PaceTick, IsSharedByADozenMessages) {
  for (const int rate : {kDefaultMessagesPerSecond, 1000}) {
    const int64_t tick_ms = pace_tick_ms(rate);
    EXPECT_GE(rate * tick_ms, 12 * kSecondMs) << rate;
    EXPECT_EQ(1008 % tick_ms, 0) << rate;
    EXPECT_GE(1008 / tick_ms, 6) << rate;
  }
}

TEST(EvenSpread, LetsTheRateThroughInSmallParts) {
  for (const int rate : {1, 20, 80, 1000}) {
    EvenSpread spread(rate);
    int sent = 0;
    for (Instant now = kStart; now < kStart + kMinuteMs; now = spread.next_at(now)) {
      EXPECT_LE(spread.capacity(now), 1 + (pace_tick_ms(rate) + 20) * rate / 980);
      spread.count(now);
      ++sent;
    }
    EXPECT_GE(sent, rate * 60);
    EXPECT_LE(sent, rate * 63);
  }
}

TEST(NumberPace, IncomingMessagesCountToo) {
  NumberPace pace(20);
  for (int i = 0; i < 15; ++i) pace.count(kStart);
  EXPECT_EQ(pace.capacity(kStart), 5);
}

TEST(NumberPace, BacksOffOneTwoFourSecondsAndRecovers) {
  NumberPace pace(80);
  Instant now = kStart;
  for (const int64_t seconds : {1, 2, 4, 8, 16, 32, 64, 64}) {
    pace.refused(now);
    pace.refused(now + 1);   // The rest of the same burst,
    pace.accepted(now + 1);  // and what was accepted of it.
    EXPECT_EQ(pace.next_at(now), now + seconds * kSecondMs);
    EXPECT_EQ(pace.capacity(now + 1), 0);
    now = pace.next_at(now);
  }
  EXPECT_LT(pace.messages_per_second(), 20);
  pace.accepted(now);
  pace.refused(now + 10);
  EXPECT_EQ(pace.next_at(now + 10), now + 10 + kSecondMs);
  now = now + kMinuteMs;
  for (int i = 0; i < 2000; ++i) pace.accepted(now);
  EXPECT_EQ(pace.messages_per_second(), 80);
  EXPECT_EQ(pace.capacity(now), 80);
}

TEST(PairPace, OneEverySixSeconds) {
  PairPace pace;
  EXPECT_TRUE(pace.may_send("+573001234567", kStart));
  pace.count("+573001234567", kStart);
  EXPECT_EQ(pace.next_at("+573001234567", kStart + 6 * kSecondMs), kStart + 6 * kSecondMs);
  EXPECT_TRUE(pace.may_send("+573009999999", kStart));
}

TEST(PairPace, BurstOfTwentyIsPaidBackInTwoMinutes) {
  PairPace pace;
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(pace.may_send("a", kStart + i));
    pace.count("a", kStart + i);
  }
  EXPECT_EQ(pace.next_at("a", kStart + 7 * kSecondMs), kStart + 120 * kSecondMs);
  EXPECT_TRUE(pace.may_send("a", kStart + 120 * kSecondMs));
}

RC_GTEST_PROP(PairPace, NeverMoreThanBorrowedAndPaidBack, ()) {
  const auto steps = *rc::gen::container<std::vector<int>>(500, rc::gen::inRange(0, 3000));
  PairPace pace;
  std::vector<int64_t> sends;
  Instant now = kStart;
  for (const int step : steps) {
    now = now + step;
    if (!pace.may_send("a", now)) {
      RC_ASSERT(pace.next_at("a", now) > now);
      continue;
    }
    pace.count("a", now);
    sends.push_back(now.ms);
  }
  // From any send on, n further sends take at least (n − 44) times six seconds.
  for (size_t i = 0; i < sends.size(); ++i) {
    for (size_t j = i + 45; j < sends.size(); ++j) {
      RC_ASSERT(sends[j] - sends[i] >= static_cast<int64_t>(j - i - 44) * 6000);
    }
  }
}

TEST(PairPace, RefusalsQuadrupleForThatPersonOnly) {
  PairPace pace;
  Instant now = kStart;
  for (const int64_t seconds : {1, 4, 16, 64, 256, 1024, 4096, 4096}) {
    pace.refused("a", now);
    EXPECT_EQ(pace.next_at("a", now), now + seconds * kSecondMs);
    EXPECT_TRUE(pace.may_send("b", now));
    now = now + seconds * kSecondMs;
  }
  pace.accepted("a", now);
  pace.refused("a", now);
  EXPECT_EQ(pace.next_at("a", now), now + kSecondMs);
}

TEST(PairPace, ForgetsWhoOwesNothing) {
  PairPace pace;
  for (int i = 0; i < 20'000; ++i) pace.count(std::to_string(i), kStart + i * 10);
  EXPECT_LT(pace.size(), 3000U);
}

TEST(Pacing, BothLimitsHold) {
  Pacing pacing(2);
  EXPECT_EQ(pacing.capacity(kStart), 2);
  pacing.sent("a", kStart);
  pacing.sent("b", kStart);
  EXPECT_EQ(pacing.capacity(kStart), 0);
  EXPECT_FALSE(pacing.may_send("c", kStart));
  pacing.refused(131056, "c", kStart);
  EXPECT_TRUE(pacing.may_send("d", kStart + 2 * kSecondMs));
  pacing.refused(130429, "d", kStart + 2 * kSecondMs);
  EXPECT_EQ(pacing.next_at("d", kStart + 2 * kSecondMs), kStart + 3 * kSecondMs);
  pacing.refused(131047, "e", kStart + 3 * kSecondMs);
  EXPECT_TRUE(pacing.may_send("e", kStart + 3 * kSecondMs));
}

}  // namespace
}  // namespace puntual::whatsapp
