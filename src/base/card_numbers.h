// Card numbers in what people write: nobody asked for them, and they are not to be kept (SEC-30).
// Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace puntual {

// Each number of 13 to 19 digits whose check digit holds (Luhn), in one piece or in the groups that
// cards have (4-4-4-4, 4-6-5, 8-8 …), with its digits but the last four as '*'. Amounts and phone
// numbers have other groups and stay.
[[nodiscard]] std::string mask_card_numbers(std::string_view text);

}  // namespace puntual
