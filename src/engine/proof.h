// Gathers the proof of one message (core/audit/proof.h), or of an agreement with its messages, from
// the database.
#pragma once

#include <string_view>

#include "core/audit/agreement_proof.h"
#include "store/store.h"

namespace puntual::engine {

// By its id, or as the platform calls it. NotFound.
[[nodiscard]] Result<OutboxMessage> find_message(Tx& tx, const Creditor& creditor,
                                                 std::string_view name);

// Is there a record of it that no anchor covers yet? Then make one first (engine/audit.h).
[[nodiscard]] bool needs_anchor(Tx& tx, const OutboxMessage& message);

[[nodiscard]] Result<Agreement> find_agreement(Tx& tx, const Creditor& creditor,
                                               std::string_view id);
[[nodiscard]] bool needs_anchor(Tx& tx, const Agreement& agreement);
// Unsafe when the row is not what was recorded; Conflict when it needs an anchor.
[[nodiscard]] Result<audit::AgreementProof> make_agreement_proof(Tx& tx, const Creditor& creditor,
                                                                 const Agreement& agreement,
                                                                 Instant now, const Law& law);

// The rules that it names are told as the law of the deployment has them. Conflict when it has
// never been handed over, or needs an anchor.
[[nodiscard]] Result<audit::Proof> make_proof(Tx& tx, const Creditor& creditor,
                                              const OutboxMessage& message, Instant now,
                                              const Law& law);

}  // namespace puntual::engine
