// A scenario: a calendar of what happens to a few people and of what must follow, written so that
// an expert in collections can review it. It is test, document and demonstration;
// tests/scenarios/README.md has its grammar.
//
// It runs the production engine in a World whose people do only what the calendar says.
#pragma once

#include <string>
#include <string_view>

#include "store/store.h"

namespace puntual::sim {

// Where a calendar plays: an empty database.
struct ScenarioDatabase {
  std::string url = "sqlite::memory:";
  StoreOptions options = {};
};

struct ScenarioResult {
  int expectations = 0;  // Checked, and met.
  std::string
      failure;  // Empty: passed. Else file:line, what was expected, what happened, the timeline.
};

// Stops at the first line that fails. A message that no line expects is a failure, as is a broken
// invariant.
[[nodiscard]] ScenarioResult run_scenario(std::string_view text, std::string_view file_name,
                                          const ScenarioDatabase& database = {});

}  // namespace puntual::sim
