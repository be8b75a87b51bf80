// A record of the timeline and its place in the chain: what happened with a person, and why.
//
// Every state change has exactly one record, written in its transaction. The records of one
// creditor and one node form a chain: each carries the SHA-256 of itself and of the one before, so
// that nothing can be changed, removed, inserted or moved without every later hash telling.
// docs/proof.md describes the form byte by byte; whoever changes it gives it a new name there. Pure
// and thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/crypto.h"
#include "base/id.h"

namespace puntual {

struct TimelineEvent {
  int64_t id = 0;
  CreditorId creditor_id;
  DebtorId debtor_id;
  Instant at;
  std::string
      kind;  // "proposed", "sending", "silent", "cancelled", "paid", "inbound", "opted_out", …
  MessageId message_id;
  InvoiceId invoice_id;
  PaymentId payment_id;
  std::string detail;  // Codes and short values.
  std::string
      facts;  // What a decision rested on, a JSON object; or empty. Neither holds personal data.
  std::string hash;  // 64 hex digits.
};

namespace audit {

// The hash before the first record.
inline constexpr std::string_view kGenesis =
    "0000000000000000000000000000000000000000000000000000000000000000";

// The bytes that are hashed. `before` is the hash of the record before, as hex; the record's own is
// not read.
[[nodiscard]] std::string canonical_form(std::string_view before, const TimelineEvent& record);
[[nodiscard]] std::string hash_of(std::string_view before, const TimelineEvent& record);

}  // namespace audit
}  // namespace puntual
