// Digests and their text forms, and sealing (OpenSSL behind). Functions are thread-safe; an object
// is used by one thread at a time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace puntual {

using Digest = std::array<uint8_t, 32>;

[[nodiscard]] Digest sha256(std::string_view bytes);
[[nodiscard]] Digest hmac_sha256(std::string_view key, std::string_view bytes);
[[nodiscard]] std::string hex(const Digest& digest);
// None when the text is not 64 hex digits, small letters.
[[nodiscard]] std::optional<Digest> digest_of_hex(std::string_view text);
[[nodiscard]] std::string base64(std::string_view bytes);
// None when the text is not base64 with its padding.
[[nodiscard]] std::optional<std::string> bytes_of_base64(std::string_view text);

// Compares in a time that does not depend on where the difference is.
[[nodiscard]] bool equal_constant_time(std::string_view a, std::string_view b);

// 256 bits that only we know.
using Secret = std::array<uint8_t, 32>;
[[nodiscard]] Secret random_secret();
[[nodiscard]] inline std::string_view bytes_of(const Secret& secret) {
  return {reinterpret_cast<const char*>(secret.data()), secret.size()};
}

// A key from what a person has chosen, or any file's bytes: slow on purpose (scrypt, 32 MiB), so
// that it cannot be guessed.
[[nodiscard]] Secret secret_of_passphrase(std::string_view passphrase, std::string_view salt);

// HMAC-SHA256 under a key that is set once: half the price of hmac_sha256.
class KeyedHash {
 public:
  explicit KeyedHash(const Secret& key);
  ~KeyedHash();
  [[nodiscard]] Digest of(std::string_view bytes);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// AES-256-GCM with random nonces (12 bytes, text, tag of 16): for at most 2^32 texts under one key.
// What is given as `bound` is not kept, but opens only with the same.
class Sealer {
 public:
  static constexpr size_t kOverhead = 12 + 16;
  Sealer();
  ~Sealer();
  [[nodiscard]] std::string seal(const Secret& key, std::string_view bound, std::string_view text);
  // None when it was sealed otherwise, or changed since.
  [[nodiscard]] std::optional<std::string> open(const Secret& key, std::string_view bound,
                                                std::string_view sealed);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

}  // namespace puntual
