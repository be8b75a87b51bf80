#include "base/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <cstring>
#include <initializer_list>
#include <memory>

#include "base/result.h"

namespace puntual {

namespace {

// Looked up once: OpenSSL would look for an implementation at every call.
const EVP_MD* sha256_itself() {
  static const EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  PUNTUAL_CHECK(found != nullptr);
  return found;
}

// Of these bytes, one behind the other; with a context that is kept, as making one costs as much as
// a short text.
Digest sha256_of(std::initializer_list<std::string_view> parts) {
  thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
      EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  Digest digest;
  unsigned int size = 0;
  PUNTUAL_CHECK(EVP_DigestInit_ex2(context.get(), sha256_itself(), nullptr) == 1);
  for (const auto part : parts)
    PUNTUAL_CHECK(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1);
  PUNTUAL_CHECK(EVP_DigestFinal_ex(context.get(), digest.data(), &size) == 1);
  return digest;
}

}  // namespace

Digest sha256(std::string_view bytes) { return sha256_of({bytes}); }

// As RFC 2104 has it. OpenSSL's own looks up its parts at every call, which costs more than hashing
// a webhook.
Digest hmac_sha256(std::string_view key, std::string_view bytes) {
  constexpr size_t kBlock = 64;
  const Digest short_key = key.size() > kBlock ? sha256(key) : Digest{};
  if (key.size() > kBlock) key = bytes_of(short_key);
  std::array<char, kBlock> inner, outer;
  for (size_t i = 0; i < kBlock; ++i) {
    const char byte = i < key.size() ? key[i] : '\0';
    inner[i] = static_cast<char>(byte ^ 0x36);
    outer[i] = static_cast<char>(byte ^ 0x5C);
  }
  const Digest first = sha256_of({{inner.data(), kBlock}, bytes});
  const Digest digest = sha256_of({{outer.data(), kBlock}, bytes_of(first)});
  OPENSSL_cleanse(inner.data(), kBlock);
  OPENSSL_cleanse(outer.data(), kBlock);
  return digest;
}

std::string hex(const Digest& digest) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text(2 * digest.size(), '\0');
  for (size_t i = 0; i < digest.size(); ++i) {
    text[2 * i] = kDigits[digest[i] >> 4];
    text[2 * i + 1] = kDigits[digest[i] & 15];
  }
  return text;
}

std::optional<Digest> digest_of_hex(std::string_view text) {
  Digest digest;
  if (text.size() != 2 * digest.size()) return std::nullopt;
  const auto value_of = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  for (size_t i = 0; i < digest.size(); ++i) {
    const int high = value_of(text[2 * i]), low = value_of(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    digest[i] = static_cast<uint8_t>(high << 4 | low);
  }
  return digest;
}

std::string base64(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3), '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                  reinterpret_cast<const unsigned char*>(bytes.data()),
                  static_cast<int>(bytes.size()));
  return text;
}

std::optional<std::string> bytes_of_base64(std::string_view text) {
  // EVP skips blanks at the ends, and counts padding as bytes.
  if (text.size() % 4 != 0 || text.find_first_of(" \t\r\n") != std::string_view::npos)
    return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  const size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  bytes.resize(static_cast<size_t>(size) - padding);
  return bytes;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Secret secret_of_passphrase(std::string_view passphrase, std::string_view salt) {
  Secret key;
  const auto* bytes = reinterpret_cast<const uint8_t*>(salt.data());
  PUNTUAL_CHECK(EVP_PBE_scrypt(passphrase.data(), passphrase.size(), bytes, salt.size(), 1 << 15, 8,
                               1, 64 << 20, key.data(), key.size()) == 1);
  return key;
}

// Drawn some at a time, as an import makes a key for each person; of what was given out, nothing
// stays.
Secret random_secret() {
  struct Drawn {
    std::array<Secret, 32> all;
    size_t left = 0;
    ~Drawn() { OPENSSL_cleanse(all.data(), sizeof all); }
  };
  thread_local Drawn drawn;
  if (drawn.left == 0) {
    PUNTUAL_CHECK(RAND_priv_bytes(drawn.all.front().data(), static_cast<int>(sizeof drawn.all)) ==
                  1);
    drawn.left = drawn.all.size();
  }
  Secret& next = drawn.all[--drawn.left];
  const Secret secret = next;
  OPENSSL_cleanse(next.data(), next.size());
  return secret;
}

namespace {

constexpr size_t kNonceSize = 12;
constexpr size_t kTagSize = 16;

unsigned char* bytes_to(std::string& text, size_t at) {
  return reinterpret_cast<unsigned char*>(text.data()) + at;
}
const unsigned char* bytes_at(std::string_view text, size_t at) {
  return reinterpret_cast<const unsigned char*>(text.data()) + at;
}

}  // namespace

struct KeyedHash::Context {
  EVP_MAC* mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  EVP_MAC_CTX* running = EVP_MAC_CTX_new(mac);
  ~Context() {
    EVP_MAC_CTX_free(running);
    EVP_MAC_free(mac);
  }
};

KeyedHash::KeyedHash(const Secret& key) : context_(std::make_unique<Context>()) {
  char name[] = "SHA256";
  const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string("digest", name, 0),
                               OSSL_PARAM_construct_end()};
  PUNTUAL_CHECK(EVP_MAC_init(context_->running, key.data(), key.size(), params) == 1);
}
KeyedHash::~KeyedHash() = default;

