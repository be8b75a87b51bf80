// An amount as a person types it: "150000", "150.000", "1,500" or "150000.50". The last mark is a
// decimal one only before one or two digits at the end; before three it groups thousands.
#pragma once

#include <string>

#include "base/money.h"

namespace puntual {

[[nodiscard]] inline Result<int64_t> typed_amount(const std::string& text, Currency currency) {
  const auto last = text.find_last_of(".,");
  const bool is_decimal = last != std::string::npos && text.size() - last <= 3;
  const char mark = is_decimal                                       ? text[last]
                    : last != std::string::npos && text[last] == ',' ? '.'
                                                                     : ',';
  return parse_minor(text, currency, mark);
}

}  // namespace puntual
