// Stripe as the payments contract describes it, on this machine.
#pragma once

#include "sandbox/pay/simulator.h"

namespace puntual::sandbox {

[[nodiscard]] std::unique_ptr<PaySimulator> make_stripe_simulator();

}  // namespace puntual::sandbox
