// In which sums people pay: nobody hands over three pesos. Pure; thread-safe.
#pragma once

#include "base/money.h"

namespace puntual::agreements {

// In minor units (COP 10,000: a hundred pesos), a multiple of the currency's own whole unit but for
// those whose whole unit is a fortune.
[[nodiscard]] int64_t kind_unit_minor(Currency currency);

}  // namespace puntual::agreements
