// Looks at a house from the outside, after whatever has happened to it: the platform's own log says
// what was sent, the workload what was acknowledged, and the database must agree with both.
#pragma once

#include <string>
#include <vector>

#include "tests/faults/workload.h"

namespace puntual::e2e {

struct Verdict {
  size_t acknowledged = 0, sent = 0;
  int lost = 0, twice = 0, outside_window = 0, after_known = 0, imbalance = 0, broken_chains = 0,
      unended = 0;
  std::vector<std::string> details;  // One line for each that is counted.

  [[nodiscard]] bool is_clean() const { return details.empty(); }
  // "lost acknowledged webhooks 0 · sent twice 0 · …", then the details.
  [[nodiscard]] std::string text() const;
};

// With the server running and quiet (Workload::is_quiet).
[[nodiscard]] Verdict look_at(const House& house, const Acknowledged& acknowledged);

}  // namespace puntual::e2e
