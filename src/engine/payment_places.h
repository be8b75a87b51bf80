// LISTEN, the money from providers, its other end: nobody pays any more where nothing is wanted.
//
//   open ─► what it asks for is still wanted? no ─(tx)─► unwanted ─► provider.withdraw() ─(tx)─►
//   withdrawn, and read once more
//
// Whoever pays in cash, disputes, or has their link revoked tells no provider of it: the open
// places are gone through in turn, a bounded number at a time, and asked whether they are still
// wanted. So nothing that ends a debt has to think of them.
#pragma once

#include "core/payments/payment_request.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct PlacesReport {
  int looked_at = 0, withdrawn = 0, stay = 0, failed = 0;
};

namespace engine {

// The link is good, the time not over, and so much is owed of what it is about; and nobody has paid
// there, nor the same sum by an attempt that they began after it.
[[nodiscard]] bool is_place_wanted(Tx& tx, const PaymentRequest& request, Instant now);

// A few of the open places after `last`, which moves on and begins anew; and those that are due.
// Asks the network for some seconds at most each: one thread at a time, on whichever node sends.
[[nodiscard]] Result<PlacesReport> withdraw_places(Store& store, const Desk& desk,
                                                   const Creditor& creditor, PaymentRequestId& last,
                                                   Instant now);
// When the next of them is due; none: nothing waits.
[[nodiscard]] std::optional<Instant> next_place_withdrawal(Tx& tx, CreditorId creditor);

}  // namespace engine
}  // namespace puntual
