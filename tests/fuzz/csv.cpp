// Separated values: no byte of a field is lost, and what is read and written again reads the same.
#include <algorithm>

#include "core/portfolio/csv_reader.h"
#include "tests/fuzz/fuzz.h"

namespace puntual {
namespace {

std::string in_quotes(std::string_view field) {
  std::string text = "\"";
  for (const char byte : field) text += byte == '"' ? std::string("\"\"") : std::string(1, byte);
  return text + '"';
}

}  // namespace

FUZZ(csv, "tests/fixtures/import") {
  if (bytes.empty()) return;
  const char delimiter = ";,\t|"[static_cast<unsigned char>(bytes.front()) % 4];
  CsvReader reader(bytes, delimiter);
  int64_t line = 0;
  for (size_t before = 0;; before = reader.offset()) {
    const auto more = reader.next();
    if (!more || !*more) break;
    HOLDS(reader.offset() > before && reader.offset() <= bytes.size());
    HOLDS(reader.line() > line);
    line = reader.line();
    const std::vector<std::string> fields(reader.fields().begin(), reader.fields().end());
    HOLDS(!fields.empty());
    std::string record;
    for (const auto& field : fields) record += in_quotes(field) + delimiter;
    record.back() = '\n';
    CsvReader rereader(record, delimiter);
    const auto again = rereader.next();
    HOLDS(again && *again);
    HOLDS(std::ranges::equal(rereader.fields(), fields));
  }
}

}  // namespace puntual
