// Mercado Pago: Checkout Pro (Argentina, Brazil, Chile, Colombia, Mexico, Peru, Uruguay).
//
// Contract: payments.md section 2. A place to pay at is a preference that carries our reference; what is paid there are
// payments, one or several of each preference. Their notices sign an id and nothing of the money, so every one is read again.
#pragma once

#include <span>
#include <string>

#include "ports/payment_provider.h"

namespace puntual::mercadopago {

// Secrets are those of the application's webhooks, each of them good. A notice of the older kind (IPN) is Unsigned: a hint
// what to look up. The signed time has no tolerance: whether a repetition is signed anew is not documented. Pure; thread-safe.
[[nodiscard]] HeardNotice read_notice(const ProviderNotice& notice, std::span<const std::string> secrets);

}  // namespace puntual::mercadopago
