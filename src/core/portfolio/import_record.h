// One record of a file under its mapping: cells by their meaning, and the errors found in them.
// Used by import_row only.
#pragma once

#include <array>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "core/portfolio/import_cells.h"
#include "core/portfolio/import_row.h"

namespace puntual::portfolio {

class ImportRecord {
 public:
  explicit ImportRecord(const ImportFile& file);

  void begin(RawRecord raw);
  // Blank, a line of totals, or the titles again: no row of data.
  [[nodiscard]] bool is_no_row() const;
  // Notes too few or too many columns.
  void check_width();

  [[nodiscard]] bool has(ImportField field) const {
    return index_[static_cast<size_t>(field)] >= 0;
  }
  // In UTF-8, trimmed; empty when there is no such column or cell. Valid until begin().
  [[nodiscard]] std::string_view cell(ImportField field);

  // Each reads a cell into `out` and notes what is wrong; an empty cell leaves `out` empty.
  void read_text(ImportField field, std::string& out, size_t bytes_max);
  // In the one form of the country (document_number.h).
  void read_document_into(ImportField field, std::string_view country, std::string& out);
  void read_date_into(ImportField field, std::optional<CivilDate>& out,
                      std::optional<int32_t>* ms_of_day = nullptr);
  // Nothing when the cell is empty or wrong.
  [[nodiscard]] std::optional<int64_t> read_amount_of(ImportField field, Currency currency);
  void read_currency_into(Currency& out);

  void add_error(ImportField field, std::string_view code, std::string message);
  [[nodiscard]] std::span<const RowError> errors() const { return errors_; }
  [[nodiscard]] const RawRecord& raw() const { return raw_; }

 private:
  const ImportFile& file_;
  std::array<int, kImportFieldCount> index_;
  std::array<std::string, kImportFieldCount>
      converted_;  // Cells of Windows-1252 with other than ASCII.
  size_t width_needed_ = 0;
  RawRecord raw_;
  std::vector<RowError> errors_;
  std::string last_currency_text_;
  Currency last_currency_;
};

}  // namespace puntual::portfolio
