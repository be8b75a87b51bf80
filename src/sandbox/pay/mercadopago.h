// Mercado Pago as the payments contract describes it, on this machine.
#pragma once

#include "sandbox/pay/simulator.h"

namespace puntual::sandbox {

[[nodiscard]] std::unique_ptr<PaySimulator> make_mercadopago_simulator();

}  // namespace puntual::sandbox
