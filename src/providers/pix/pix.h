// PIX (Brazil; payments contract section 10), the notices of the central bank's API alone. No
// secrets: the bank is known by its TLS certificate, which whatever ends TLS before Puntual must
// demand.
#pragma once

#include <memory>

#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::pix {

[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(
    const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings);

// Pure: what a notice says; nothing is signed. One call may bring several payments: this is the
// first of them, and the key is that of the whole call, so that another call with more of them is
// not taken for a repetition.
[[nodiscard]] HeardNotice hear(const ProviderNotice& notice);

}  // namespace puntual::pix
