#include "tests/support/authenticator.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <cstdint>
#include <cstdlib>
#include <vector>

namespace puntual::tests {
namespace {

std::string head(int kind, size_t number) {
  const auto first = static_cast<char>(kind << 5);
  if (number < 24) return {static_cast<char>(first | static_cast<char>(number))};
  if (number < 256) return {static_cast<char>(first | 24), static_cast<char>(number)};
  return {static_cast<char>(first | 25), static_cast<char>(number >> 8), static_cast<char>(number)};
}
std::string number(int value) {
  return value >= 0 ? head(0, static_cast<size_t>(value))
                    : head(1, static_cast<size_t>(-1 - value));
}
std::string bytes(std::string_view value) { return head(2, value.size()) + std::string(value); }
std::string text(std::string_view value) { return head(3, value.size()) + std::string(value); }

std::string digest(std::string_view value) {
  unsigned char hash[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(value.data()), value.size(), hash);
  return {reinterpret_cast<const char*>(hash), sizeof hash};
}

std::string big_number(EVP_PKEY* key, const char* name, int size = 0) {
  BIGNUM* value = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &value) != 1) std::abort();
  std::string out(static_cast<size_t>(size > 0 ? size : BN_num_bytes(value)), '\0');
  BN_bn2binpad(value, reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size()));
  BN_free(value);
  return out;
}

}  // namespace

Authenticator::Authenticator(Kind kind) : credential(16, '\0'), kind_(kind) {
  RAND_bytes(reinterpret_cast<unsigned char*>(credential.data()),
             static_cast<int>(credential.size()));
  key_ = kind == Kind::P256      ? EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")
         : kind == Kind::Ed25519 ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")
                                 : EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", size_t{2048});
}

Authenticator::~Authenticator() { EVP_PKEY_free(key_); }

std::string Authenticator::client_data(std::string_view type, std::string_view challenge,
                                       std::string_view origin) {
  return std::string(R"({"type":")")
      .append(type)
      .append(R"(","challenge":")")
      .append(challenge)
      .append(R"(","origin":")")
      .append(origin)
      .append(R"(","crossOrigin":false})");
}

std::string Authenticator::public_key() const {
  if (kind_ == Kind::P256) {
    return head(5, 5) + number(1) + number(2) + number(3) + number(-7) + number(-1) + number(1) +
           number(-2) + bytes(big_number(key_, OSSL_PKEY_PARAM_EC_PUB_X, 32)) + number(-3) +
           bytes(big_number(key_, OSSL_PKEY_PARAM_EC_PUB_Y, 32));
  }
  if (kind_ == Kind::Ed25519) {
    std::string point(32, '\0');
    size_t size = point.size();
    EVP_PKEY_get_raw_public_key(key_, reinterpret_cast<unsigned char*>(point.data()), &size);
    return head(5, 4) + number(1) + number(1) + number(3) + number(-8) + number(-1) + number(6) +
           number(-2) + bytes(point);
  }
  return head(5, 4) + number(1) + number(3) + number(3) + number(-257) + number(-1) +
         bytes(big_number(key_, OSSL_PKEY_PARAM_RSA_N)) + number(-2) +
         bytes(big_number(key_, OSSL_PKEY_PARAM_RSA_E));
}

std::string Authenticator::data(std::string_view party) const {
  std::string all = digest(party);
  all += static_cast<char>(flags);
  for (int shift = 24; shift >= 0; shift -= 8) all += static_cast<char>(counter >> shift);
  return all;
}

std::string Authenticator::attestation(std::string_view party) const {
  std::string made = data(party);
  made[32] = static_cast<char>(made[32] | 0x40);
  made.append(16, '\0')
      .append({static_cast<char>(credential.size() >> 8), static_cast<char>(credential.size())})
      .append(credential)
      .append(public_key());
  return head(5, 3) + text("fmt") + text("none") + text("attStmt") + head(5, 0) + text("authData") +
         bytes(made);
}

std::string Authenticator::sign(std::string_view data, std::string_view client_data) const {
  const std::string all = std::string(data) + digest(client_data);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  std::vector<unsigned char> signature(512);
  size_t size = signature.size();
  EVP_DigestSignInit(context, nullptr, kind_ == Kind::Ed25519 ? nullptr : EVP_sha256(), nullptr,
                     key_);
  EVP_DigestSign(context, signature.data(), &size,
                 reinterpret_cast<const unsigned char*>(all.data()), all.size());
  EVP_MD_CTX_free(context);
  return {reinterpret_cast<const char*>(signature.data()), size};
}

}  // namespace puntual::tests
