// Conekta (Mexico; payments contract 8.1), its notices alone. Secrets: public_key, the PEM that
// Conekta gave for webhooks; it is no secret, and stands there as the others do.
#pragma once

#include <memory>
#include <span>

#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::conekta {

[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(
    const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings);

// Pure: what a notice says, and whether the owner of one of these keys signed it.
[[nodiscard]] HeardNotice hear(const ProviderNotice& notice,
                               std::span<const std::string> public_keys);

}  // namespace puntual::conekta
