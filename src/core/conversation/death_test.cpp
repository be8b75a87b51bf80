#include "core/conversation/death.h"

#include <gtest/gtest.h>

namespace puntual::conversation {
namespace {

TEST(Death, IsHeard) {
  for (const std::string_view text :
       {"Mi mamá falleció el mes pasado", "El señor Luis murió", "ella ya falleció", "es mi difunto esposo", "mi finado padre era el titular",
        "Que descanse en paz", "Ya no está con nosotros", "Ele faleceu", "minha mãe morreu", "Buenas, la señora Ana murió hace un año (Q.E.P.D.)",
        "está muerto", "le envío el acta de defunción"}) {
    EXPECT_TRUE(tells_of_a_death(text)) << text;
  }
}

TEST(Death, OfThingsIsNone) {
  for (const std::string_view text :
       {"se me murió el computador", "se murió el teléfono", "el celular se me murió", "se murió mi negocio", "mi pc murió", "el internet está muerto",
        "me muero de la pena", "me estoy muriendo de hambre", "ya pagué", "casi se murió de risa", "se murió la moto", ""}) {
    EXPECT_FALSE(tells_of_a_death(text)) << text;
  }
}

}  // namespace
}  // namespace puntual::conversation
