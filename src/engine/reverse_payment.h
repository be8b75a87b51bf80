// Money that was booked and is gone again, or was booked wrongly: undone by new entries, never by changing old ones.
//
// What a reversal takes back it takes first from what was not applied, then from the allocations, the latest first. Reminders do
// not begin again by themselves: a suspension holds them and a task asks a person (payments contract 13.6).
#pragma once

#include <string>

#include "engine/desk.h"
#include "engine/settle_payments.h"
#include "store/store.h"

namespace puntual {

enum class ReversalKind : uint8_t {
  Void,         // Cancelled by the seller the same day.
  Refund,       // Given back, whole or in part.
  Chargeback,   // Taken back through the payer's bank; also Colombia's reversión del pago and PIX's MED.
  Returned,     // A debit or cheque that was not honoured.
  Correction,   // Booked wrongly: by a person.
  Reinstated,   // A chargeback that was won: the money is back (undoes a Chargeback).
};
[[nodiscard]] std::string_view text_of(ReversalKind kind);  // "chargeback"

struct ReversalInput {
  PaymentId payment_id;
  ReversalKind kind = ReversalKind::Refund;
  int64_t amount_minor = 0;    // Of the payment; > 0.
  std::string source_id;       // Its identity where it was told: the same again changes nothing.
  std::string by;              // "wompi", "operator:ana"
  std::string why;             // For people; no personal data.
};

struct Reversed {
  bool is_new = false;
  std::vector<InvoiceId> raised;  // Invoices of which more is owed again.
  int64_t raised_minor = 0;
};

namespace engine {

// Holds the person. NotFound: no such payment. Invalid: more than is left of it.
[[nodiscard]] Result<Reversed> reverse_payment(Tx& tx, const Desk& desk, const Creditor& creditor, const ReversalInput& input, Instant now);

}  // namespace engine
}  // namespace puntual
