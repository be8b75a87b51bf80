// The audit trail as a whole: is it unbroken, and what can be kept elsewhere so that even its owner cannot rewrite
// it unseen.
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

// `anchors`: from files, besides those that the database remembers.
[[nodiscard]] AuditReport verify_audit(Tx& tx, std::vector<audit::Anchor> anchors);

// An anchor for each chain as it stands; not kept yet. Unsafe when a chain does not hold: what is broken is not
// blessed.
[[nodiscard]] Result<std::vector<audit::Anchor>> make_anchors(Tx& tx, Instant now);

}  // namespace engine
}  // namespace puntual
