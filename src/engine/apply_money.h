// A part of a payment goes to an invoice, or comes back from it: books, balance, allocation, and what it teaches about how the
// person pays. Whoever calls has decided which part of what, holds the person, and writes the payment's own figures.
#pragma once

#include "core/ledger/ledger.h"
#include "core/payments/reversal.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

[[nodiscard]] LedgerEntry entry_like(const Payment& payment, InvoiceId invoice);

// By how much it lowers what is owed. `source`: Cash for money that has just come in, Unapplied for money that was waiting.
int64_t apply_part(Tx& tx, const Desk& desk, const Creditor& creditor, const Payment& payment, const Invoice& invoice, int64_t part,
                   Account source, Instant now);

// By how much more is owed. `to`: Cash, the money is gone; Unapplied, it waits again.
int64_t take_part_back(Tx& tx, const Reversal& reversal, const Payment& payment, InvoiceId invoice, int64_t part, Account to);

}  // namespace puntual::engine
