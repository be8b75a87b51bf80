// One cell of a file read into a value, strictly: what can be read in two ways is a problem, not a
// guess.
//
// Pure and thread-safe. Cells are UTF-8.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "core/portfolio/import_mapping.h"

namespace puntual {

enum class CellProblem : uint8_t {
  Empty,
  Scientific,       // "1,23E+09"
  ExcelError,       // "#N/A", "#####"
  Malformed,        // Not of this kind at all, or against the file's own form.
  Ambiguous,        // "1.250" or "03/04/2026" where the file does not tell which.
  TooManyDecimals,  // Cents of cents.
  TooLarge,
  NoSuchDay,   // "31/02/2026"
  OutOfRange,  // A year before 1990 or after 2100.
};

struct DateCell {
  CivilDate date;
  std::optional<int32_t> ms_of_day;
};

// A country of the Americas or Spain, as files name them, with the currency of its invoices.
struct CountryInfo {
  std::string_view code;        // "CO"
  std::string_view alpha3;      // "COL"
  std::string_view name;        // Folded Spanish: "colombia"
  std::string_view name_other;  // Folded, in Portuguese or English; may be empty.
  std::string_view currency;
  char decimal_mark = 0;  // In use there; 0: both are, or it is not known.
};

namespace portfolio {

// Without outer blanks, the "…" of ="0012" and the apostrophe that keeps a cell from being a
// formula.
[[nodiscard]] std::string_view cell_text(std::string_view raw);

// "223.760,00", "1,234.5", "$ 120.000", "COP 500", "(1.500)", "1.500,00-". Grouping must be in
// threes. decimal_mark 0: only amounts that can be read in one way.
[[nodiscard]] std::expected<int64_t, CellProblem> read_amount(std::string_view cell,
                                                              Currency currency, char decimal_mark);
// What an amount tells about the decimal mark of its file: ',' or '.', or 0 when nothing.
[[nodiscard]] char decimal_mark_told_by(std::string_view cell, Currency currency);

// "25/06/2026", "25-6-26", "2026-06-25", "20260625", "25 de junio de 2026", "25-jun-2026", Excel's
// 46198; with a time of day after it or not. A year of two digits below 80 is of this century.
[[nodiscard]] std::expected<DateCell, CellProblem> read_date(std::string_view cell,
                                                             DateOrder order);
// DayFirst or MonthFirst when this date can be read in one way only; else nothing.
[[nodiscard]] std::optional<DateOrder> date_order_told_by(std::string_view cell);
// "14:30", "2:30:05 p. m."
[[nodiscard]] std::expected<int32_t, CellProblem> read_time_of_day(std::string_view cell);

// A document of identity: capitals, no dots or blanks, no "C.C." or "NIT" before it; the check
// digit with its dash stays ("900.123.456-7" → "900123456-7").
[[nodiscard]] std::expected<std::string, CellProblem> read_document(std::string_view cell);

[[nodiscard]] bool is_scientific_number(std::string_view cell);
[[nodiscard]] bool is_excel_error(std::string_view cell);

// By ISO code of two or three letters or by name, accents and case folded; null when unknown.
[[nodiscard]] const CountryInfo* find_country(std::string_view text);

}  // namespace portfolio
}  // namespace puntual