Digest KeyedHash::of(std::string_view bytes) {
  Digest digest;
  size_t size = 0;
  // Without a key it begins again under the one it has.
  PUNTUAL_CHECK(EVP_MAC_init(context_->running, nullptr, 0, nullptr) == 1 &&
                EVP_MAC_update(context_->running, bytes_at(bytes, 0), bytes.size()) == 1 &&
                EVP_MAC_final(context_->running, digest.data(), &size, digest.size()) == 1);
  return digest;
}

struct Sealer::Context {
  EVP_CIPHER_CTX* sealing = EVP_CIPHER_CTX_new();
  EVP_CIPHER_CTX* opening = EVP_CIPHER_CTX_new();
  // Random bytes are drawn for many nonces at once: a draw costs more than a sealing.
  std::array<unsigned char, 64 * kNonceSize> nonces;
  size_t used = nonces.size();

  Context() {
    PUNTUAL_CHECK(EVP_EncryptInit_ex(sealing, EVP_aes_256_gcm(), nullptr, nullptr, nullptr) == 1 &&
                  EVP_DecryptInit_ex(opening, EVP_aes_256_gcm(), nullptr, nullptr, nullptr) == 1);
  }
  ~Context() {
    EVP_CIPHER_CTX_free(sealing);
    EVP_CIPHER_CTX_free(opening);
  }
  const unsigned char* next_nonce() {
    if (used == nonces.size()) {
      PUNTUAL_CHECK(RAND_bytes(nonces.data(), static_cast<int>(nonces.size())) == 1);
      used = 0;
    }
    used += kNonceSize;
    return nonces.data() + used - kNonceSize;
  }
};

Sealer::Sealer() : context_(std::make_unique<Context>()) {}
Sealer::~Sealer() = default;

std::string Sealer::seal(const Secret& key, std::string_view bound, std::string_view text) {
  std::string sealed(text.size() + kOverhead, '\0');
  const unsigned char* nonce = context_->next_nonce();
  std::memcpy(sealed.data(), nonce, kNonceSize);
  int size = 0;
  auto* const cipher = context_->sealing;
  PUNTUAL_CHECK(EVP_EncryptInit_ex(cipher, nullptr, nullptr, key.data(), nonce) == 1 &&
                EVP_EncryptUpdate(cipher, nullptr, &size, bytes_at(bound, 0),
                                  static_cast<int>(bound.size())) == 1 &&
                EVP_EncryptUpdate(cipher, bytes_to(sealed, kNonceSize), &size, bytes_at(text, 0),
                                  static_cast<int>(text.size())) == 1 &&
                EVP_EncryptFinal_ex(cipher, bytes_to(sealed, kNonceSize + text.size()), &size) ==
                    1 &&
                EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, kTagSize,
                                    bytes_to(sealed, kNonceSize + text.size())) == 1);
  return sealed;
}

std::optional<std::string> Sealer::open(const Secret& key, std::string_view bound,
                                        std::string_view sealed) {
  if (sealed.size() < kOverhead) return std::nullopt;
  std::string text(sealed.size() - kOverhead, '\0');
  unsigned char tag[kTagSize];
  std::memcpy(tag, sealed.data() + sealed.size() - kTagSize, kTagSize);
  int size = 0;
  auto* const cipher = context_->opening;
  PUNTUAL_CHECK(EVP_DecryptInit_ex(cipher, nullptr, nullptr, key.data(), bytes_at(sealed, 0)) ==
                    1 &&
                EVP_DecryptUpdate(cipher, nullptr, &size, bytes_at(bound, 0),
                                  static_cast<int>(bound.size())) == 1 &&
                EVP_DecryptUpdate(cipher, bytes_to(text, 0), &size, bytes_at(sealed, kNonceSize),
                                  static_cast<int>(text.size())) == 1 &&
                EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, kTagSize, tag) == 1);
  unsigned char rest[kTagSize];
  if (EVP_DecryptFinal_ex(cipher, rest, &size) != 1) return std::nullopt;
  return text;
}

}  // namespace puntual
