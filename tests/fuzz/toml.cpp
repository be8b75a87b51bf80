// TOML that a person wrote: read or refused with a line, never by an exception.
#include "base/toml.h"

#include "base/toml_json.h"
#include "tests/fuzz/fuzz.h"

namespace puntual {
namespace {

void walk(TomlTable table, int depth) {
  for (const auto& key : table.keys()) {
    HOLDS(table.has(key));
    HOLDS(table.line_of(key) >= 0);
    (void)table.text(key);
    (void)table.integer(key, 0, {0, 10});
    (void)table.flag(key);
    (void)table.texts(key);
    if (depth > 3) continue;
    walk(table.table(key), depth + 1);
    for (const auto& one : table.tables(key)) walk(one, depth + 1);
  }
}

}  // namespace

FUZZ(toml, "strategies") {
  const auto as_json = json_of_toml(bytes, "a.toml");
  auto file = TomlFile::parse(bytes, "a.toml");
  HOLDS(file.has_value() == as_json.has_value());
  if (!file) return;
  walk(file->root(), 0);
  if (const auto finished = file->finish(); !finished)
    HOLDS(finished.error().message.starts_with("a.toml"));
}

}  // namespace puntual
