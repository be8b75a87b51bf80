#include "core/access/totp.h"

#include "base/crypto.h"
#include "base/foreign_crypto.h"

namespace puntual::access {
namespace {

constexpr int64_t kTotpStepMs = 30 * kSecondMs;
constexpr int64_t kTotpDrift = 1;  // Steps.

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (is_plain)
      encoded += c;
    else
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

}  // namespace

std::string totp_code(std::string_view secret, int64_t step) {
  std::string counter(8, '\0');
  for (int i = 7; i >= 0; --i, step >>= 8)
    counter[static_cast<size_t>(i)] = static_cast<char>(step & 0xFF);
  const std::string mac = hmac_sha1(secret, counter);
  const auto byte = [&](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(mac[i]));
  };
  const size_t at = byte(19) & 15;
  const uint32_t number =
      (byte(at) & 0x7F) << 24 | byte(at + 1) << 16 | byte(at + 2) << 8 | byte(at + 3);
  return fmt::format("{:06}", number % 1'000'000);
}

std::optional<int64_t> totp_step(std::string_view secret, std::string_view code, Instant now,
                                 int64_t last) {
  const int64_t present = now.ms / kTotpStepMs;
  for (int64_t step = std::max(present - kTotpDrift, last + 1); step <= present + kTotpDrift;
       ++step) {
    if (equal_constant_time(totp_code(secret, step), code)) return step;
  }
  return std::nullopt;
}

std::string base32(std::string_view bytes) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  uint32_t held = 0;
  int bits = 0;
  for (const char c : bytes) {
    held = held << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) text += kDigits[held >> (bits - 5) & 31];
  }
  if (bits > 0) text += kDigits[held << (5 - bits) & 31];
  return text;
}

std::string totp_uri(std::string_view issuer, std::string_view account, std::string_view secret) {
  return fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}", percent_encoded(issuer),
                     percent_encoded(account), base32(secret));
}

}  // namespace puntual::access
