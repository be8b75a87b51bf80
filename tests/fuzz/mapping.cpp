// The mapping of a file that somebody keeps and edits: what is written reads back as the same.
#include "core/portfolio/import_mapping.h"
#include "tests/fuzz/fuzz.h"

namespace puntual {

FUZZ(mapping, "") {
  const auto read = parse_mapping(bytes, "mapeo.toml");
  if (!read) return;
  ImportMapping mapping{.columns = read->columns};
  if (read->kind) mapping.kind = *read->kind;
  if (read->encoding) mapping.encoding = *read->encoding;
  if (read->delimiter) mapping.delimiter = *read->delimiter;
  if (read->header_line) mapping.header_line = *read->header_line;
  if (read->decimal_mark) mapping.decimal_mark = *read->decimal_mark;
  const auto again = parse_mapping(to_toml(mapping), "mapeo.toml");
  HOLDS(again.has_value());
  HOLDS(again->kind == mapping.kind && again->encoding == mapping.encoding &&
        again->delimiter == mapping.delimiter);
  HOLDS(again->header_line == mapping.header_line &&
        again->decimal_mark.value_or(0) == mapping.decimal_mark);
  HOLDS(again->columns.size() == mapping.columns.size());
  HOLDS(!describe_es(mapping).empty());
}

}  // namespace puntual
