// How a file of an ERP is to be read: found by import_detect, shown to the person, changed by them,
// kept as a small TOML file and given again with --mapping. Pure values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/result.h"
#include "base/text.h"

namespace puntual {

enum class FileKind : uint8_t { Portfolio, Payments };

// What a column means. In a file of payments Amount and PaidAmount are the same: what was paid.
enum class ImportField : uint8_t {
  Ignore,
  DebtorName,
  FirstNames,
  LastNames,
  Document,
  ExternalId,
  Phone,
  OtherPhone,
  Email,
  InvoiceNumber,
  IssuedOn,
  DueOn,
  Amount,
  Balance,
  Currency,
  Product,
  Breakdown,
  Country,
  Zone,
  ConsentInstrument,
  ConsentOn,
  PersonRole,
  CaseState,
  PhoneEvidence,
  PhoneEvidenceOn,
  PaidOn,
  PaidTime,
  PaidAmount,
  Method,
  PaymentReference,
};
inline constexpr size_t kImportFieldCount = static_cast<size_t>(ImportField::PaymentReference) + 1;

// Of dates like 03/04/2026. Year-first dates, Excel serials and spelled months are read in any
// order. Undetermined: the file shows both orders, so only unambiguous dates are taken.
enum class DateOrder : uint8_t { DayFirst, MonthFirst, Undetermined };

struct ColumnMapping {
  std::string header;  // As in the file, in UTF-8.
  ImportField field = ImportField::Ignore;
};

struct ImportMapping {
  FileKind kind = FileKind::Portfolio;
  TextEncoding encoding = TextEncoding::Utf8;
  char delimiter = ';';
  bool is_workbook = false;  // Of an XLSX: how its text was written says nothing of it.
  int64_t header_line = 1;
  char decimal_mark =
      0;  // ',' or '.'; 0: neither the file nor its country tells: amounts like 1.250 are rejected.
  DateOrder date_order = DateOrder::DayFirst;
  std::string
      country;        // ISO 3166 alpha-2, of rows that name none; empty: the column Country has it.
  Currency currency;  // Of rows that name none.
  std::vector<ColumnMapping> columns;  // One for each column of the file, in its order.
  std::vector<std::string> notes;      // Spanish: how it was found out, what is passed over.

  [[nodiscard]] std::optional<size_t> column_of(ImportField field) const;
};

// What a person decides beforehand; what is missing is detected.
struct ImportOverrides {
  std::optional<FileKind> kind;
  std::optional<TextEncoding> encoding;
  std::optional<char> delimiter;
  std::optional<int64_t> header_line;
  std::optional<char> decimal_mark;
  std::optional<DateOrder> date_order;
  std::string country;
  std::string currency;
  std::vector<ColumnMapping> columns;  // By header (accents and case folded); others are detected.
  bool takes_any_titles = false;  // The header line is told, and may have no title that is known.

  // A workbook has neither encoding nor marks of its own: a mapping that was kept of the text file
  // of the same report says of it what the columns are.
  void leave_out_text_form();
};

[[nodiscard]] std::string_view text_of(ImportField field);  // "due_on"
[[nodiscard]] std::string_view name_es(ImportField field);  // "fecha de vencimiento"
[[nodiscard]] std::string_view text_of(FileKind kind);      // "portfolio", "payments"
[[nodiscard]] std::string_view decimal_mark_text(
    const ImportMapping& mapping);  // ",", ".", "unknown"
[[nodiscard]] std::string_view date_order_text(
    const ImportMapping& mapping);  // "dd/mm/yyyy", "mm/dd/yyyy", "unknown"

// "debtor_name": what a column may be, as a mapping names it; "ignore" first.
[[nodiscard]] std::vector<std::string_view> import_field_names();

// The form that is kept; parse_mapping reads it back into overrides that fix every part.
[[nodiscard]] std::string to_toml(const ImportMapping& mapping);
[[nodiscard]] Result<ImportOverrides> parse_mapping(std::string_view toml,
                                                    std::string_view file_name);

// Spanish, several lines: what was found, for the person who is about to import.
[[nodiscard]] std::string describe_es(const ImportMapping& mapping);

}  // namespace puntual
