// One simulated month of a house in bad weather, from a seed: people of four countries, an office
// that interferes, a platform that misbehaves, processes that die; and what the oracle has to say
// of it.
//
// Deterministic: the same seed and days give the same trace.
#pragma once

#include <functional>
#include <string>

#include "sim/talk_figures.h"
#include "sim/world.h"

namespace puntual::sim {

struct SimulationReport {
  uint64_t seed = 0;
  int64_t days = 0, turns = 0, sends = 0;
  std::array<int64_t, kFaults> faults{};  // By Fault.
  std::array<int64_t, kNevers> never{};   // By Never: all zero.
  TalkByCharacter talk{};                 // All zero where nobody talks.
  std::string digest;
  std::string
      failure;  // Seed, day, the first violation and the end of the trace; empty when all was well.
};

// `listener` sees the trace, line by line; empty: nobody does.
[[nodiscard]] SimulationReport simulate(
    uint64_t seed, int days, std::function<void(Instant, std::string_view)> listener = {});

// As above with people who talk (character.h) and an operator who answers; every other seed in calm
// weather, where an answer must come at once.
[[nodiscard]] SimulationReport simulate_talk(
    uint64_t seed, int days, std::function<void(Instant, std::string_view)> listener = {});

}  // namespace puntual::sim
