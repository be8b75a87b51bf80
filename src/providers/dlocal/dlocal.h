// dLocal (payments contract section 9), its notices alone. Secrets: secret_key; x_login, when
// notices of another login are to be refused.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::dlocal {

[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(
    const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings);

// Pure: what a notice says, and whether one of these keys signed it, not long ago. An empty login
// is anybody's.
[[nodiscard]] HeardNotice hear(const ProviderNotice& notice, std::string_view login,
                               std::span<const std::string> secret_keys);

}  // namespace puntual::dlocal
