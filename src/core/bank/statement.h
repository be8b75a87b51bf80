// A bank's statement as a table (CSV; a workbook is made one by sheet/read.h): banks have no common
// layout, so how it is read is found out from the file, shown, and can be kept by name and changed
// (payments contract 13.3). Pure.
//
// What can be read in two ways is a trouble of its line, and then nothing of the file is taken.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "core/bank/bank_file.h"
#include "core/portfolio/import_mapping.h"

namespace puntual {

enum class StatementField : uint8_t {
  Ignore,
  Date,
  Description,
  Reference,
  SecondReference,
  Document,
  Name,
  Credit,
  Debit,
  Amount,
  Sign,
  Balance,
  Branch
};
[[nodiscard]] std::string_view text_of(StatementField field);  // "credit"

struct StatementColumn {
  std::string header;  // As in the file, in UTF-8; compared with case, accents and marks folded.
  StatementField field = StatementField::Ignore;
};

// What is missing is found out.
struct StatementMapping {
  std::optional<TextEncoding> encoding;
  std::optional<char> delimiter;
  std::optional<int64_t> header_line;
  std::optional<char> decimal_mark;  // 0: neither the file nor its country tells.
  std::optional<DateOrder> date_order;
  std::string currency;  // Empty: as asked for.
  std::vector<StatementColumn> columns;

  // Of a workbook, as ImportOverrides::leave_out_text_form.
  void leave_out_text_form();
};

struct StatementOptions {
  StatementMapping mapping;
  bool is_workbook = false;  // The text is that of an XLSX's cells.
  std::string account;
  Currency currency = Currency::of("COP");
  char decimal_mark = 0;  // In use in the country, where the file does not tell.
};

struct StatementReading {
  BankReading file;
  StatementMapping mapping;  // How it was read, each part of it.
};

namespace bank {

// Invalid, in Spanish with the remedy, when it is no table or its columns are not known.
[[nodiscard]] Result<StatementReading> read_statement(std::string_view bytes,
                                                      const StatementOptions& options);

[[nodiscard]] std::string to_toml(const StatementMapping& mapping);
[[nodiscard]] Result<StatementMapping> parse_statement_mapping(std::string_view toml,
                                                               std::string_view file_name);
// Spanish, several lines, for who is about to take it in.
[[nodiscard]] std::string describe_es(const StatementMapping& mapping);

}  // namespace bank
}  // namespace puntual
