// The proof that a webhook is the platform's: HMAC-SHA256 over its raw bytes.
#include <optional>

#include "base/crypto.h"
#include "whatsapp/webhook.h"

namespace puntual::whatsapp {
namespace {

int hex_digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The 32 bytes of "sha256=<64 hex digits>".
std::optional<std::string> signature_bytes(std::string_view header) {
  constexpr std::string_view kPrefix = "sha256=";
  if (!header.starts_with(kPrefix) || header.size() != kPrefix.size() + 64) return std::nullopt;
  std::string bytes;
  for (size_t i = kPrefix.size(); i < header.size(); i += 2) {
    const int high = hex_digit_value(header[i]);
    const int low = hex_digit_value(header[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high << 4 | low);
  }
  return bytes;
}

}  // namespace

SignatureVerdict verify_signature(std::string_view header, std::string_view raw_body,
                                  const std::vector<std::string>& app_secrets) {
  if (header.empty()) return SignatureVerdict::Absent;
  const auto given = signature_bytes(header);
  if (!given) return SignatureVerdict::Invalid;
  bool is_valid = false;
  for (const auto& secret : app_secrets) {
    if (secret.empty()) continue;  // An unset secret would make everybody's signature valid.
    const Digest digest = hmac_sha256(secret, raw_body);
    is_valid |=
        equal_constant_time({reinterpret_cast<const char*>(digest.data()), digest.size()}, *given);
  }
  return is_valid ? SignatureVerdict::Valid : SignatureVerdict::Invalid;
}

}  // namespace puntual::whatsapp
