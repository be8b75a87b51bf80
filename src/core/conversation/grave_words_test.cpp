#include "core/conversation/grave_words.h"

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

TEST(Insolvency, IsHeard) {
  for (const std::string_view text :
       {"me declaré en quiebra", "Estoy en ley de insolvencia", "estoy en concurso", "entré en concurso de acreedores", "mi empresa está en reorganización empresarial",
        "me acogí a la insolvencia de persona natural no comerciante", "a empresa está em recuperação judicial", "declarei falência", "estou no superendividamento"}) {
    EXPECT_TRUE(tells_of_insolvency(text)) << text;
  }
  for (const std::string_view text : {"no puedo pagar", "estoy casi en quiebra", "gané un concurso", "hay concurso para becas", "me quebré un pie", ""}) {
    EXPECT_FALSE(tells_of_insolvency(text)) << text;
  }
}

TEST(Law, IsHeard) {
  for (const std::string_view text :
       {"los voy a demandar", "eso ya está en el juzgado", "voy a poner una tutela", "me quejo ante la Superintendencia", "voy a la SIC", "los reporto a Indecopi",
        "vou ao Procon", "Profeco ya tiene mi caso", "reclamo en el Sernac", "acudiré al defensor del consumidor", "hable con mi abogado", "fale com o meu advogado",
        "vou processar vocês", "voy a poner un derecho de petición"}) {
    EXPECT_TRUE(speaks_of_the_law(text)) << text;
  }
  for (const std::string_view text : {"hay mucha demanda de trabajo", "ya pagué", "si señor, gracias", "el viernes le pago", "no es justo", "sic"}) EXPECT_FALSE(speaks_of_the_law(text)) << text;
}

TEST(OtherChannel, IsWished) {
  for (const std::string_view text :
       {"por aquí no, escríbanme al correo", "Por este medio no por favor", "no me escriban por whatsapp", "prefiero por correo", "contáctenme al correo mejor",
        "mejor llámenme", "por aqui não, me escreva no email", "solo por correo electrónico"}) {
    EXPECT_TRUE(wants_other_channel(text)) << text;
  }
  for (const std::string_view text : {"mándeme la factura al correo", "me envía el recibo por correo?", "por aquí le mando el comprobante", "ya les escribí al correo",
                                      "le pago mejor el viernes", "¿puedo pagar por aquí?", "no me llegó al correo la factura", "prefiero pagar por Nequi"}) {
    EXPECT_FALSE(wants_other_channel(text)) << text;
  }
}

}  // namespace
}  // namespace puntual::conversation
