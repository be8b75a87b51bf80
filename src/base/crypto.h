// Digests and their text forms (OpenSSL behind). Pure and thread-safe.
#pragma once

#include <array>
#include <cstdint>
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

}  // namespace puntual
