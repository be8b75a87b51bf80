// Peru's collection file: all of it or nothing, and never an amount that nobody wrote.
#include "core/bank/bcp_crep.h"

#include "tests/fuzz/fuzz.h"

namespace puntual {

FUZZ(bcp_crep, "") {
  static_cast<void>(bank::is_bcp_crep(bytes));
  const auto file = bank::read_bcp_crep(bytes);
  HOLDS(file.troubles.empty() || file.lines.empty());
  for (const auto& line : file.lines) {
    HOLDS(line.amount.minor >= 0);
    HOLDS(line.on <= file.on);
    HOLDS(line.amount.currency.code() == "PEN" || line.amount.currency.code() == "USD");
  }
}

}  // namespace puntual
