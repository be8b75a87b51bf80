// Amounts: no digit is lost, and what can be read in two ways is not read. First line: the
// currency.
#include "base/money.h"

#include "core/portfolio/import_cells.h"
#include "tests/fuzz/fuzz.h"

namespace puntual {

FUZZ(money, "") {
  const auto [code, text] = fuzz::first_line(bytes);
  const auto currency = Currency::parse(code);
  if (!currency) return;
  for (const char mark : {'.', ','}) {
    if (const auto minor = parse_minor(text, *currency, mark)) {
      const std::string written = format_decimal({*minor, *currency});
      HOLDS(parse_minor(written, *currency, '.') == *minor);
    }
    if (const auto amount = portfolio::read_amount(text, *currency, mark)) {
      const auto undetermined = portfolio::read_amount(text, *currency, 0);
      HOLDS(!undetermined || *undetermined == *amount);
    }
  }
  const char told = portfolio::decimal_mark_told_by(text, *currency);
  HOLDS(told == 0 || told == '.' || told == ',');
}

}  // namespace puntual
