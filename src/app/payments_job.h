// What a person of the creditor sees and decides of the money that comes in, as the command line and the API tell it: one JSON
// object in, one out.
#pragma once

#include <string>
#include <string_view>

#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

// {"action": "list" | "show" | "unmatched" | "check" | "assign" | "reverse" | "refund" | "dismiss", …}; see docs/payments-flow.md. What
// is to be checked or given back is asked for by who has the providers open (app/payment_watch), soon.
// What changes something. A refund, by which money leaves, has a right of its own and is not one of them.
inline constexpr std::string_view kPaymentVerbs[] = {"check", "assign", "reverse", "dismiss"};
[[nodiscard]] Result<std::string> run_payments_job(Store& store, const Desk& desk, const Creditor& creditor, std::string_view body, Instant now);

// The receipt of a payment, by its number, as a PDF.
[[nodiscard]] Result<std::string> receipt_pdf(Store& store, const Desk& desk, const Creditor& creditor, PaymentId id, Instant now);

}  // namespace puntual
