#include "base/foreign_crypto.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include <array>
#include <memory>

#include "base/result.h"

namespace puntual {
namespace {

std::string hex_of_digest(const EVP_MD* algorithm, std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  PUNTUAL_CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, algorithm, nullptr) ==
                1);
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    text += kDigits[digest[i] >> 4];
    text += kDigits[digest[i] & 15];
  }
  return text;
}

}  // namespace

std::string md5_hex(std::string_view bytes) { return hex_of_digest(EVP_md5(), bytes); }
std::string sha1_hex(std::string_view bytes) { return hex_of_digest(EVP_sha1(), bytes); }

std::string hmac_sha1(std::string_view key, std::string_view bytes) {
  std::array<unsigned char, 20> mac;
  unsigned int size = 0;
  PUNTUAL_CHECK(HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()),
                     reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), mac.data(),
                     &size) != nullptr);
  return {reinterpret_cast<const char*>(mac.data()), size};
}

bool verify_rsa_sha256(std::string_view public_key_pem, std::string_view bytes,
                       std::string_view signature) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(
      BIO_new_mem_buf(public_key_pem.data(), static_cast<int>(public_key_pem.size())), &BIO_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PUBKEY(text.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  const bool fits =
      key != nullptr && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_RSA &&
      EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
      EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                       signature.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                       bytes.size()) == 1;
  ERR_clear_error();  // What does not fit is no news for whoever uses this thread next.
  return fits;
}

}  // namespace puntual
