// A part of a payment goes to an invoice, or comes back from it: books, balance, allocation, and
// what it teaches about how the person pays. Whoever calls has decided which part of what, holds
// the person, and writes the payment's own figures.
#pragma once

#include <span>
#include <vector>

#include "core/ledger/ledger.h"
#include "core/payments/reversal.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

[[nodiscard]] LedgerEntry entry_like(const Payment& payment, InvoiceId invoice);

// By how much it lowers what is owed. `source`: Cash for money that has just come in, Unapplied for
// money that was waiting. What was written off is owed again as far as it is paid; a rest within
// the tolerance is closed.
int64_t apply_part(Tx& tx, const Desk& desk, const Creditor& creditor, const Payment& payment,
                   const Invoice& invoice, int64_t part, Account source, Instant now);

// So much of what waits of the payment pays these invoices, as the policy says. Sets what waits of
// it then.
void spend(Tx& tx, const Desk& desk, const Creditor& creditor, Payment& payment, int64_t minor,
           std::vector<Invoice> invoices, Instant now);

// What waits of the person's money pays what is owed of these again, before anybody asks them for
// it.
void spend_credit(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId debtor,
                  std::span<const InvoiceId> owed_again, Instant now);

// By how much more is owed. `to`: Cash, the money is gone; Unapplied, it waits again.
int64_t take_part_back(Tx& tx, const Reversal& reversal, const Payment& payment, InvoiceId invoice,
                       int64_t part, Account to);

// Less is owed of these invoices: what is planned is no longer true, an agreement may be kept, and
// who said that they had paid is right.
void follow_payment(Tx& tx, const Creditor& creditor, DebtorId debtor,
                    std::span<const InvoiceId> lowered, Instant now);

// Nothing of the person's money waits any more: nobody needs to say what becomes of it.
void close_extra_payment(Tx& tx, const Creditor& creditor, DebtorId debtor, Instant now);

}  // namespace puntual::engine
