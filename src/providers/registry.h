// The payment providers that this program knows, by name. Another one is a folder here, a line in
// registry.cpp, a simulator in sandbox/pay and a line in the conformance suite (docs/payments.md).
#pragma once

#include <memory>
#include <span>

#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::providers {

// In the order of the documentation.
[[nodiscard]] std::span<const std::string_view> names();
// "Mercado Pago" and "mercado_pago" are "mercadopago". NotFound, with the nearest name, when there
// is no such provider; Invalid when its address or its secrets cannot be right. A secret that is
// missing is told by what needs it.
[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(std::string_view name,
                                                            const ProviderSecrets& secrets,
                                                            const ProviderSettings& settings);
// By what the file says, or its keys show; none: this provider's keys show nothing. Invalid: it
// says what is neither "test" nor "live".
[[nodiscard]] Result<std::optional<ProviderEnvironment>> environment_of(
    std::string_view name, const ProviderSecrets& secrets);
// Before a provider of names() is asked for anything. Invalid: a key is missing without which
// nobody can be sent there or looked up, or one is of the other environment.
[[nodiscard]] Result<void> check_secrets(std::string_view name, const ProviderSecrets& secrets,
                                         ProviderEnvironment environment);

}  // namespace puntual::providers
