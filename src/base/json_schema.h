// Is a JSON value what a schema says? The part of JSON Schema 2020-12 that our own documents use
// (docs/api): type, properties, required, additionalProperties, items, enum, const, minimum,
// maximum, minLength, maxLength, minItems, maxItems, format (date and date-time are checked),
// oneOf, allOf, and $ref into the same document. A keyword that is none of these, nor one that only
// describes, is a broken assumption: nothing is believed to be checked that is not.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace puntual {

struct SchemaFinding {
  std::string
      pointer;  // Into the value (RFC 6901): "/instalments/0/due_on"; empty: the value itself.
  std::string detail;  // "expected one of: a, b"
};

// What an object holds that its schema does not name: as the schema says (nothing: allowed), or a
// finding all the same.
enum class UnknownFields : uint8_t { AsSchemaSays, Reported };

// `document` is what $ref points into. All that is wrong, up to a few; empty: the value fits.
[[nodiscard]] std::vector<SchemaFinding> check_schema(
    const json::value& document, const json::value& schema, const json::value& value,
    UnknownFields unknown = UnknownFields::AsSchemaSays);
// The same with $ref followed.
[[nodiscard]] const json::value& resolve_schema(const json::value& document,
                                                const json::value& schema);

}  // namespace puntual
