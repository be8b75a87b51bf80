// Stripe (accounts in Mexico and Brazil, cards of any country; payments contract section 3).
// Secrets: secret_key ("sk_…", to ask), webhook_secret ("whsec_…", of the endpoint; also
// endpoint_secret, signing_secret, secret).
//
// A place to pay at is a payment link for one completed session. Our reference is metadata of the
// link and of its payment intents, whose ids are the payments'. What the payer can write into the
// address (client_reference_id) is a hint in a notice and never booked by. A link has no date of
// expiry: it is withdrawn, together with the sessions that are open.
#pragma once

#include <memory>
#include <span>

#include "base/json_text.h"
#include "base/money.h"
#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::stripe {

[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(
    const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings);

// Pure: what a notice says, and whether one of these secrets signed it, not long ago: each
// repetition is signed anew.
[[nodiscard]] HeardNotice hear(const ProviderNotice& notice,
                               std::span<const std::string> webhook_secrets);
// Amounts on the wire are ×100, but for the currencies of Stripe's list without decimals. None: not
// to be read exactly.
[[nodiscard]] std::optional<Money> money_of(const JsonRef& amount, std::string_view currency);
[[nodiscard]] Result<int64_t> wire_amount_of(Money money);
// Of a dispute: an open one holds the money, one that was only an inquiry took none.
[[nodiscard]] ProviderStatus status_of_dispute(std::string_view status);
// A member that is an id ("pi_1"), or the object that it stands for; empty when absent.
[[nodiscard]] std::string id_of(const JsonRef& id_or_object);

}  // namespace puntual::stripe
