#include "base/password.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

TEST(Password, IsKeptByArgon2idWithOurCostsAndASaltOfItsOwn) {
  const std::string kept = hash_of_password("tres gatos cruzan");
  EXPECT_TRUE(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << kept;
  EXPECT_NE(hash_of_password("tres gatos cruzan"), kept);
  EXPECT_TRUE(is_password(kept, "tres gatos cruzan"));
  EXPECT_FALSE(is_password(kept, "tres gatos cruzaN"));
  EXPECT_FALSE(is_password(kept, ""));
}

TEST(Password, OfNobodyIsNeverRight) {
  EXPECT_FALSE(is_password("", ""));
  EXPECT_FALSE(is_password("", "of nobody"));
  EXPECT_FALSE(is_password("no hash at all", "no hash at all"));
}

TEST(Password, AnyBytesAndLengthCount) {
  const std::string length(1000, 'x');
  EXPECT_TRUE(is_password(hash_of_password(length), length));
  EXPECT_FALSE(is_password(hash_of_password(length), length.substr(1)));
  using namespace std::string_view_literals;
  EXPECT_FALSE(is_password(hash_of_password("a\0b"sv), "a\0c"sv));
}

}  // namespace
}  // namespace puntual
