// Collection files: whatever the bytes, all of the file or nothing of it, and what is read adds up
// to what it says.
#include "core/bank/asobancaria.h"

#include "tests/fuzz/fuzz.h"

namespace puntual {

FUZZ(asobancaria, "") {
  static_cast<void>(bank::asobancaria_edition(bytes));
  for (const auto edition : {BankFormat::Asobancaria2001, BankFormat::Asobancaria1998}) {
    const auto file = bank::read_asobancaria(
        bytes,
        {.edition = edition, .reference = {3, 20}, .second_reference = ReferenceSlice{23, 0}});
    HOLDS(file.troubles.empty() || file.lines.empty());
    HOLDS(bank::ordinals_of(file).size() == file.lines.size());
    int64_t before = 0;
    for (const auto& line : file.lines) {
      HOLDS(line.line > before);
      before = line.line;
      HOLDS(line.amount.minor >= 0);
      HOLDS(!line.reference.starts_with('0') || line.reference == "0");
    }
    for (const auto& trouble : file.troubles) HOLDS(trouble.line >= 0 && !trouble.what.empty());
  }
}

}  // namespace puntual
