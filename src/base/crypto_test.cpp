#include "base/crypto.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

// RFC 4231, test case 2.
TEST(Crypto, HmacIsTheStandards) {
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
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
  for (const auto text : {"Zg=", "Z", "Zm9v ", " Zm9", "Zm9*", "Zm\n9"}) EXPECT_FALSE(bytes_of_base64(text)) << text;
}

}  // namespace
}  // namespace puntual
