// Culqi (Peru; payments contract 6.1). Secrets: secret_key ("sk_test_…" or "sk_live_…");
// webhook_user and webhook_password as set in its panel; contact_email and contact_phone, which
// Culqi is given of payers whose own we do not know.
//
// A place to pay is an order in soles, with a code for PagoEfectivo at once; it is paid once and so
// is its own payment: both have the same id. Culqi signs nothing: whatever it says is read again.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::culqi {

[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(
    const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings);

// Pure: what a notice says, and whether it brings our password; unsigned when we have none.
[[nodiscard]] HeardNotice hear(const ProviderNotice& notice, std::string_view user,
                               std::span<const std::string> passwords);
[[nodiscard]] std::optional<ProviderStatus> status_of_order(std::string_view state);

}  // namespace puntual::culqi
