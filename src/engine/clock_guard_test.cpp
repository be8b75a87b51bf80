#include "engine/clock_guard.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

// A machine whose clocks go on by themselves, and whose wall clock can be set.
struct Machine {
  Instant wall{1'795'528'800'000};
  int64_t boot_ms = 1000;
  ClockGuard guard;

  bool is_trusted_after(int64_t ms, int64_t set_by_ms = 0) {
    wall = wall + ms + set_by_ms;
    boot_ms += ms;
    guard.look({wall, boot_ms});
    return guard.doubt().empty();
  }
  bool hears(int64_t their_lead_ms) {
    guard.hear(wall + their_lead_ms, "WhatsApp", {wall, boot_ms});
    return guard.doubt().empty();
  }
};

TEST(ClockGuard, TimeThatGoesOnIsTrusted) {
  Machine machine;
  EXPECT_TRUE(machine.is_trusted_after(0));
  EXPECT_TRUE(machine.is_trusted_after(1000));
  EXPECT_TRUE(machine.is_trusted_after(6 * kHourMs));  // Asleep: both clocks went on.
}

TEST(ClockGuard, LeapSecondsAreSmearedAndSlewingIsSlow) {
  Machine machine;
  for (int second = 0; second < 100'000; ++second)
    ASSERT_TRUE(machine.is_trusted_after(1000, 1)) << second;
  EXPECT_TRUE(machine.is_trusted_after(1000, 1000));  // A leap second that is not smeared.
}

TEST(ClockGuard, JumpIsDoubtedUntilItIsUndone) {
  for (const int64_t jump : {2001, -2001, 3'600'000, -86'400'000}) {
    Machine machine;
    ASSERT_TRUE(machine.is_trusted_after(0));
    EXPECT_FALSE(machine.is_trusted_after(1000, jump));
    EXPECT_FALSE(machine.is_trusted_after(kHourMs));  // Time alone heals nothing.
    EXPECT_TRUE(machine.is_trusted_after(1000, -jump));
    EXPECT_TRUE(machine.is_trusted_after(1000, 2000));
  }
}

TEST(ClockGuard, AnotherClockConfirmsAJumpOrContradictsIt) {
  Machine machine;
  ASSERT_TRUE(machine.is_trusted_after(0));
  ASSERT_FALSE(machine.is_trusted_after(1000, 30'000));
  EXPECT_TRUE(machine.hears(500));
  EXPECT_TRUE(machine.is_trusted_after(1000));
  EXPECT_TRUE(machine.hears(60'000));
  EXPECT_FALSE(machine.hears(60'001));
  EXPECT_FALSE(machine.is_trusted_after(1000));
  EXPECT_TRUE(machine.guard.doubt().contains("behind that of WhatsApp")) << machine.guard.doubt();
  // Set right, by a jump: that must be confirmed as well.
  EXPECT_FALSE(machine.is_trusted_after(1000, 60'001));
  EXPECT_TRUE(machine.hears(0));
}

// A database may stand on this very machine: its clock jumps with ours.
TEST(ClockGuard, ADatabasesClockContradictsAndNeverConfirms) {
  Machine machine;
  ASSERT_TRUE(machine.is_trusted_after(0));
  const auto agrees_with_the_database = [&](int64_t its_lead_ms) {
    machine.guard.compare(machine.wall + its_lead_ms, "the database",
                          {machine.wall, machine.boot_ms});
    return machine.guard.doubt().empty();
  };
  EXPECT_TRUE(agrees_with_the_database(-60'000));
  EXPECT_FALSE(agrees_with_the_database(-60'001));
  EXPECT_TRUE(machine.guard.doubt().contains("ahead of that of the database"))
      << machine.guard.doubt();
  EXPECT_FALSE(machine.hears(0)) << "one that contradicts is enough";
  EXPECT_TRUE(agrees_with_the_database(0));
  ASSERT_FALSE(machine.is_trusted_after(1000, 3'600'000));
  EXPECT_FALSE(agrees_with_the_database(0));
  EXPECT_TRUE(machine.hears(0));
}

// What is written down while the clock is wrong has the right time all the same.
TEST(ClockGuard, GoesOnByTheBootClockWhileTheWallClockIsWrong) {
  Machine machine;
  const Instant start = machine.wall;
  const auto now = [&] { return machine.guard.now({machine.wall, machine.boot_ms}); };
  ASSERT_TRUE(machine.is_trusted_after(0));
  EXPECT_EQ(now(), start);
  ASSERT_FALSE(machine.is_trusted_after(1000, -kDayMs));
  EXPECT_EQ(now(), start + 1000);
  ASSERT_FALSE(machine.hears(kDayMs + 700));  // How wrong it is, another clock knows better.
  EXPECT_EQ(now(), start + 1700);
  ASSERT_FALSE(machine.is_trusted_after(kHourMs));
  EXPECT_EQ(now(), start + 1700 + kHourMs);
  // Set right: by that clock's word it counts again.
  machine.wall = machine.wall + kDayMs;
  EXPECT_TRUE(machine.hears(0));
  EXPECT_EQ(now(), machine.wall);
}

TEST(ClockGuard, StartsByAnothersWordWhenItStartsWrong) {
  Machine machine;
  EXPECT_FALSE(machine.hears(-kHourMs));
  EXPECT_EQ(machine.guard.now({machine.wall, machine.boot_ms}), machine.wall + -kHourMs);
}

}  // namespace
}  // namespace puntual
