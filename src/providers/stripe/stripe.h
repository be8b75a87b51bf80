// Stripe: payment links (accounts in Mexico and Brazil; cards of any country, OXXO, boleto, PIX).
//
// Contract: payments.md section 3. A place to pay at is a payment link for one completed session, with our reference as
// metadata of the link, which its sessions and their payment intents carry too. A payment's id is its payment intent's.
// What the payer can write into the address (client_reference_id) is read in notices as a hint, and never booked by.
#pragma once

#include <span>
#include <string>

#include "ports/payment_provider.h"

namespace puntual::stripe {

// Signed times may be this far from the moment of receipt, before or after: each repetition is signed anew.
inline constexpr int64_t kToleranceMs = 300 * kSecondMs;

// Secrets are those of the endpoint ("whsec_…"), each of them good. Pure; thread-safe.
[[nodiscard]] HeardNotice read_notice(const ProviderNotice& notice, std::span<const std::string> secrets);

}  // namespace puntual::stripe
