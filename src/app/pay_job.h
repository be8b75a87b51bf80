// A place to pay at, made at a provider for whoever has a link: two transactions with the call to
// the provider between them.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/payment_requests.h"

namespace puntual {

// By name. One thread at a time asks them; more threads have providers of their own
// (providers/registry.h).
using Providers = std::map<std::string, std::shared_ptr<PaymentProvider>, std::less<>>;

struct PayJobOrder {
  RequestOrder request;
  std::string payer_email;
  std::string title;        // "Factura FV-1029"
  std::string return_base;  // "https://…/r/": behind it stands engine::return_code, and there the
                            // payer comes back to.
  std::string notice_url;  // "https://…/webhooks/payments/wompi", for providers that take it with
                           // each order.
};

// The request with its address (and form). Unavailable: the provider does not answer, or is
// answering another tap at this moment; NotFound: no such provider here; else as
// engine::open_request and PaymentProvider::ask.
[[nodiscard]] Result<PaymentRequest> make_request(Store& store, Providers& providers,
                                                  const Creditor& creditor,
                                                  const PayJobOrder& order, Instant now);

}  // namespace puntual
