// An amount as a person types it: "150000", "150.000", "1,500" or "150000.50". The last mark is a
// decimal one only before one or two digits at the end; before three it groups thousands, and then
// every group is of three: "1000,500" is nobody's sum.
#pragma once

#include <string>

#include "base/money.h"
#include "core/portfolio/import_cells.h"

namespace puntual {

[[nodiscard]] inline Result<int64_t> typed_amount(const std::string& text, Currency currency) {
  const auto last = text.find_last_of(".,");
  const bool is_decimal = last != std::string::npos && text.size() - last <= 3;
  const char mark = is_decimal                                       ? text[last]
                    : last != std::string::npos && text[last] == ',' ? '.'
                                                                     : ',';
  // Marks in the places of thousands alone.
  if (const auto read = portfolio::read_amount(text, currency, mark); !read)
    return fail(ErrorCode::Invalid,
                "'{}' no es un valor en {} (escriba, por ejemplo, 150000, 150.000 o 150000.50)",
                text, currency.code());
  return parse_minor(text, currency, mark);
}

}  // namespace puntual
