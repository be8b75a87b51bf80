// What a person of the creditor sees and decides of the money that comes in, as the command line
// and the API tell it: one JSON object in, one out.
#pragma once

#include <string>
#include <string_view>

#include "core/access/right.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

// {"action": "list" | "show" | "unmatched" | "check" | "assign" | "reverse" | "refund" |
// "approve_refund" | "refuse_refund" | "dismiss", …}; see docs/payments-flow.md. What is to be
// checked or given back is asked for by who has the providers open (app/payment_watch), soon. What
// changes something. A refund, by which money leaves, has a right of its own and is not one of
// them.
inline constexpr std::string_view kPaymentVerbs[] = {"check", "assign", "reverse", "dismiss"};
// Two people decide a refund where the house wants four eyes (core/access/two_people.h).
inline constexpr std::string_view kRefundVerbs[] = {"refund", "approve_refund", "refuse_refund"};
struct PaymentsAsker {
  access::Principal by = {};
  bool needs_four_eyes = false;  // Of the house.
};
[[nodiscard]] Result<std::string> run_payments_job(Store& store, const Desk& desk,
                                                   const Creditor& creditor, std::string_view body,
                                                   Instant now, const PaymentsAsker& asker = {});

// The receipt of a payment, by its number, as a PDF.
[[nodiscard]] Result<std::string> receipt_pdf(Store& store, const Desk& desk,
                                              const Creditor& creditor, PaymentId id, Instant now);

}  // namespace puntual
