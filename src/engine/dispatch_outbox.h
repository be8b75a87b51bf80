// SPEAK, second half: claims due messages, asks the gate again in the same transaction, makes the
// intent to send durable, and later records what became of each attempt.
//
// At most once to a person (quality-bar 4.1): what may have left is never sent again by itself.
#pragma once

#include <span>
#include <vector>

#include "engine/desk.h"
#include "ports/whatsapp.h"
#include "store/store.h"

namespace puntual {

struct DispatchReport {
  int claimed = 0;
  int cancelled = 0;
  int postponed = 0;
  int expired = 0;
  bool more = false;  // There may be others whose time has come.
};

namespace engine {

// What the node that sends for this creditor has a lease of (store/sql/sql_nodes.h).
[[nodiscard]] std::string sending_lease(const Creditor& creditor);

// How many requests the way out takes now.
struct ClaimRoom {
  int whatsapp = 0, elsewhere = 0;
};
// Has the time of anything come that there is room for?
[[nodiscard]] bool has_due(Tx& tx, CreditorId creditor, Instant now, const ClaimRoom& room);

// Messages that may leave now, as far as there is room. Each is in flight, with its attempt id and
// deadline, when the transaction commits. Submit them only after that.
[[nodiscard]] std::vector<SendRequest> claim_allowed(Tx& tx, const Desk& desk,
                                                     const Creditor& creditor, Instant now,
                                                     const ClaimRoom& room, DispatchReport& report);

// Gives back the results that are to be recorded in another turn: somebody else holds whom they are
// about.
[[nodiscard]] std::vector<SendResult> record_results(Tx& tx, const Desk& desk,
                                                     std::span<const SendResult> results,
                                                     Instant now,
                                                     store::Hold how = store::Hold::Skip);

// Messages in flight past their deadline become uncertain; old uncertain ones unconfirmed.
void rescue(Tx& tx, const Desk& desk, const Creditor& creditor, Instant now);
// What this node's number has in flight when its engine starts was left by a process that is gone:
// it is uncertain.
void rescue_own(Tx& tx, CreditorId creditor, Instant now);

}  // namespace engine
}  // namespace puntual
