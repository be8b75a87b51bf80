// The payment providers that this program knows, by name. Another one is a folder here, a line in registry.cpp, a simulator in
// sandbox/pay and a line in the conformance suite (docs/payments.md).
#pragma once

#include <memory>
#include <span>

#include "ports/payment_provider.h"
#include "providers/secrets.h"
#include "providers/settings.h"

namespace puntual::providers {

// In the order of the documentation.
[[nodiscard]] std::span<const std::string_view> names();
// NotFound, with the nearest name, when there is no such provider; Invalid when its address or its secrets cannot be right. A
// secret that is missing is told by what needs it.
[[nodiscard]] Result<std::unique_ptr<PaymentProvider>> open(std::string_view name, const ProviderSecrets& secrets, const ProviderSettings& settings);
// By what the file says, or its keys show: Test when `environment` is "test" or "sandbox", or a key has "test" in its prefix or is said to be empty.
[[nodiscard]] ProviderEnvironment environment_of(const ProviderSecrets& secrets);

}  // namespace puntual::providers
