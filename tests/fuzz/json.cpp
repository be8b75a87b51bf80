// JSON of others: what was read can be written and read again; the reader in place takes all that
// this one takes.
#include "base/json.h"

#include "base/json_text.h"
#include "tests/fuzz/fuzz.h"

namespace puntual {

FUZZ(json, "") {
  const auto value = parse_json(bytes);
  const auto in_place = JsonDocument::read(bytes);
  if (!value) return;
  HOLDS(in_place.has_value());
  HOLDS(parse_json(to_json(*value)));  // Not always the same: of long numbers the last digit moves.
}

}  // namespace puntual
