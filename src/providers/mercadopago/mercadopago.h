// Mercado Pago (Argentina, Brazil, Chile, Colombia, Mexico, Peru, Uruguay; payments contract
// section 2). Secrets: access_token, webhook_secret (also secret, secret_key), collector_id (the
// account's number; left out, it is read from the end of the token), checkout = "orders" for the
// newer form.
//
// A place to pay at is a preference of Checkout Pro, which carries our reference to its payments:
// one, or several where the payer uses two methods. An order is one as well, and holds its
// payments; each of them goes by "ORD…:PAY…", whatever number else they are told under. Notices
// sign an id and nothing of the money, so each of them is read again.
#pragma once

#include <memory>
#include <span>

#include "base/json_text.h"
#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::mercadopago {

[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(
    const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings);

// Pure: what a notice says, and whether one of these secrets signed it. One of the older kind (IPN)
// is Unsigned, a hint what to look up. The signed time has no tolerance: whether a repetition is
// signed anew is not documented.
[[nodiscard]] HeardNotice hear(const ProviderNotice& notice,
                               std::span<const std::string> webhook_secrets);
// What is not of the contract's list is Pending: it is looked at again.
[[nodiscard]] ProviderStatus status_of(std::string_view status, std::string_view detail);

// Orders. Pure.
[[nodiscard]] bool is_order_id(std::string_view id);  // Also in small letters.
struct OrderPayment {
  std::string order, payment;
};
[[nodiscard]] std::optional<OrderPayment> order_payment_of(
    std::string_view provider_payment_id);  // None: it is of no order.
[[nodiscard]] ProviderStatus status_in_order(std::string_view status, std::string_view detail);
// All that were made there, the newest first. Unavailable: one of them cannot be read.
[[nodiscard]] Result<std::vector<ProviderPayment>> payments_in_order(const JsonRef& order,
                                                                     std::string_view account,
                                                                     bool is_live);

}  // namespace puntual::mercadopago
