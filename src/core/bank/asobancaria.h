// The collection file of Colombia's banks (archivo de recaudo), editions 2001 and 1998: fixed
// widths, by tables (payments contract 13.2; Asobancaria, September 2001).
//
// Lenient where nothing is lost: blanks missing at the end of a record, CRLF or LF, several
// batches, no bytes at all. Strict where money is: counts and totals, digits, order of records.
// Whatever does not fit is a trouble with its line. Pure.
#pragma once

#include <string_view>

#include "core/bank/bank_file.h"

namespace puntual {

// A part of the field of the reference, in characters from 0 on; length 0: to its end.
struct ReferenceSlice {
  size_t from = 0, length = 0;
  bool operator==(const ReferenceSlice&) const = default;
};

struct AsobancariaOptions {
  BankFormat edition = BankFormat::Asobancaria2001;
  Currency currency = Currency::of("COP");
  // Banks put two values into the one field, each in its own way; the second is read only where it
  // is said.
  ReferenceSlice reference = {};
  std::optional<ReferenceSlice> second_reference = {};
};

namespace bank {

[[nodiscard]] BankReading read_asobancaria(std::string_view bytes,
                                           const AsobancariaOptions& options);
// By the type of its second record; none: it is no such file.
[[nodiscard]] std::optional<BankFormat> asobancaria_edition(std::string_view bytes);

}  // namespace bank
}  // namespace puntual
