// An amount as a person types it: "150000", "150.000", "1,500" or "150000.50". The last mark is a
// decimal one only before one or two digits at the end; before three it groups thousands, and then
// every group is of three: "1000,500" is nobody's sum.
#pragma once

#include <optional>
#include <string>
#include <vector>

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

// What "F-1=50000,F-2=20000" asks for; without a sum, all that is left. "F-1=60000,33" could be two
// things, and money is not guessed: sums with a comma stand between semicolons.
struct TypedShare {
  std::string invoice;
  std::optional<int64_t> amount_minor;
};
[[nodiscard]] inline Result<std::vector<TypedShare>> typed_shares(std::string_view text,
                                                                  Currency currency) {
  std::vector<TypedShare> shares;
  const char between = text.contains(';') ? ';' : ',';
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(between));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    if (part.empty()) continue;
    const size_t mark = part.find('=');
    const bool is_digits = part.find_first_not_of("0123456789") == std::string_view::npos;
    if (between == ',' && is_digits && !shares.empty() && shares.back().amount_minor) {
      return fail(ErrorCode::Invalid,
                  "'{0}={1},{2}': ¿«{2}» son los decimales o una factura? Separe las facturas con "
                  "punto y coma, entre comillas: '{0}={1},{2};' si es parte del valor, "
                  "'{0}={1};{2}' si es otra factura",
                  shares.back().invoice, format_plain({*shares.back().amount_minor, currency}),
                  part);
    }
    TypedShare share{.invoice = std::string(part.substr(0, mark)), .amount_minor = {}};
    if (mark != std::string_view::npos) {
      ASSIGN_OR_RETURN(share.amount_minor,
                       typed_amount(std::string(part.substr(mark + 1)), currency));
    }
    shares.push_back(std::move(share));
  }
  return shares;
}

}  // namespace puntual
