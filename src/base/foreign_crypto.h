// What others sign with and we would not: to verify it, and to sign for those who take nothing else
// (OpenSSL behind). Thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace puntual {

[[nodiscard]] std::string md5_hex(std::string_view bytes);
[[nodiscard]] std::string sha1_hex(std::string_view bytes);
[[nodiscard]] std::string hmac_sha1(std::string_view key, std::string_view bytes);  // 20 bytes.
// RSA (PKCS#1 v1.5) over SHA-256. False as well when the PEM holds no public RSA key.
[[nodiscard]] bool verify_rsa_sha256(std::string_view public_key_pem, std::string_view bytes,
                                     std::string_view signature);

}  // namespace puntual
