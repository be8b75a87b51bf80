// The signature of a webhook: valid only when it is the one that the secret makes. First line: the
// header.
#include <algorithm>

#include "base/crypto.h"
#include "tests/fuzz/fuzz.h"
#include "whatsapp/webhook.h"

namespace puntual::whatsapp {

FUZZ(signature, "") {
  const auto [header, body] = fuzz::first_line(bytes);
  const std::string right = "sha256=" + hex(hmac_sha256("secreto", body));
  std::string lower(header);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
  });
  const auto verdict = verify_signature(header, body, {"otro", "secreto"});
  HOLDS((verdict == SignatureVerdict::Valid) == (lower == right && header.starts_with("sha256=")));
  HOLDS((verdict == SignatureVerdict::Absent) == header.empty());
  HOLDS(verify_signature(right, body, {"secreto"}) == SignatureVerdict::Valid);
}

}  // namespace puntual::whatsapp
