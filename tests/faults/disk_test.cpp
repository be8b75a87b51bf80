// The disk is full, cannot keep what it was given, or loses what was not synced: nothing that was
// acknowledged is lost.
#include "tests/faults/disk.h"

#include <errno.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <random>

#include "tests/faults/witness.h"

namespace puntual::e2e {
namespace {

class FailingDisk : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(house.import(portfolio_of(900, 1)).exit_code, 0);
    house.open_sandbox(kPrompt);
  }
  void start(std::vector<std::string> environment = {}) {
    house.set_clock(house.platform_time());
    house.start(std::move(environment));
  }
  void expect_clean_after_restart() {
    start();
    ASSERT_TRUE(house.is_up()) << house.server().last_words();
    ASSERT_TRUE(eventually([&] { return workload.is_quiet(); }, std::chrono::seconds(30)));
    const Verdict verdict = look_at(house, workload.acknowledged());
    EXPECT_TRUE(verdict.is_clean()) << verdict.text();
  }
  House house;
  Disk disk{house};
  Workload workload{house};
};

// A failed fsync is the end of the process, at once and with a code of its own: never a second try,
// never a 2xx.
TEST_F(FailingDisk, FsyncThatFailsEndsTheProcessAndTheNextStartRecovers) {
  int met = 0;  // How many there are in a life is not the same each time.
  for (int n = 1; n <= 32; n += n < 8 ? 1 : 8) {
    start(disk.environment(fmt::format("fsync:{}:{}", n, EIO)));
    if (house.is_up()) workload.round();
    house.server().signal(SIGTERM);
    const auto code = house.server().wait();
    if (code == 0) continue;
    ++met;
    ASSERT_EQ(code, 6) << "fsync " << n << house.server().last_words();
    EXPECT_TRUE(house.server().err().contains("the disk could not keep"))
        << house.server().last_words();
  }
  EXPECT_GE(met, 8);
  expect_clean_after_restart();
}

// One write that fails costs at most its own transaction: the house goes on, or ends and recovers.
TEST_F(FailingDisk, AnyWriteThatFailsLosesNothing) {
  for (int n = 1; n <= 120; n += n < 8 ? 1 : 16) {
    start(disk.environment(fmt::format("write:{}:{}", n, n % 2 == 0 ? ENOSPC : EIO)));
    if (house.is_up()) workload.round();
    house.server().signal(SIGTERM);
    ASSERT_TRUE(house.server().wait().has_value()) << "write " << n;
  }
  expect_clean_after_restart();
}

TEST_F(FailingDisk, FullDiskIsSaidAndOvercomeWithoutARestart) {
  start(disk.environment());
  ASSERT_TRUE(house.is_up());
  workload.round();
  disk.fill();
  EXPECT_EQ(house.deliver(inbound({900}, "wamid.full", "hola")).status, 503);
  EXPECT_EQ(house.pay({900}, 100, "P-full").status, 503);
  EXPECT_EQ(get(house.url("/readyz")).status, 503);
  EXPECT_EQ(get(house.url("/livez")).status, 200);
  disk.make_room();
  EXPECT_TRUE(eventually([&] { return get(house.url("/readyz")).status == 200; }));
  EXPECT_EQ(house.deliver(inbound({900}, "wamid.room", "hola")).status, 200);
  workload.round();
  ASSERT_TRUE(workload.is_quiet());
  const Verdict verdict = look_at(house, workload.acknowledged());
  EXPECT_TRUE(verdict.is_clean()) << verdict.text();
}

// The power goes out at full speed: each time another part of what was not yet synced is lost or
// torn.
TEST_F(FailingDisk, PowerThatGoesOutTakesNothingThatWasAcknowledged) {
  const uint64_t seed = std::random_device()();
  SCOPED_TRACE(fmt::format("seed {}", seed));
  SeededRandom random(seed);
  for (int i = 0; i < 12; ++i) {
    auto environment = disk.environment();
    environment.push_back(fmt::format("PUNTUAL_FAILPOINT={}:{}",
                                      i % 2 == 0 ? "store.committed" : "intake.answered",
                                      1 + random.below(i % 2 == 0 ? 30 : 6)));
    start(std::move(environment));
    if (house.is_up()) workload.round();
    house.server().signal(SIGKILL);
    ASSERT_TRUE(house.server().wait().has_value());
    disk.lose_unsynced(random);
  }
  expect_clean_after_restart();
}

}  // namespace
}  // namespace puntual::e2e
