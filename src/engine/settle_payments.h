// LISTEN, the money: books a payment, stops what it makes pointless, and says thank you once.
#pragma once

#include <vector>

#include "core/payments/payment.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct PaymentInput {
  std::string source = "cli";
  std::string source_id;  // Its identity at the source: the same again changes nothing.
  std::string reference;  // Invoice number; may be empty when the debtor is given.
  DebtorId debtor_id;     // Used when the reference names no invoice.
  Money amount;
  std::string method;
  CivilDate paid_on;
  std::optional<Instant> paid_at;
};

struct SettledPayment {
  bool is_new = false;
  Payment payment;
  std::vector<InvoiceId> lowered;  // Invoices of which less is owed after it.
  int64_t lowered_minor = 0;       // By how much it lowered what is owed.
  bool on_time = true;             // Every invoice it lowered was paid by its due date.
};

namespace engine {

// Books the payment: allocation oldest first after the invoice it names, ledger, cancellation of
// what was planned about it. Idempotent. Does not thank.
[[nodiscard]] Result<SettledPayment> settle_payment(Tx& tx, const Desk& desk,
                                                    const Creditor& creditor,
                                                    const PaymentInput& input, Instant now);

// Money that waited for this invoice, or is left over from what its debtor paid, is applied to it.
void apply_waiting_money(Tx& tx, const Desk& desk, const Creditor& creditor, const Invoice& invoice,
                         Instant now);

// One thank-you for what one person has just paid; none for what is history or lowered nothing.
void thank(Tx& tx, const Desk& desk, const Creditor& creditor,
           std::span<const SettledPayment> payments, Instant now);

// Thanks that have not left say what is so by now: of payments that are the person's still and were
// not given back, with what is owed now; without any of those they are not said.
void retell_thanks(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId debtor,
                   Instant now);

// Has this person been thanked for it, or may have been?
[[nodiscard]] bool was_thanked(Tx& tx, const Payment& payment, DebtorId debtor);

// The whole of it, for one payment told by the command line, the API or a provider. Conflict when
// its id was told before with another amount or invoice.
[[nodiscard]] Result<SettledPayment> record_payment(Tx& tx, const Desk& desk,
                                                    const Creditor& creditor,
                                                    const PaymentInput& input, Instant now);

}  // namespace engine
}  // namespace puntual
