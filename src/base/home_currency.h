// Which money is a country's own. Pure.
#pragma once

#include <algorithm>
#include <string_view>

namespace puntual {

struct HomeCurrency {
  std::string_view country;  // "CO"
  std::string_view currency;
};
// Of a country that has two, the one that prices are in comes first.
inline constexpr HomeCurrency kHomeCurrencies[] = {
    {"AR", "ARS"}, {"BO", "BOB"}, {"BR", "BRL"}, {"CL", "CLP"}, {"CO", "COP"}, {"CR", "CRC"},
    {"DO", "DOP"}, {"EC", "USD"}, {"ES", "EUR"}, {"GT", "GTQ"}, {"HN", "HNL"}, {"MX", "MXN"},
    {"NI", "NIO"}, {"PA", "USD"}, {"PA", "PAB"}, {"PE", "PEN"}, {"PR", "USD"}, {"PY", "PYG"},
    {"SV", "USD"}, {"US", "USD"}, {"UY", "UYU"}};

// Of a country in the table; a constant of any other does not compile.
[[nodiscard]] consteval std::string_view home_currency(std::string_view country) {
  return std::ranges::find(kHomeCurrencies, country, &HomeCurrency::country)->currency;
}

}  // namespace puntual
