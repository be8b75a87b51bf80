// Money as providers write it: ×100, as a decimal, or in whole units. Exact, by the digits of the
// text; what does not fit into the currency is none, never rounded (payments contract 15.1). Pure;
// thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json_text.h"
#include "base/money.h"

namespace puntual::providers {

// 12500000 COP is 125,000 pesos, whatever digits ISO 4217 gives the currency.
[[nodiscard]] std::optional<Money> money_of_hundredths(const JsonRef& amount,
                                                       std::string_view currency);
// "459.9", 459.9, 4.599e2: units of the currency.
[[nodiscard]] std::optional<Money> money_of_decimal(const JsonRef& amount,
                                                    std::string_view currency);
[[nodiscard]] std::optional<Money> money_of_decimal(std::string_view amount,
                                                    std::string_view currency);

// ×100. Invalid: has more than two decimals.
[[nodiscard]] Result<int64_t> hundredths_of(Money money);
// "459.9", "125000": as short as it goes.
[[nodiscard]] std::string decimal_of(Money money);
// Invalid: it has decimals.
[[nodiscard]] Result<int64_t> whole_units_of(Money money);

}  // namespace puntual::providers
