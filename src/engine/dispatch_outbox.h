// SPEAK, second half: claims due messages, asks the gate again in the same transaction, makes the intent to
// send durable, and later records what became of each attempt.
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
};

namespace engine {

// Up to `limit` messages that may leave now; each is in flight, with its attempt id and deadline, when the
// transaction commits. Submit them only after that.
[[nodiscard]] std::vector<SendRequest> claim_allowed(Tx& tx, const Desk& desk, const Creditor& creditor, Instant now,
                                                     int limit, DispatchReport& report);

void record_results(Tx& tx, const Desk& desk, std::span<const SendResult> results, Instant now);

// Messages in flight past their deadline become uncertain; old uncertain ones unconfirmed.
void rescue(Tx& tx, const Desk& desk, const Creditor& creditor, Instant now);
// In flight with a deadline before this: the process that had them has died.
void rescue_all_before(Tx& tx, CreditorId creditor, Instant deadline_before, Instant now);

}  // namespace engine
}  // namespace puntual
