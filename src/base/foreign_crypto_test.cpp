#include "base/foreign_crypto.h"

#include <gtest/gtest.h>

#include "base/crypto.h"

namespace puntual {
namespace {

TEST(ForeignCrypto, DigestsAsPublished) {
  EXPECT_EQ(md5_hex(""), "d41d8cd98f00b204e9800998ecf8427e");
  EXPECT_EQ(md5_hex("abc"), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(sha1_hex("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

// The key pair was made for the payments contract (section 8.1); providers/conekta has its vector.
TEST(ForeignCrypto, KnowsNoSignatureWithoutARightKey) {
  for (const std::string_view pem :
       {"", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "no PEM at all"}) {
    EXPECT_FALSE(verify_rsa_sha256(pem, "text", "signature")) << pem;
  }
}

}  // namespace
}  // namespace puntual
