// What every store does in a turn on one of its connections.
#pragma once

#include "base/failpoint.h"
#include "store/store.h"

namespace puntual::store {

// Begins, calls the body, commits when it gives true and rolls back otherwise; a Failure becomes
// the Error. A transaction that lost against another (deadlock, serialisation) is run again, a few
// times.
inline Result<void> run_on(Connection& db, Vault& vault, IdSource& ids, const NodeLease& node,
                           Lane lane, const std::function<bool(Tx&)>& body) {
  constexpr int kTriesMax = 5;
  for (int tries = 1;; ++tries) {
    try {
      db.begin(lane == Lane::Read ? Connection::Access::Read : Connection::Access::Write);
      failpoint("store.begun");
      Tx tx(db, ids, vault, node);
      // A node that was taken over finds out here, and nobody takes it over before this has ended.
      if (lane != Lane::Read && db.is_shared()) tx.nodes.confirm(node);
      if (body(tx)) {
        if (lane != Lane::Read) failpoint("store.committing");
        db.commit();
        if (lane != Lane::Read) failpoint("store.committed");
      } else {
        db.rollback();
      }
      return {};
    } catch (const Failure& failure) {
      db.rollback();
      if (!failure.again || tries == kTriesMax) return std::unexpected(failure.error);
    } catch (...) {
      db.rollback();
      throw;
    }
  }
}

}  // namespace puntual::store
