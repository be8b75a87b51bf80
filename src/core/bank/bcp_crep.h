// The return file of BCP's collections in Peru (CREP): "CC" header, "DD" payments (payments
// contract 13.4).
//
// What the header holds is not known well enough to check sums by it: a truncated file of whole
// records cannot be told. The dates, the amount, the time and the extended number of the operation
// stand where programs that run read them; the rest is read leniently. Pure.
#pragma once

#include <string_view>

#include "core/bank/bank_file.h"

namespace puntual::bank {

[[nodiscard]] BankReading read_bcp_crep(std::string_view bytes);
[[nodiscard]] bool is_bcp_crep(std::string_view bytes);

}  // namespace puntual::bank
