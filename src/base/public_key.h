// Public keys that others made and the signatures they make with them (OpenSSL behind). Kept as DER
// (SubjectPublicKeyInfo). Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace puntual {

// From the numbers they consist of, big-endian. None: it is no such key (a point beside the curve,
// RSA of less than 2048 bits).
[[nodiscard]] std::optional<std::string> p256_key(std::string_view x, std::string_view y);
[[nodiscard]] std::optional<std::string> ed25519_key(std::string_view point);
[[nodiscard]] std::optional<std::string> rsa_key(std::string_view modulus,
                                                 std::string_view exponent);

// ECDSA and RSA (PKCS#1 v1.5) over SHA-256, or Ed25519, as the key is.
[[nodiscard]] bool is_signed_by(std::string_view key, std::string_view bytes,
                                std::string_view signature);

}  // namespace puntual
