// kill -9 at every named place, one after another in one house: each start recovers from the death
// before and lives until the next. Nobody hears anything twice, nothing that was acknowledged is
// lost.
#include "base/failpoint.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <random>

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

// All of them, and on PostgreSQL, where a process that comes after a death waits until the place of
// the dead one has run out, some: each time others, and all with `make faults`.
std::vector<std::string_view> places_on(Ground ground) {
  std::vector<std::string_view> places;
  const bool is_short = ground != Ground::Sqlite && std::getenv("PUNTUAL_FAULT_CYCLES") == nullptr;
  const size_t one_in = is_short ? 10 : 1, first = std::random_device()() % one_in;
  for (size_t i = first; i < std::size(kFailpoints); i += one_in) {
    if (ground == Ground::Sqlite || kFailpoints[i] != "start.locked")
      places.push_back(kFailpoints[i]);  // Of the file's lock.
  }
  return places;
}

class DeathAtAPlace : public testing::TestWithParam<Ground> {};

TEST_P(DeathAtAPlace, LosesNothingAndRepeatsNothing) {
  House house(database_on(GetParam()));
  const auto places = places_on(GetParam());
  ASSERT_EQ(house.import(portfolio_of(900, 1)).exit_code, 0);
  house.open_sandbox(kPrompt);
  Workload workload(house);
  for (const bool daily : {false, true}) {
    for (const auto place : places) {
      if (is_daily(place) != daily) continue;
      ASSERT_TRUE(dies_at(house, workload, place)) << place << " is not passed";
    }
    // Some minutes later: what was on its way when its process died is beyond its deadline.
    house.advance_platform(180);
    house.set_clock(house.platform_time());
    house.serve();
    if (!daily) workload.round();
    ASSERT_TRUE(eventually([&] {
      return house.metric("inbox_backlog") == 0 && house.metric("turns_waiting") == 0 &&
             house.metric(R"(outbox{state="in_flight"})") == 0;
    }));
    const Verdict verdict = look_at(house, workload.acknowledged());
    EXPECT_TRUE(verdict.is_clean()) << verdict.text();
    EXPECT_GT(verdict.acknowledged, places.size());  // At some of them there is no door yet.
    EXPECT_GT(verdict.sent, places.size() / 2);
    if (daily) std::printf("%s", verdict.text().c_str());
    house.kill_serve();
  }
}

INSTANTIATE_TEST_SUITE_P(On, DeathAtAPlace, testing::Values(Ground::Sqlite, Ground::PostgreSql),
                         name_of);

TEST(Failpoints, UnknownPlaceIsRefusedByName) {
  House house;
  house.start({"PUNTUAL_FAILPOINT=dispatch.commited"});
  EXPECT_EQ(house.server().wait(), 1);
  EXPECT_TRUE(house.server().err().contains("dispatch.committed")) << house.server().last_words();
}

}  // namespace
}  // namespace puntual::e2e
