// What people of the creditor do with one invoice: see why it owes what it owes, waive interest,
// and give it up for lost. One JSON object in, one out, for the command line and the API.
#pragma once

#include <string>
#include <string_view>

#include "app/config.h"
#include "core/access/right.h"
#include "store/store.h"

namespace puntual {

// {"action":"show","number"} →
// {"number","debtor","state","currency","amount_minor","balance_minor","charged_minor","owed":{"capital_minor",
//   "interest_minor","costs_minor"},"adds_up","entries":[{"at","what_es","change_minor","balance_minor","payment"}]}
// {"action":"waive","number","by","why","amount_minor"?} →
// {"number","currency","waived_minor","balance_minor"}: interest and costs given up
// {"action":"correct","number","by","why","amount_minor","keeps_dispute"?}, or "withdraw" without
// an amount → {"number","state","currency","amount_before_minor","amount_minor","balance_minor",
//   "closed_dispute","is_told"}: the person was right (engine/correct_invoice.h)
// {"action":"write_off","number","by","why"}, "approve" and "refuse" {"number","by"} → the
// write-off
// {"action":"write_offs","state"?: "requested","approved","refused","all"} → {"write_offs":[…]},
// the newest first
inline constexpr std::string_view kInvoiceVerbs[] = {
    "waive", "correct", "withdraw", "write_off", "approve", "refuse"};  // What changes something.
// Forbidden: who may not be one of the two that give a debt up (core/access/two_people.h); where the
// house wants four eyes, also whoever waives, corrects or withdraws without having signed in.
struct InvoiceAsker {
  access::Principal by;
  bool needs_four_eyes = false;  // Of the house.
};
[[nodiscard]] Result<std::string> run_invoice_job(Store& store, const Desk& desk,
                                                  const Creditor& creditor, std::string_view body,
                                                  const InvoiceAsker& asker, Instant now);

}  // namespace puntual
