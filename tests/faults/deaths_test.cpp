// kill -9 at any moment under load, again and again: by the clock, or at any passage of any named
// place; of the one process, or of either of two nodes while the other goes on. The short form runs
// with every test; `make faults CYCLES=1000` goes on for long.
#include <gtest/gtest.h>
#include <signal.h>

#include <random>

#include "base/failpoint.h"
#include "base/random.h"
#include "tests/faults/witness.h"

namespace puntual::e2e {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kPeopleAtOnce =
    200;  // Imported in one go, so that the house sends at full speed while it dies.

uint64_t number_of(const char* name, uint64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

// Half of the processes die at some place; whether it is passed in time is chance.
std::vector<std::string> chance(SeededRandom& random) {
  if (random.below(2) == 0) return {};
  return {fmt::format("PUNTUAL_FAILPOINT={}:{}", kFailpoints[random.below(std::size(kFailpoints))],
                      1 + random.below(40))};
}

class Deaths : public testing::TestWithParam<Ground> {
 protected:
  // One life, from the start to its death. Some die before they are up.
  void live_and_die() {
    house.set_clock(house.platform_time());
    house.start(chance(random));
    if (random.below(4) != 0) (void)house.is_up();
    (void)house.server().wait(some_time());
    kill(house.server());
  }
  // Who is not there comes (again), and after a while one of the two dies.
  void one_of_two_dies() {
    house.set_clock(house.platform_time());
    if (!door_was_open || !house.server().is_running()) house.start(chance(random));
    door_was_open = true;
    if (!other || !other->is_running()) other = house.another_node(chance(random));
    (void)house.is_up();
    Child& victim = random.below(2) == 0 ? house.server() : *other;
    (void)victim.wait(some_time());
    kill(victim);
  }
  // Another process may send when the place of who died in the middle of it has run out, after 3
  // seconds: some live longer.
  milliseconds some_time() {
    const bool is_long = GetParam() != Ground::Sqlite && random.below(4) == 0;
    return milliseconds(random.below(is_long ? 6000 : 400));
  }
  static void kill(Child& process) {
    process.signal(SIGKILL);
    EXPECT_TRUE(process.wait().has_value());
  }

  const uint64_t seed = number_of("PUNTUAL_SEED", std::random_device()());
  SeededRandom random{seed};
  House house{database_on(GetParam())};
  bool door_was_open = false;
  std::unique_ptr<Child> other;
};

TEST_P(Deaths, AtAnyMomentUnderLoadRepeatNothingAndLoseNothing) {
  const uint64_t cycles = number_of("PUNTUAL_FAULT_CYCLES", GetParam() == Ground::Sqlite ? 15 : 10);
  SCOPED_TRACE(fmt::format("seed {}", seed));
  house.open_sandbox(
      R"({"send":[{"kind":"reset_after","ppm":30000},{"kind":"hang_after","ppm":10000},{"kind":"reset_headers","ppm":10000}],
                        "webhooks":{"duplicate_ppm":50000,"permute_ppm":50000},
                        "platform":{"sent_after_ms":[1,50],"delivered_after_ms":[1,100],"read_ppm":0}})");
  Load load(house);
  int people = 0;
  for (uint64_t i = 0; i < cycles && !testing::Test::HasFailure(); ++i) {
    if (i % 15 == 0) {
      const Ran imported = house.import(portfolio_of(people + 1, kPeopleAtOnce));
      ASSERT_EQ(imported.exit_code, 0) << imported.err;
      load.welcome(people += kPeopleAtOnce);
    }
    GetParam() == Ground::TwoNodes ? one_of_two_dies() : live_and_die();
  }
  // Some minutes later: what was on its way when its process died is beyond its deadline.
  kill(house.server());
  other.reset();
  house.advance_platform(180);
  house.set_clock(house.platform_time());
  house.serve();
  load.stop();
  ASSERT_EQ(house.order("/v1/pause", "").status, 200);  // What is judged stands still.
  ASSERT_TRUE(eventually(
      [&] {
        return house.metric("inbox_backlog") == 0 && house.metric("turns_waiting") == 0 &&
               house.metric(R"(outbox{state="in_flight"})") == 0;
      },
      seconds(60)));
  const Verdict verdict = look_at(house, load.acknowledged());
  EXPECT_TRUE(verdict.is_clean()) << verdict.text();
  EXPECT_GT(verdict.acknowledged, 2 * cycles);
  std::printf("%d deaths, seed %llu: %s", static_cast<int>(cycles),
              static_cast<unsigned long long>(seed), verdict.text().c_str());
}

INSTANTIATE_TEST_SUITE_P(On, Deaths,
                         testing::Values(Ground::Sqlite, Ground::PostgreSql, Ground::TwoNodes),
                         name_of);

}  // namespace
}  // namespace puntual::e2e
