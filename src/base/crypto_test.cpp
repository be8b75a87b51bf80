#include "base/crypto.h"

#include <gtest/gtest.h>

#include <set>

namespace puntual {
namespace {

// RFC 4231, test cases 2 and 6: a key shorter than a block, and one longer.
TEST(Crypto, HmacIsTheStandards) {
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(hmac_sha256(std::string(131, '\xAA'),
                            "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

// RFC 4648, section 10.
TEST(Crypto, Base64GoesThereAndBack) {
  const std::pair<std::string_view, std::string_view> kKnown[] = {
      {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : kKnown) {
    EXPECT_EQ(base64(bytes), text);
    EXPECT_EQ(bytes_of_base64(text), bytes);
  }
}

TEST(Crypto, WhatIsNotBase64HasNoBytes) {
  for (const auto text : {"Zg=", "Z", "Zm9v ", " Zm9", "Zm9*", "Zm\n9"})
    EXPECT_FALSE(bytes_of_base64(text)) << text;
}

TEST(Crypto, KeptKeyHashesAsAGivenOne) {
  const Secret key = random_secret();
  KeyedHash hash(key);
  for (const std::string_view text : {"uno", "", "dos"})
    EXPECT_EQ(hash.of(text), hmac_sha256(bytes_of(key), text));
}

// The GCM specification's test case 14: AES-256, everything zero.
TEST(Crypto, SealingIsTheStandards) {
  const std::string sealed =
      std::string(12, '\0') + *bytes_of_base64("zqdAPU1ga24HTsXTuvOdGNDRyKeZmWvwJluYtdSKuRk=");
  EXPECT_EQ(Sealer().open(Secret{}, "", sealed), std::string(16, '\0'));
}

TEST(Crypto, WhatIsSealedOpensOnlyUnchangedAndWithTheSame) {
  Sealer sealer;
  const Secret key = random_secret();
  for (const std::string& text :
       {std::string(), std::string("Juan Pérez"), std::string(5000, 'x')}) {
    const std::string sealed = sealer.seal(key, "fila 1", text);
    EXPECT_EQ(sealed.size(), text.size() + Sealer::kOverhead);
    EXPECT_EQ(sealer.open(key, "fila 1", sealed), text);
    EXPECT_FALSE(sealer.open(key, "fila 2", sealed));
    EXPECT_FALSE(sealer.open(random_secret(), "fila 1", sealed));
    EXPECT_FALSE(sealer.open(key, "fila 1", std::string_view(sealed).substr(1)));
    for (size_t at = 0; at < sealed.size(); at += 7) {
      std::string changed = sealed;
      changed[at] ^= 1;
      EXPECT_FALSE(sealer.open(key, "fila 1", changed)) << at;
    }
  }
}

// Far more often than nonces are drawn at a time.
TEST(Crypto, NoTwoSealingsAreAlike) {
  Sealer sealer;
  const Secret key = random_secret();
  std::set<std::string> nonces;
  for (int i = 0; i < 1000; ++i) nonces.insert(sealer.seal(key, "", "x").substr(0, 12));
  EXPECT_EQ(nonces.size(), 1000U);
}

}  // namespace
}  // namespace puntual
