#include "core/access/password_rules.h"

#include <gtest/gtest.h>

namespace puntual::access {
namespace {

bool may_be(std::string_view password) {
  return check_password(password, {"Ana Pérez", "ana.perez@servicios.co", "Servicios del Norte"})
      .has_value();
}

TEST(PasswordRules, TakeWhatIsLongWithoutAskingForSigns) {
  for (const auto* good :
       {"tres gatos cruzan la calle", "xkqvlmzt", "ñandú-en-vuelo", "пароль подлиннее", "8h#Tq!zz"})
    EXPECT_TRUE(may_be(good)) << good;
  EXPECT_TRUE(may_be(std::string(64, 'a') + "b"));
  EXPECT_TRUE(may_be("palabra " + std::string(kPasswordMax - 8, 'z')));
  EXPECT_FALSE(may_be("palabra " + std::string(kPasswordMax - 7, 'z')));
}

TEST(PasswordRules, RefuseWhatIsShortInLettersNotInBytes) {
  EXPECT_FALSE(may_be("xkqvlmz"));
  EXPECT_FALSE(may_be("ñññáéíó"));  // Fourteen bytes, seven letters.
  EXPECT_FALSE(may_be(""));
}

TEST(PasswordRules, RefuseWhatIsTriedFirst) {
  for (const auto* bad : {"contrasena", "Contraseña", "CONTRASEÑA2026", "Colombia2026!",
                          "qwertyuiop", "12345678", "87654321", "aaaaaaaa", "abcdefgh",
                          "teamomucho", "Bogota*2025", "administrador1", "password", "P4ssw0rd"}) {
    EXPECT_FALSE(may_be(bad)) << bad;
  }
}

TEST(PasswordRules, RefuseOnesOwnName) {
  for (const auto* bad : {"Ana Pérez", "ana.perez@servicios.co", "Ana.Perez2026",
                          "servicios del norte", "Servicios del Norte 1"}) {
    EXPECT_FALSE(may_be(bad)) << bad;
  }
}

}  // namespace
}  // namespace puntual::access
