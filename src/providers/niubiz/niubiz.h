// Niubiz (Peru; payments contract 6.3), its notices alone: no signature of theirs was found, so
// what somebody sends in its name is a hint at best. Its own answer to a payment is what this
// reads.
#pragma once

#include <memory>

#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::niubiz {

[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(
    const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings);

// Pure: what a notice says; nothing is signed.
[[nodiscard]] HeardNotice hear(const ProviderNotice& notice);

}  // namespace puntual::niubiz
