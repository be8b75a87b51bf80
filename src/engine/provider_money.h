// For engine/provider_news alone: what one payment at a provider means for our books.
#pragma once

#include <optional>

#include "core/payments/payment_request.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

struct HeardMoney {
  bool is_booked = false, is_reversed = false, is_held = false;
  bool is_followed =
      true;  // False: it is under way, and no request of ours will have it read again.
};

// Finds whom it is of, books it once, takes back what was given back, and holds what cannot be
// booked. `asked`: the request whose place was asked for its payments.
HeardMoney hear_money(Tx& tx, const Desk& desk, const Creditor& creditor, std::string_view provider,
                      const ProviderPayment& payment, const std::optional<PaymentRequest>& asked,
                      Instant now);

// What a request has come to, by its payments and the time. Saved.
void weigh_request(Tx& tx, PaymentRequest& request, Instant now);

}  // namespace puntual::engine
