// Money is an integer of minor units with its ISO 4217 currency. No floating point, no conversion.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace puntual {

// An ISO 4217 code that the program knows the minor digits of (COP 2, CLP 0, PYG 0, CLF 4, …).
class Currency {
 public:
  Currency() = default;  // No currency; equal to itself only.
  [[nodiscard]] static Result<Currency> parse(std::string_view code);
  [[nodiscard]] static Currency of(std::string_view code);  // For constants: must be known.

  [[nodiscard]] std::string_view code() const {
    return {code_.data(), code_[0] == 0 ? size_t{0} : size_t{3}};
  }
  [[nodiscard]] int minor_digits() const { return digits_; }
  [[nodiscard]] int64_t minor_per_major() const;
  bool operator==(const Currency&) const = default;

 private:
  std::array<char, 3> code_{};
  int8_t digits_ = 2;
};

struct Money {
  int64_t minor = 0;
  Currency currency;
  bool operator==(const Money&) const = default;
};

// "1500.00 COP": plain, for logs, errors and machine output; people see base/locale.h's forms.
[[nodiscard]] std::string format_plain(Money money);
// "1500.00" without the code.
[[nodiscard]] std::string format_decimal(Money money);

// Reads "223.760,00", "1,234,567.89", "$ 120.000", "COP 500". The decimal mark is given, not
// guessed. Invalid when there are more decimals than the currency has (other than zeros), or other
// characters.
[[nodiscard]] Result<int64_t> parse_minor(std::string_view text, Currency currency,
                                          char decimal_mark);

}  // namespace puntual
