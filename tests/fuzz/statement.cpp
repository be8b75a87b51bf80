// Statements of any bank: what was found out about a file reads it again in the same way.
#include "core/bank/statement.h"

#include "tests/fuzz/fuzz.h"

namespace puntual {

FUZZ(statement, "tests/fixtures/import") {
  const auto read = bank::read_statement(bytes, {.account = "77", .decimal_mark = ','});
  if (!read) {
    HOLDS(!read.error().message.empty());
    return;
  }
  HOLDS(read->file.troubles.empty() || read->file.lines.empty());
  for (const auto& line : read->file.lines) HOLDS(line.amount.minor != 0);
  HOLDS(!bank::describe_es(read->mapping).empty());
  const auto kept = bank::parse_statement_mapping(bank::to_toml(read->mapping), "kept");
  if (!kept || read->mapping.columns.empty()) return;  // A title may hold bytes that no TOML can.
  const auto again =
      bank::read_statement(bytes, {.mapping = *kept, .account = "77", .decimal_mark = ','});
  HOLDS(again && again->file.lines == read->file.lines);
}

}  // namespace puntual
