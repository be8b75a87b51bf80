// PayU Latam as section 5 of the payments contract has it: the checkout that a form opens, the
// confirmation page, the reports.
#pragma once

#include "sandbox/pay/simulator.h"

namespace puntual::sandbox {

[[nodiscard]] std::unique_ptr<PaySimulator> make_payu_simulator();

}  // namespace puntual::sandbox
