// Khipu (Chile, bank transfers; payments contract section 7), its notices alone. Secrets: secret,
// the collection account's, or api_key where that is what signs: sources disagree, so whichever is
// there is tried.
#pragma once

#include <memory>
#include <span>

#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::khipu {

[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(
    const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings);

// Pure: what a notice says, and whether one of these secrets signed it, not long ago.
[[nodiscard]] HeardNotice hear(const ProviderNotice& notice, std::span<const std::string> secrets);

}  // namespace puntual::khipu
