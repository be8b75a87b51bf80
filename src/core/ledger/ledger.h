// The books: double entry, one row a transfer, so that what is debited is always what is credited.
//
//   invoice loaded      receivable ← invoiced      the person owes it
//   file says paid      reported   ← receivable    the creditor's system says so, not itemised
//   payment arrives     cash       ← receivable    the part that lowers what is owed
//                       cash       ← reported      the part that the file had already reported
//                       cash       ← unapplied     the part that pays nothing yet
//   unapplied is used   unapplied  ← receivable or reported
//
// An invoice owes amount − max(reported, paid): whoever knows of more money is right, and the order in
// which file and payments arrive does not matter. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/money.h"

namespace puntual {

// No one debt or payment is larger: a sum of thousands of them still fits in 64 bits.
inline constexpr int64_t kAmountMinorMax = 1'000'000'000'000'000;

enum class Account : uint8_t { Receivable, Cash, Invoiced, Reported, Unapplied };
[[nodiscard]] std::string_view text_of(Account account);

struct LedgerEntry {
  Account debit = Account::Receivable;
  Account credit = Account::Invoiced;
  Money amount;  // > 0
  DebtorId debtor_id;
  InvoiceId invoice_id;
  PaymentId payment_id;
};

// What is known of one invoice's money.
struct InvoiceBalance {
  int64_t amount_minor = 0;
  int64_t reported_minor = 0;
  int64_t paid_minor = 0;

  [[nodiscard]] int64_t settled_minor() const { return reported_minor > paid_minor ? reported_minor : paid_minor; }
  // Never negative: an overpayment is the person's, not the invoice's.
  [[nodiscard]] int64_t owed_minor() const {
    return amount_minor > settled_minor() ? amount_minor - settled_minor() : 0;
  }
  bool operator==(const InvoiceBalance&) const = default;
};

namespace ledger {

// The entries that lead from one balance to another when the creditor's file changed (new invoice: from a
// zero balance). paid_minor must be the same in both.
[[nodiscard]] std::vector<LedgerEntry> entries_of_file_change(const InvoiceBalance& from, const InvoiceBalance& to,
                                                              const LedgerEntry& like);

// The entries when `part` of a payment is applied to an invoice. `source` is Cash for money that has just
// come in, Unapplied for money that was waiting.
[[nodiscard]] std::vector<LedgerEntry> entries_of_allocation(const InvoiceBalance& before, int64_t part, Account source,
                                                             const LedgerEntry& like);

// How much of a payment an invoice can take: what it owes, and what its file reported without itemising.
[[nodiscard]] int64_t can_take(const InvoiceBalance& balance);

}  // namespace ledger
}  // namespace puntual
