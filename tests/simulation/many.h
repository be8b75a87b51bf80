// Many seeds in several processes, and what they have in sum.
#pragma once

#include <string>

#include "sim/simulation.h"

namespace puntual::sim {

struct Many {
  int64_t first_seed = 1, seeds = 200, days = 30, processes = 1;
  bool talks = false;  // simulate_talk
};

struct Totals {
  int64_t seeds = 0, days = 0, turns = 0, sends = 0;
  std::array<int64_t, kFaults> faults{};
  std::array<int64_t, kNevers> never{};
  TalkByCharacter talk{};
  std::string failures;  // The texts of the first few, with how to replay them.
};

[[nodiscard]] Totals simulate_many(const Many& many);
void print(const Totals& totals);

// A number in the environment, or this one.
[[nodiscard]] int64_t number_of_environment(const char* name, int64_t fallback);

}  // namespace puntual::sim
