// A phone or security key of a test: makes a key and signs with it, as the standard says and by
// OpenSSL alone, so that what reads it (core/access/passkey) is not held against itself.
#pragma once

#include <string>
#include <string_view>

typedef struct evp_pkey_st EVP_PKEY;

namespace puntual::tests {

class Authenticator {
 public:
  enum class Kind { P256, Ed25519, Rsa };
  explicit Authenticator(Kind kind);
  ~Authenticator();
  Authenticator(const Authenticator&) = delete;

  // What the browser writes about the question.
  [[nodiscard]] static std::string client_data(std::string_view type, std::string_view challenge,
                                               std::string_view origin);
  [[nodiscard]] std::string attestation(
      std::string_view party) const;                             // Of a new key, format "none".
  [[nodiscard]] std::string data(std::string_view party) const;  // Of a use of it.
  [[nodiscard]] std::string sign(std::string_view data, std::string_view client_data) const;

  std::string credential;
  unsigned char flags = 0x05;  // Somebody was there, and the device knows who.
  unsigned counter = 0;

 private:
  [[nodiscard]] std::string public_key() const;  // COSE.
  Kind kind_;
  EVP_PKEY* key_;
};

}  // namespace puntual::tests
