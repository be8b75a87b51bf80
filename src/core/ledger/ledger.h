// The books: double entry, one row a transfer, so that what is debited is always what is credited.
//
//   invoice loaded      receivable ← invoiced      the person owes it
//   file says paid      reported   ← receivable    the creditor's system says so, not itemised
//   payment arrives     cash       ← receivable    the part that lowers what is owed
//                       cash       ← reported      the part that the file had already reported
//                       cash       ← unapplied     the part that pays nothing yet
//   unapplied is used   unapplied  ← receivable or reported
//   an agreement kept   discounts  ← receivable    the rest that it forgives
//   a rest so small     small_difference ← receivable   that nobody asks for it
//   given up            written_off ← receivable   by two people's word
//   late interest       receivable ← charges       and collection costs, where agreed; waived: the
//   other way round taken back          the same accounts the other way round; a row is never
//   changed
//
// An invoice owes amount + charged − reported − ahead − forgiven: what the file says is paid, what
// has come in that the file cannot know yet, and what was given up. A payment of the file's own
// past only itemises what it reported; a new one lowers the debt at once, and when a later file
// reports more, it is first taken to be that. Whoever has paid is not dunned, in whatever order
// file and payments arrive (docs/decisions/0006). Money that is gone again is gone at once as well:
// where the file still counts it, ahead is negative until the file says less (docs/decisions/0021).
// Pure.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/money.h"
#include "base/time.h"

namespace puntual {

// No one debt or payment is larger: a sum of thousands of them still fits in 64 bits.
inline constexpr int64_t kAmountMinorMax = 1'000'000'000'000'000;

enum class Account : uint8_t {
  Receivable,
  Cash,
  Invoiced,
  Reported,
  Unapplied,
  Discounts,
  SmallDifference,
  WrittenOff,
  Charges
};
[[nodiscard]] std::string_view text_of(Account account);
[[nodiscard]] Account account_of(std::string_view text);  // Must be one of ours.

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
  int64_t reported_minor = 0;  // Paid according to the creditor's file, itemised or not.
  int64_t paid_minor = 0;      // Paid according to the payments we hold.
  int64_t ahead_minor = 0;     // Of that: what the file does not contain yet; negative: what it
                               // contains and is gone again.
  std::optional<CivilDate> reported_on;  // The day the file's figure is of.
  int64_t forgiven_minor = 0;  // Given up: discounts, small differences, what was written off.
  int64_t charged_minor = 0;   // Late interest and collection costs, on top of the amount.

  [[nodiscard]] int64_t asked_minor() const { return amount_minor + charged_minor; }
  // Never negative: an overpayment is the person's, not the invoice's.
  [[nodiscard]] int64_t owed_minor() const {
    const int64_t settled = reported_minor + ahead_minor + forgiven_minor;
    return asked_minor() > settled ? asked_minor() - settled : 0;
  }
  // Reported as paid without our knowing the payment: only one that names the invoice may explain
  // it.
  [[nodiscard]] int64_t unitemised_minor() const {
    const int64_t unknown = (reported_minor < amount_minor ? reported_minor : amount_minor) -
                            (paid_minor - ahead_minor);
    return unknown > 0 ? unknown : 0;
  }
  bool operator==(const InvoiceBalance&) const = default;
};

namespace ledger {

// The balance after the creditor's file said so much on this day; none: the file says nothing of
// what is paid.
[[nodiscard]] InvoiceBalance after_report(const InvoiceBalance& before, int64_t amount_minor,
                                          std::optional<int64_t> reported_minor, CivilDate on);
// The balance after a part of a payment is applied. `file_may_know`: it was made by the day of the
// file's figure.
[[nodiscard]] InvoiceBalance after_payment(const InvoiceBalance& before, int64_t part,
                                           bool file_may_know);
// The balance after a part that was applied is taken back. `is_gone`: the money has left the house,
// whatever the file says; else it paid something else, and what the file has reported of this
// invoice stays the creditor's word.
[[nodiscard]] InvoiceBalance after_taking_back(const InvoiceBalance& before, int64_t part,
                                               bool is_gone);

// The entries that lead from one balance to another when the creditor's file changed (new invoice:
// from a zero balance). paid_minor must be the same in both.
[[nodiscard]] std::vector<LedgerEntry> entries_of_file_change(const InvoiceBalance& from,
                                                              const InvoiceBalance& to,
                                                              const LedgerEntry& like);

// The entries of a part of a payment that led from one balance to the other, or back. `source` is
// Cash for money that has just come in (or is gone), Unapplied for money that was waiting (or waits
// again).
[[nodiscard]] std::vector<LedgerEntry> entries_of_allocation(const InvoiceBalance& before,
                                                             const InvoiceBalance& after,
                                                             Account source,
                                                             const LedgerEntry& like);

// The entry of giving up so much of what is owed, as Discounts, SmallDifference or WrittenOff;
// negative: it is owed again.
[[nodiscard]] LedgerEntry entry_of_giving_up(Account as, int64_t minor, const LedgerEntry& like);
// Any other transfer; negative: the other way round.
[[nodiscard]] LedgerEntry entry_of(Account debit, Account credit, int64_t minor,
                                   const LedgerEntry& like);

// How much of a payment an invoice can take: what it owes, and what its file reported without
// itemising.
[[nodiscard]] int64_t can_take(const InvoiceBalance& balance);

}  // namespace ledger
}  // namespace puntual
