// May this be asked for at a provider at all? Said before anybody is asked, in one way for all of
// them.
#pragma once

#include "ports/payment_provider.h"

namespace puntual::providers {

// Invalid: it takes no such money, not so little or so much of it, no cents, or has no such method
// for it.
[[nodiscard]] Result<void> check_order(const ProviderTraits& traits, const PaymentOrder& order);

}  // namespace puntual::providers
