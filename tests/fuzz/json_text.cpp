// Any bytes as a JSON string of ours: always valid, and text that was valid is unchanged.
#include "base/json_text.h"

#include "base/json.h"
#include "tests/fuzz/fuzz.h"

namespace puntual {

FUZZ(json_text, "") {
  std::string quoted, clean, cleaner;
  append_json_string(quoted, bytes);
  append_clean_utf8(clean, bytes);
  append_clean_utf8(cleaner, clean);
  HOLDS(cleaner == clean);
  const auto theirs = parse_json(quoted);
  HOLDS(theirs && std::string_view(theirs->as_string()) == clean);
  const auto ours = JsonDocument::read(quoted);
  HOLDS(ours && ours->root().text() == clean);
}

}  // namespace puntual
