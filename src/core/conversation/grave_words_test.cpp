#include "core/conversation/grave_words.h"

#include <gtest/gtest.h>

namespace puntual::conversation {
namespace {

TEST(Death, IsHeard) {
  for (const std::string_view text :
       {"Mi mamá falleció el mes pasado",
        "El señor Luis murió",
        "ella ya falleció",
        "es mi difunto esposo",
        "mi finado padre era el titular",
        "Que descanse en paz",
        "Ya no está con nosotros",
        "Ele faleceu",
        "minha mãe morreu",
        "Buenas, la señora Ana murió hace un año (Q.E.P.D.)",
        "está muerto",
        "le envío el acta de defunción",
        "acabo de enterrar a mi mamá",
        "el titular se nos fue al cielo",
        "soy la viuda de Juan",
        "estamos en el sepelio de ella",
        "ella ya está con Dios",
        "el señor ya no vive, no insistan",
        "la señora ya no vive",
        "q pena, mi esposo era el q pagaba y mi esposo se nos fue en octubre",
        "meu pai nos deixou em outubro",
        "sou a viúva do João",
        "foi para o céu"}) {
    EXPECT_TRUE(tells_of_a_death(text)) << text;
  }
}

TEST(Death, OfThingsIsNone) {
  for (const std::string_view text : {"se me murió el computador",
                                      "se murió el teléfono",
                                      "el celular se me murió",
                                      "se murió mi negocio",
                                      "mi pc murió",
                                      "el internet está muerto",
                                      "me muero de la pena",
                                      "me estoy muriendo de hambre",
                                      "ya pagué",
                                      "casi se murió de risa",
                                      "se murió la moto",
                                      "quiero cancelar el seguro exequial",
                                      "la cuota del plan de exequias ya la pagué",
                                      "me quieren enterrar en deudas",
                                      "que Dios los bendiga",
                                      "",
                                      "fui al centro",
                                      "aquí ya no vive ningún Carlos",
                                      "ya no vive aquí",
                                      "Carlos ya no vive en esta casa",
                                      "ella ya no vive con nosotros",
                                      "ya no vive nadie de ese nombre aquí",
                                      "mi hijo se nos fue a vivir a Cali",
                                      "se nos fue la luz",
                                      "ele já não vive aqui",
                                      "meu marido nos deixou na mão"}) {
    EXPECT_FALSE(tells_of_a_death(text)) << text;
  }
}

TEST(Insolvency, IsHeard) {
  for (const std::string_view text :
       {"me declaré en quiebra", "Estoy en ley de insolvencia", "estoy en concurso",
        "entré en concurso de acreedores", "mi empresa está en reorganización empresarial",
        "me acogí a la insolvencia de persona natural no comerciante",
        "a empresa está em recuperação judicial", "declarei falência",
        "estou no superendividamento", "estoy en trámite de negociación de deudas en la notaría",
        "estoy en renegociación con la Superir", "tengo audiencia ante el centro de conciliación",
        "pedi a repactuação de dívidas"}) {
    EXPECT_TRUE(tells_of_insolvency(text)) << text;
  }
  for (const std::string_view text :
       {"no puedo pagar", "estoy casi en quiebra", "gané un concurso", "hay concurso para becas",
        "me quebré un pie", "", "quiero una negociación de mis deudas con ustedes",
        "podemos hacer una renegociación de la deuda", "una negociación justa"}) {
    EXPECT_FALSE(tells_of_insolvency(text)) << text;
  }
}

TEST(WrongSum, TwiceWhatIsOwedIsHeard) {
  for (const std::string_view text :
       {"me llegó el recibo por el doble", "el recibo me llegó por el doble, el plan es de 60",
        "a conta veio pelo dobro"})
    EXPECT_TRUE(disputes_the_sum(text)) << text;
  for (const std::string_view text :
       {"me llegó el recibo", "el recibo por favor", "ya pagué el doble de rápido"})
    EXPECT_FALSE(disputes_the_sum(text)) << text;
}

TEST(Child, IsHeard) {
  for (const std::string_view text :
       {"soy menor de edad", "este es el celular de mi hijo de 10 años", "tengo 15 años",
        "soy la hija tengo 12 años mi mamá no está", "soy un niño", "la titular es menor de edad",
        "tenho 13 anos", "este número lo tiene mi hija de 8 años", "sou de menor"}) {
    EXPECT_TRUE(is_a_child(text)) << text;
  }
  for (const std::string_view text :
       {"tengo 15 años de cliente", "tengo 10 años pagando cumplido",
        "tengo un hijo de 10 años y no tengo trabajo", "tengo 45 años", "llevo 12 años con ustedes",
        "no soy menor de edad", "tengo 2 hijos", "soy mayor de edad", "tengo 8 años viviendo aquí",
        "mi hijo tiene 10 años y está enfermo", ""}) {
    EXPECT_FALSE(is_a_child(text)) << text;
  }
}

TEST(RightAskedFor, IsTheGraverOne) {
  for (const std::string_view text :
       {"quiero que eliminen mis datos de su base", "borren mis datos de su base, ley 1581",
        "borren mi numero de su base de datos", "ejerzo mi derecho de supresión",
        "sáquenme de su base de datos", "apaguem os meus dados",
        "quero excluir meus dados conforme a LGPD"}) {
    EXPECT_EQ(right_asked_for(text), RightKind::Erasure) << text;
  }
  for (const std::string_view text :
       {"me opongo al tratamiento de mis datos", "no autorizo el uso de mis datos personales",
        "revoco mi autorización", "la autorización que les di la revoco",
        "ese consentimiento lo retiro", "o consentimento que dei eu revogo",
        "me oponho ao tratamento dos meus dados"}) {
    EXPECT_EQ(right_asked_for(text), RightKind::Opposition) << text;
  }
  for (const std::string_view text :
       {"quiero copia de la autorización que firmé", "quiero saber qué datos tienen de mí",
        "¿de dónde sacaron mis datos?", "habeas data: les pido copia de lo que tienen",
        "qué información tienen sobre mí", "quais dados vocês têm de mim",
        "onde conseguiram meus dados"}) {
    EXPECT_EQ(right_asked_for(text), RightKind::Access) << text;
  }
  for (const std::string_view text :
       {"no tengo datos en el celular", "me pasa los datos para pagar",
        "¿qué datos bancarios tienen?", "quiero copia de la factura", "BAJA",
        "no eliminen mis datos", "cuáles son los datos de la cuenta", "ya les di mis datos",
        "quiero saber cuánto debo", "no me escriban más", ""}) {
    EXPECT_FALSE(right_asked_for(text)) << text;
  }
}

TEST(FormalComplaint, AndACourtAreHeard) {
  for (const std::string_view text :
       {"quiero poner una PQR", "voy a radicar un PQRS", "¿dónde está el libro de reclamaciones?"})
    EXPECT_TRUE(files_a_complaint(text)) << text;
  for (const std::string_view text : {"tengo una queja", "ya pagué", ""})
    EXPECT_FALSE(files_a_complaint(text)) << text;
  for (const std::string_view text :
       {"ya me notificaron la demanda del juzgado", "les puse una tutela"})
    EXPECT_TRUE(speaks_of_a_court(text)) << text;
  for (const std::string_view text : {"los voy a denunciar ante la sic", "hay mucha demanda"})
    EXPECT_FALSE(speaks_of_a_court(text)) << text;
}

TEST(StolenName, IsHeard) {
  for (const std::string_view text :
       {"me robaron la identidad", "me clonaron la cédula", "suplantaron mi documento",
        "sacaron un crédito a mi nombre", "soy víctima de suplantación de identidad",
        "roubaram meu CPF", "me suplantaron"}) {
    EXPECT_TRUE(tells_of_a_stolen_name(text)) << text;
  }
  for (const std::string_view text :
       {"me robaron el celular", "me robaron y no tengo con qué pagar", "me clonaron la tarjeta",
        "me clonaron el whatsapp", "a nombre de quién consigno", "mi nombre es Ana",
        "puse el recibo a mi nombre", ""}) {
    EXPECT_FALSE(tells_of_a_stolen_name(text)) << text;
  }
}

TEST(DangerOfLife, IsHeard) {
  for (const std::string_view text :
       {"me voy a matar", "quiero quitarme la vida", "no quiero vivir", "ya no quiero vivir más",
        "pienso en el suicidio", "vou me matar", "me van a matar", "quisiera morirme",
        "me van a matar si no pago", "no aguanto mas, no quiero vivir asi", "no quiero vivir así",
        "quisiera no despertar más", "tengo ganas de desaparecer", "ya no le veo sentido a nada",
        "nao aguento mais viver", "não quero mais acordar", "mi vida ya no tiene sentido",
        "minha vida não vale mais nada", "estou com vontade de sumir"}) {
    EXPECT_TRUE(tells_of_danger_of_life(text)) << text;
  }
  for (const std::string_view text :
       {"me muero de la risa", "es para toda la vida", "seguro de vida",
        "quiero terminar con todo el saldo", "el viernes le pago", "",
        "quiero desaparecer esa deuda", "no le veo sentido a pagar dos veces",
        "no quiero vivir en esa casa", "no puedo vivir con esa cuota", "quero acordar um pagamento",
        "não quero acordar agora, me liga amanhã", "no aguanto más este internet",
        "quiero que desaparezca la mora", "no tiene sentido cobrar eso"}) {
    EXPECT_FALSE(tells_of_danger_of_life(text)) << text;
  }
}

TEST(WithheldForService, IsHeard) {
  for (const std::string_view text :
       {"hasta que no me arreglen no pago", "te pago cuando arreglen el internet",
        "no recibo internet hace 3 dias, no pienso pagar",
        "el internet no ha funcionado en todo el mes no voy a pagar", "no sirve el router",
        "llevo 5 días sin servicio", "a internet não funciona faz um mês",
        "só pago quando consertarem a internet"}) {
    EXPECT_TRUE(withholds_for_service(text)) << text;
  }
  for (const std::string_view text :
       {"hasta que no me paguen no pago", "apenas me arreglen el carro le pago",
        "no tengo internet para entrar al link", "me cortaron el internet",
        "no funciona el servicio de pse", "cuando pago el internet?",
        "le pago cuando llegue a la casa", ""}) {
    EXPECT_FALSE(withholds_for_service(text)) << text;
  }
}

TEST(Law, IsHeard) {
  for (const std::string_view text :
       {"los voy a demandar", "eso ya está en el juzgado", "voy a poner una tutela",
        "me quejo ante la Superintendencia", "voy a la SIC", "los reporto a Indecopi",
        "vou ao Procon", "Profeco ya tiene mi caso", "reclamo en el Sernac",
        "acudiré al defensor del consumidor", "hable con mi abogado", "fale com o meu advogado",
        "vou processar vocês", "voy a poner un derecho de petición"}) {
    EXPECT_TRUE(speaks_of_the_law(text)) << text;
  }
  for (const std::string_view text :
       {"hay mucha demanda de trabajo", "ya pagué", "si señor, gracias", "el viernes le pago",
        "no es justo", "sic"})
    EXPECT_FALSE(speaks_of_the_law(text)) << text;
}

TEST(Rights, ToHaveDataPutRightIsHeard) {
  for (const std::string_view text :
       {"corrijan mi nombre por favor", "mi apellido está mal escrito",
        "quiero actualizar mis datos", "necesito corregir el correo que tienen",
        "actualicen mi dirección", "meu nome está errado, corrijam", "quero atualizar os dados",
        "mis datos están desactualizados", "ejerzo mi derecho de rectificación"}) {
    EXPECT_EQ(right_asked_for(text), RightKind::Rectification) << text;
  }
  for (const std::string_view text :
       {"quiero cambiar mi plan de teléfono", "el valor está mal", "mi factura está mal",
        "actualice el saldo", "quiero cambiar la fecha", "cambiar los datos de pago",
        "mándeme los datos bancarios", "está a mi nombre", "meu boleto está errado",
        "corrija la factura"}) {
    EXPECT_EQ(right_asked_for(text), std::nullopt) << text;
  }
  EXPECT_EQ(right_asked_for("borren mis datos y corrijan mi nombre"),
            RightKind::Erasure);  // The graver one.
}

TEST(OtherChannel, IsWished) {
  for (const std::string_view text :
       {"por aquí no, escríbanme al correo", "Por este medio no por favor",
        "no me escriban por whatsapp", "prefiero por correo", "contáctenme al correo mejor",
        "mejor llámenme", "por aqui não, me escreva no email", "solo por correo electrónico"}) {
    EXPECT_TRUE(wants_other_channel(text)) << text;
  }
  for (const std::string_view text :
       {"mándeme la factura al correo", "me envía el recibo por correo?",
        "por aquí le mando el comprobante", "ya les escribí al correo", "le pago mejor el viernes",
        "¿puedo pagar por aquí?", "no me llegó al correo la factura", "prefiero pagar por Nequi"}) {
    EXPECT_FALSE(wants_other_channel(text)) << text;
  }
}

TEST(Authorities, AreThreatenedWithoutAName) {
  for (const std::string_view text :
       {"los voy a denunciar", "los voy a demandar", "voy a denunciarlos", "los denuncio ya",
        "vamos a demandarlos", "les demandaré", "vou denunciar vocês", "vou processar vocês",
        "vou te processar"}) {
    EXPECT_TRUE(threatens_to_denounce(text)) << text;
    EXPECT_TRUE(speaks_of_the_law(text)) << text;
  }
  for (const std::string_view text :
       {"puse una denuncia por el robo del celular", "hay mucha demanda", "voy a pagar el viernes",
        "vou processar o pagamento amanhã", "el banco va a procesar el pago"}) {
    EXPECT_FALSE(threatens_to_denounce(text)) << text;
  }
}

TEST(Authorities, AreHeardInEachCountry) {
  for (const std::string_view text :
       {"los voy a denunciar en la SIC", "esto va para la superfinanciera", "voy a Profeco",
        "los reporto en la Condusef", "me voy a quejar a Indecopi", "los demando en la SBS",
        "voy al Sernac", "vou reclamar no Procon", "los denuncio en el Banco Central",
        "vou abrir reclamação no Banco Central", "hago la denuncia en Defensa del Consumidor",
        "vou pro reclame aqui", "me quejo en osiptel"}) {
    EXPECT_TRUE(names_an_authority(text)) << text;
    EXPECT_TRUE(speaks_of_the_law(text)) << text;
  }
  for (const std::string_view text :
       {"trabajo en la defensoría", "les pago por el banco", "vivo cerca de la fiscalía",
        "pagué en el banco del centro", "pésima la atención", "si le sirve el viernes"}) {
    EXPECT_FALSE(names_an_authority(text)) << text;
  }
}

TEST(InvitesACall, IsHeardAndNotWhereTheCallIsRefusedToo) {
  for (const std::string_view text :
       {"no mas wasap xfa, si quieren llamen", "no me escriban más, mejor llámenme",
        "ya no me escriban, pueden llamarme", "não mandem mais mensagem, podem ligar"})
    EXPECT_TRUE(invites_a_call(text)) << text;
  for (const std::string_view text :
       {"no me escriban ni me llamen", "no me escriban más", "no llamen ni escriban",
        "no me escriban más, llamen a mi esposo", "não me liguem nem mandem mensagem"})
    EXPECT_FALSE(invites_a_call(text)) << text;
}

}  // namespace
}  // namespace puntual::conversation
