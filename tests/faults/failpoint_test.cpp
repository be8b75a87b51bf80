// kill -9 at every named place, one after another in one house: each start recovers from the death before and
// lives until the next. Nobody hears anything twice, nothing that was acknowledged is lost.
#include <gtest/gtest.h>
#include <signal.h>

#include "base/failpoint.h"
#include "tests/faults/witness.h"

namespace puntual::e2e {
namespace {

bool is_daily(std::string_view place) { return place.starts_with("anchor."); }

// Lives until it dies at this place; false: it was not passed.
bool dies_at(House& house, Workload& workload, std::string_view place) {
  if (is_daily(place)) house.advance_platform(25 * 3600);
  house.set_clock(house.platform_time());
  house.start({fmt::format("PUNTUAL_FAILPOINT={}", place)});
  if (house.is_up() && !is_daily(place)) {
    workload.round();
    house.server().signal(SIGTERM);
  }
  return house.server().wait(std::chrono::seconds(10)) == 128 + SIGKILL;
}

TEST(Failpoints, DeathAtEachLosesNothingAndRepeatsNothing) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(900, 1)).exit_code, 0);
  house.open_sandbox(R"({"platform":{"sent_after_ms":[1,20],"delivered_after_ms":[1,50],"read_ppm":0}})");
  Workload workload(house);
  for (const bool daily : {false, true}) {
    for (const auto place : kFailpoints) {
      if (is_daily(place) != daily) continue;
      ASSERT_TRUE(dies_at(house, workload, place)) << place << " is not passed";
    }
    house.set_clock(house.platform_time());
    house.serve();
    if (!daily) workload.round();
    ASSERT_TRUE(eventually([&] { return house.metric("inbox_backlog") == 0; }));
    const Verdict verdict = look_at(house, workload.acknowledged());
    EXPECT_TRUE(verdict.is_clean()) << verdict.text();
    EXPECT_GT(verdict.acknowledged, 150u);
    EXPECT_GT(verdict.sent, 30u);
    if (daily) std::printf("%s", verdict.text().c_str());
    house.kill_serve();
  }
}

TEST(Failpoints, UnknownPlaceIsRefusedByName) {
  House house;
  house.start({"PUNTUAL_FAILPOINT=dispatch.commited"});
  EXPECT_EQ(house.server().wait(), 1);
  EXPECT_TRUE(house.server().err().contains("dispatch.committed")) << house.server().err();
}

}  // namespace
}  // namespace puntual::e2e
