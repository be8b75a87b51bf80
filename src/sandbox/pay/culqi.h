// Culqi as section 6.1 of the payments contract has it: orders with a code to pay, events that
// nobody signs.
#pragma once

#include "sandbox/pay/simulator.h"

namespace puntual::sandbox {

[[nodiscard]] std::unique_ptr<PaySimulator> make_culqi_simulator();

}  // namespace puntual::sandbox
