// Money that was booked and is gone again, or was booked wrongly: undone by new entries, never by
// changing old ones.
//
// What a reversal takes back it takes first from what was not applied, then from the allocations,
// the latest first. What is owed again is paid by what waits of the person's other money, and
// agreements that were kept are judged anew. Reminders do not begin again by themselves: a
// suspension holds them and a task asks a person (payments contract 13.6). A chargeback that was
// won brings the money back: it pays again what is owed, and the task tells the person.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/payments/reversal.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct ReversalInput {
  PaymentId payment_id;
  ReversalKind kind = ReversalKind::Refund;  // Not Reassigned: that is assign_payment's.
  int64_t amount_minor = 0;                  // Of the payment; > 0.
  std::string source_id;    // Its identity where it was told: the same again changes nothing.
  std::string by;           // "wompi", "operator:ana"
  std::string why;          // For people; no personal data.
  bool is_by_hand = false;  // A person says that money went back: not while its provider is giving
                            // it back as well.
};

struct Reversed {
  bool is_new = false;
  std::vector<InvoiceId> raised;  // Invoices of which more is owed again, after all.
  int64_t raised_minor = 0;
};

namespace engine {

// Holds the person. NotFound: no such payment. Invalid: more than is left of it, or (Reinstated)
// than was charged back. Conflict: its source_id was told before with another amount or kind; by
// hand: a refund is under way at its provider.
[[nodiscard]] Result<Reversed> reverse_payment(Tx& tx, const Desk& desk, const Creditor& creditor,
                                               const ReversalInput& input, Instant now);

}  // namespace engine
}  // namespace puntual
