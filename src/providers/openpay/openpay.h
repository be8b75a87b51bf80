// OpenPay (MX, CO, PE; payments contract 8.2), its notices alone. Secrets: webhook_user and
// webhook_password, which we chose when the webhook was registered. OpenPay signs nothing: whatever
// it says is to be read again.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::openpay {

[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(
    const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings);

// Pure: what a notice says, and whether it brings our password; unsigned when we have none. The
// first notice only brings a code for a person to confirm: its key is "verification:CODE".
[[nodiscard]] HeardNotice hear(const ProviderNotice& notice, std::string_view user,
                               std::span<const std::string> passwords);

}  // namespace puntual::openpay
