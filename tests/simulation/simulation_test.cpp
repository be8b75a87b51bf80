// Many seeds, many days, every fault that can be simulated, no violation. `make sim` replays one
// seed, `make sim-many` runs as many as wanted; docs/simulation.md tells what is simulated and what
// is not.
#include "sim/simulation.h"

#include <gtest/gtest.h>

#include "tests/simulation/many.h"

namespace puntual::sim {
namespace {

constexpr char kNoSeeds[] = "no seeds were asked for";
constexpr int64_t kPopulationDays = 6 * 90;  // From which on every character has had its say.

TEST(Simulation, HoldsItsInvariantsInAnyWeather) {
  if (number_of_environment("PUNTUAL_SEEDS", 60) == 0) GTEST_SKIP() << kNoSeeds;
  const Totals totals = simulate_many({.first_seed = number_of_environment("PUNTUAL_SEED", 1),
                                       .seeds = number_of_environment("PUNTUAL_SEEDS", 60),
                                       .days = number_of_environment("PUNTUAL_DAYS", 30),
                                       .processes = number_of_environment("PUNTUAL_JOBS", 1)});
  print(totals);
  EXPECT_EQ(totals.failures, "");
  EXPECT_GT(totals.sends, 0);
}

// Ninety days with people who talk: every character is answered, and somebody agrees and pays.
TEST(Simulation, HoldsItsInvariantsWhileItTalks) {
  if (number_of_environment("PUNTUAL_TALK_SEEDS", 6) == 0) GTEST_SKIP() << kNoSeeds;
  const Totals totals = simulate_many({.first_seed = number_of_environment("PUNTUAL_SEED", 1),
                                       .seeds = number_of_environment("PUNTUAL_TALK_SEEDS", 6),
                                       .days = number_of_environment("PUNTUAL_TALK_DAYS", 90),
                                       .processes = number_of_environment("PUNTUAL_JOBS", 1),
                                       .talks = true});
  print(totals);
  EXPECT_EQ(totals.failures, "");
  if (totals.days < kPopulationDays)
    return;  // A few days of one seed hold the invariants, and no statistics.
  TalkFigures all;
  for (size_t i = 0; i < kCharacters; ++i) {
    all.add(totals.talk[i]);
    const bool is_silent = characters()[i].to_reminder.empty();
    EXPECT_EQ(totals.talk[i].said == 0, is_silent) << characters()[i].name;
  }
  EXPECT_GT(all.turns, all.said / 4);
  EXPECT_GT(all.promises, 0);
  EXPECT_GT(all.plans, 0);
  EXPECT_GT(all.kept, 0);
  EXPECT_GT(all.broken, 0);
}

TEST(Simulation, TalksTheSameForTheSameSeed) {
  for (uint64_t seed = 1; seed <= 2; ++seed)
    EXPECT_EQ(simulate_talk(seed, 20).digest, simulate_talk(seed, 20).digest) << "seed " << seed;
}

TEST(Simulation, IsTheSameForTheSameSeed) {
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    const SimulationReport one = simulate(seed, 7);
    EXPECT_EQ(one.digest, simulate(seed, 7).digest) << "seed " << seed;
    EXPECT_NE(one.digest, simulate(seed + 1000, 7).digest) << "seed " << seed;
  }
}

// One run of the seed and length asked for, told line by line.
TEST(Simulation, Replay) {
  const auto seed = static_cast<uint64_t>(number_of_environment("PUNTUAL_SEED", 1));
  const auto days = static_cast<int>(number_of_environment("PUNTUAL_DAYS", 3));
  const bool tells = number_of_environment("PUNTUAL_TRACE", 0) != 0;
  const auto tell = [&](Instant at, std::string_view line) {
    if (tells) fmt::print("{} {}\n", format_utc(at), line);
  };
  const SimulationReport one = number_of_environment("PUNTUAL_TALK", 0) != 0
                                   ? simulate_talk(seed, days, tell)
                                   : simulate(seed, days, tell);
  EXPECT_EQ(one.failure, "");
  fmt::print("seed {} of {} days: {} messages, trace {}\n", seed, days, one.sends, one.digest);
}

}  // namespace
}  // namespace puntual::sim
