// Wompi as section 1 of the payments contract has it: links, the sealed web checkout, transactions,
// signed events.
#pragma once

#include "sandbox/pay/simulator.h"

namespace puntual::sandbox {

[[nodiscard]] std::unique_ptr<PaySimulator> make_wompi_simulator();

}  // namespace puntual::sandbox
