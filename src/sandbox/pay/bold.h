// Bold as section 4 of the payments contract has it: links, the notices that it keeps, signed
// notices.
#pragma once

#include "sandbox/pay/simulator.h"

namespace puntual::sandbox {

[[nodiscard]] std::unique_ptr<PaySimulator> make_bold_simulator();

}  // namespace puntual::sandbox
