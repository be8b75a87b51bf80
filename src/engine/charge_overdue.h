// Late interest and collection costs, where they were agreed: booked day by day or month by month,
// told anew whenever money turns out to have come earlier, and given up by a person (core/charges,
// docs/charges.md).
//
// What is owed on a day is one figure (InterestTerms::asked_through): what a reminder, the page and
// the books say at any hour of it is what settles the debt if it is paid on it, however late that
// is told.
//
// What is paid in full is not charged any more, not even for days that were not booked yet. A day
// is never booked twice, whoever runs it and however often: the invoice remembers its last one, and
// the table of charges refuses a second.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

// Where the charging of a day stands; one for each process that runs it.
struct ChargeRound {
  std::optional<CivilDate> day;    // Of which it is, by the creditor's clock.
  InvoiceId after;                 // The last invoice that was looked at.
  Instant next_at{INT64_MIN / 2};  // When all are looked at anew.
  Instant look_at{INT64_MIN /
                  2};  // When those that have come in since are, if any have (Invoices::newest).
};

struct WaiverDeed {
  std::string invoice;                  // Its number.
  std::string by, why;                  // Who gives it up; no personal data.
  std::optional<int64_t> amount_minor;  // None: all that is owed of interest and costs.
};

namespace engine {

// Books what has come to be owed, some invoices a transaction. True: there is more to do now.
[[nodiscard]] Result<bool> charge_overdue(Store& store, const Desk& desk, ChargeRound& round,
                                          Instant now);

// All hold the person already.

// Money has come that was paid on that day: what was asked for on it and is not booked yet (the
// debt came in today, the server was down) is booked before the money is shared out.
void charge_until(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId debtor,
                  CivilDate day, Instant now);
// How much of what is owed falls away if so much was paid on that day.
[[nodiscard]] int64_t not_owed_if_paid(Tx& tx, const Desk& desk, const Creditor& creditor,
                                       const Invoice& invoice, CivilDate paid_on, int64_t minor);
// Money has come that was paid on that day: what was charged after it is told anew.
void charge_anew(Tx& tx, const Desk& desk, const Creditor& creditor, InvoiceId invoice,
                 CivilDate paid_on, Instant now);
// The creditor's own file says that nothing is owed: its word is the last one.
void drop_charges(Tx& tx, const Creditor& creditor, InvoiceId invoice, Instant now);

// Their breakdown, where interest or costs are part of what is owed: in the place of what a file
// said of it.
void break_down(Tx& tx, const Desk& desk, const Creditor& creditor, const std::string& locale,
                std::span<Invoice> invoices);
[[nodiscard]] OwedParts owed_parts(Tx& tx, const Desk& desk, const Creditor& creditor,
                                   const Invoice& invoice);

// Of what a payment has paid of an invoice, how much was capital, interest and costs by then. None:
// nothing was charged, or what came later (money taken back, assigned to another) leaves no answer.
[[nodiscard]] std::optional<OwedParts> paid_parts(Tx& tx, const Desk& desk,
                                                  const Creditor& creditor, const Invoice& invoice,
                                                  const Payment& payment, int64_t applied_minor);

// Holds the person. NotFound: no such invoice. Conflict: so much is not owed of interest and costs.
[[nodiscard]] Result<store::Charge> waive_charges(Tx& tx, const Desk& desk,
                                                  const Creditor& creditor, const WaiverDeed& deed,
                                                  Instant now);

}  // namespace engine
}  // namespace puntual
