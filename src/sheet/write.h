// A table for people's spreadsheets: CSV or XLSX, row by row, whatever its length (libxlsxwriter
// behind).
//
// CSV is RFC 4180 in UTF-8 with its mark, amounts with a decimal point or comma as asked. Text that
// a spreadsheet would take for a formula is neutralised by an apostrophe (quality-bar SEC-16); in
// XLSX cells of text never are formulas. One table is used by one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/money.h"
#include "base/time.h"

namespace puntual::sheet {

enum class Format : uint8_t { Csv, Xlsx };
[[nodiscard]] std::optional<Format> format_of(std::string_view text);  // "csv", "xlsx"

enum class CellKind : uint8_t { Text, Amount, Count, Date };

// Text also for whatever looks like a number and is none: phones, references.
struct Cell {
  CellKind kind = CellKind::Text;
  std::string_view text;  // Of Text.
  Money amount;           // Of Amount,
  int64_t count = 0;      // Count
  CivilDate date;         // and Date.
};
[[nodiscard]] inline Cell text(std::string_view value) {
  return {.kind = CellKind::Text, .text = value};
}
[[nodiscard]] inline Cell amount(Money value) {
  return {.kind = CellKind::Amount, .amount = value};
}
[[nodiscard]] inline Cell count(int64_t value) { return {.kind = CellKind::Count, .count = value}; }
[[nodiscard]] inline Cell date(CivilDate value) { return {.kind = CellKind::Date, .date = value}; }

struct TableStyle {
  char separator = ';';     // Of CSV; what spreadsheets in Spanish expect.
  char decimal_mark = ',';  // Of amounts in CSV.
};

class Table {
 public:
  virtual ~Table() = default;
  virtual void add(std::span<const Cell> row) = 0;
  // Unavailable when it could not be written; without it the file is not whole.
  [[nodiscard]] virtual Result<void> finish() = 0;
};

// Overwrites the file; "-" is stdout, for CSV. Titles are the first row. Forbidden when it cannot
// be opened.
[[nodiscard]] Result<std::unique_ptr<Table>> create(const std::string& path, Format format,
                                                    std::span<const std::string_view> titles,
                                                    const TableStyle& style = {});

}  // namespace puntual::sheet
