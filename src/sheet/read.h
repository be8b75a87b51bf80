// A workbook (XLSX) as the CSV that one would save it as: its first sheet, dates as YYYY-MM-DD,
// numbers with a decimal point as Excel shows them, to fifteen digits (libzip and expat behind).
// Formulas count by the value that was saved with them.
//
// For files of strangers: what it unpacks to is bounded, and no entity or other file is ever looked
// up. Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace puntual::sheet {

struct ReadLimits {
  uint64_t unpacked_max = 256 << 20;  // Bytes of all parts that are read (quality-bar SEC-17).
  uint64_t ratio_max =
      200;  // Of one part, unpacked to packed; XML of tables packs some twenty to one.
  int64_t parts_max = 1000;
  uint32_t columns_max = 1000;
};

// Does it begin as one? Any ZIP archive does.
[[nodiscard]] bool is_workbook(std::string_view bytes);

// Commas between, lines ended by LF, RFC 4180 quotes; empty rows at the end are left out. Invalid,
// in Spanish with the remedy: it is no workbook, is damaged, has a password, or is larger than it
// may be.
[[nodiscard]] Result<std::string> csv_of_workbook(std::string_view bytes,
                                                  const ReadLimits& limits = {});

}  // namespace puntual::sheet
