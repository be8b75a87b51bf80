// What an authenticator brings: CBOR of devices that anybody may own. A value that was read leaves
// what stands behind it.
#include "core/access/passkey.h"

#include "base/cbor.h"
#include "tests/fuzz/fuzz.h"

namespace puntual {
namespace {

// Everything lies within what was read, and a map has its values.
void check_value(const CborValue& value, std::string_view whole) {
  const auto lies_within = [&](std::string_view part) {
    return part.empty() || (part.data() >= whole.data() &&
                            part.data() + part.size() <= whole.data() + whole.size());
  };
  HOLDS(lies_within(value.content));
  HOLDS(value.kind != CborValue::Kind::Map || value.items.size() % 2 == 0);
  for (const auto& one : value.items) check_value(one, whole);
}

}  // namespace

FUZZ(passkey, "") {
  std::string_view rest = bytes;
  if (const auto value = take_cbor(rest)) {
    HOLDS(rest.size() < bytes.size() && bytes.ends_with(rest));
    check_value(*value, bytes);
  } else {
    HOLDS(rest == bytes);
  }
  constexpr std::string_view kClient =
      R"({"type":"webauthn.create","challenge":"cQ","origin":"https://x.co","crossOrigin":false})";
  const auto made =
      access::read_new_passkey(kClient, bytes, "q", {.id = "x.co", .origin = "https://x.co"});
  HOLDS(!made || (!made->credential.empty() && !made->public_key.empty()));
}

}  // namespace puntual
