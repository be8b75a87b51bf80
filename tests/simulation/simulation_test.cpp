// Many seeds, many days, every fault that can be simulated, no violation. `make sim` replays one seed, `make sim-many`
// runs as many as wanted; docs/simulation.md tells what is simulated and what is not.
#include "sim/simulation.h"

#include <gtest/gtest.h>

#include "tests/simulation/many.h"

namespace puntual::sim {
namespace {

TEST(Simulation, HoldsItsInvariantsInAnyWeather) {
  const Totals totals = simulate_many({.first_seed = number_of_environment("PUNTUAL_SEED", 1), .seeds = number_of_environment("PUNTUAL_SEEDS", 200),
                                       .days = number_of_environment("PUNTUAL_DAYS", 30), .processes = number_of_environment("PUNTUAL_JOBS", 1)});
  print(totals);
  EXPECT_EQ(totals.failures, "");
  EXPECT_GT(totals.sends, 0);
}

TEST(Simulation, IsTheSameForTheSameSeed) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
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
  const SimulationReport one = simulate(seed, days, [&](Instant at, std::string_view line) {
    if (tells) fmt::print("{} {}\n", format_utc(at), line);
  });
  EXPECT_EQ(one.failure, "");
  fmt::print("seed {} of {} days: {} messages, trace {}\n", seed, days, one.sends, one.digest);
}

}  // namespace
}  // namespace puntual::sim
