// The audit trail as a whole: is it unbroken, and what can be kept elsewhere so that even its owner
// cannot rewrite it unseen.
#pragma once

#include <vector>

#include "core/audit/verify.h"
#include "store/store.h"

namespace puntual {

struct AuditReport {
  int64_t records = 0;
  std::map<audit::ChainId, audit::ChainState> chains;
  std::vector<audit::Fault> faults;  // The first of each chain.
};

namespace engine {

// Words that people agreed with are sealed under their keys: a copy at rest is verified where
// those, or the master key, are not.
enum class PeoplesWords : bool { LeftSealed, Compared };

// `anchors`: from files, besides those that the database remembers.
[[nodiscard]] AuditReport verify_audit(Tx& tx, std::vector<audit::Anchor> anchors,
                                       PeoplesWords words = PeoplesWords::Compared);

// Every anchor that was made before, and one for each chain that has grown since; those are not
// kept yet. All together, so that the newest file serves for every proof. Unsafe when a chain does
// not hold: what is broken is not blessed.
[[nodiscard]] Result<std::vector<audit::Anchor>> make_anchors(Tx& tx, Instant now);

}  // namespace engine
}  // namespace puntual
