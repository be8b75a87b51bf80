// How a payment was applied: what the thank-you says, and the receipt that somebody of the
// creditor, or the person, keeps.
#pragma once

#include "core/documents/receipt.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

// What it pays now, net of what was taken back, in the order in which it came to.
[[nodiscard]] std::vector<ReceiptPart> parts_of(Tx& tx, const Payment& payment);

// NotFound when there is no such payment, or nobody is known to have made it.
[[nodiscard]] Result<Receipt> receipt_of(Tx& tx, const Desk& desk, const Creditor& creditor,
                                         PaymentId id, Instant now);

}  // namespace puntual::engine
