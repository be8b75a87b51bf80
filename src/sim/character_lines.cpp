// Who talks, and how. Written by hand for the simulation; neither the training nor the tests of the
// understanding know these lines.
#include "sim/character.h"

namespace puntual::sim {
namespace {

using Lines = SpokenLine;  // One of several.

constexpr Lines kSaysYes[] = {
    {"Sí, con ella habla"}, {"si soy yo"}, {"sí señora, dígame"}, {"Sí, soy yo"}};

constexpr Lines kForgetfulReminder[] = {
    {"uy se me pasó, ya mismo le hago la transferencia", {}, Deed::Pays},
    {"qué pena, hoy lo pago", {}, Deed::Pays},
    {"gracias por recordarme, entro al banco y le pago", {}, Deed::Pays}};
constexpr Lines kForgetfulAnswer[] = {{"muchas gracias 🙏"}, {"gracias, muy amable"}};

constexpr Lines kChattyReminder[] = {
    {"Hola buenas, cómo están? ya lo tengo programado", {}, Deed::Pays},
    {"buenos días", "una preguntica, cuánto es lo que debo?", Deed::Pays},
    {"me regala la factura de este mes por favor", {}, Deed::Pays},
    {"y eso por dónde es que se paga?", {}, Deed::Pays}};
constexpr Lines kChattyAnswer[] = {{"ah bueno, mil gracias"},
                                   {"perfecto perfecto"},
                                   {"oiga y ustedes atienden los sábados?"},
                                   {"y no me sale más barato si pago ya?"},
                                   {"qué calor tan berraco está haciendo"},
                                   {"listo, gracias por la atención"}};

constexpr Lines kKeeperReminder[] = {{"el viernes le consigno"},
                                     {"me pagan el 30, ese día le cancelo"},
                                     {"en tres días le hago el pago completo"},
                                     {"yo le pago pero déjeme y le digo el día"}};
constexpr Lines kKeeperDay[] = {{"el viernes"}, {"pasado mañana"}, {"en cuatro días"}};
constexpr Lines kKeeperOffers[] = {{"sí, así me sirve"}, {"la primera"}, {"la 1 por favor"}};
constexpr Lines kKeeperAgreed[] = {{"listo, cuente con eso"}, {"gracias"}, {"👍"}};

constexpr Lines kBreakerReminder[] = {{"mañana sin falta le pago"},
                                      {"ay no he podido, el lunes le pago seguro"},
                                      {"esta semana le pago la mitad"},
                                      {"el otro mes le pago todo junto"}};
constexpr Lines kBreakerDay[] = {
    {"mañana"}, {"el lunes"}, {"la otra semana"}, {"cuando me paguen"}};
constexpr Lines kBreakerOffers[] = {{"la segunda"}, {"la que sea"}, {"bueno sí"}};
constexpr Lines kBreakerAgreed[] = {{"ok"}, {"esta vez sí le cumplo"}};

constexpr Lines kHardReminder[] = {{"la verdad me quedé sin empleo y no tengo cómo pagar todo"},
                                   {"será que me pueden recibir en partes?"},
                                   {"no alcanzo, deme la oportunidad de ir pagando por cuotas"},
                                   {"puedo darle algo ahora y el resto después?"}};
constexpr Lines kHardOffers[] = {
    {"la última me sirve"}, {"la 2"}, {"la de más cuotas"}, {"quiero la 2 por favor"}};
constexpr Lines kHardAgreed[] = {{"Dios le pague, gracias por entender"},
                                 {"muchas gracias de verdad"}};

constexpr Lines kDisputerReminder[] = {{"yo no debo eso, revisen bien"},
                                       {"ese valor no es, el plan mío es más barato"},
                                       {"me están cobrando un servicio que cancelé hace meses"},
                                       {"y esa factura de qué es? no la reconozco"}};
constexpr Lines kDisputerAnswer[] = {{"y cuándo me responden?"},
                                     {"es que siempre es lo mismo, me cobran de más"}};
constexpr Lines kDisputerPerson[] = {{"bueno, ya vi, tienen razón, les pago", {}, Deed::Pays},
                                     {"gracias por revisar"}};

constexpr Lines kPaidTrueReminder[] = {
    {"eso ya lo cancelé ayer", {}, Deed::Pays},
    {"ya hice la transferencia", "les mando el soporte", Deed::Pays},
    {"ya pagué, ahí le va la foto", {}, Deed::Pays}};
constexpr Lines kPaidTrueAnswer[] = {{"aquí está el comprobante", {}, Deed::SendsPhoto},
                                     {"ok, quedo atento"}};

constexpr Lines kPaidFalseReminder[] = {{"ya pagué"},
                                        {"yo eso lo pagué la semana pasada"},
                                        {"eso está pago, miren bien", {}, Deed::SendsPhoto}};
constexpr Lines kPaidFalseAnswer[] = {{"ahí les envié el recibo", {}, Deed::SendsPhoto},
                                      {"ya le dije que está pagado"}};

constexpr Lines kAngryReminder[] = {{"dejen de joder con esa cobradera"},
                                    {"qué servicio tan malo, parecen unos ladrones"},
                                    {"ustedes son unos abusivos"},
                                    {"no más, no me escriban", {}}};
constexpr Lines kAngryAnswer[] = {{"sí, respondan a ver"}, {"no me vuelvan a escribir"}, {"BAJA"}};

constexpr Lines kWrongOpener[] = {{"está equivocado, aquí no vive nadie con ese nombre"},
                                  {"se equivocó de número"},
                                  {"no conozco a esa persona"}};
constexpr Lines kWrongReminder[] = {{"este número no es de esa persona"},
                                    {"disculpe pero yo no soy, este celular es nuevo"},
                                    {"número equivocado"}};

constexpr Lines kFamilyOpener[] = {{"soy la hija, él no está"},
                                   {"habla con el esposo, ella está trabajando"},
                                   {"soy la mamá, yo le doy la razón"}};
constexpr Lines kFamilyReminder[] = {{"él salió, este es el celular de la casa, soy la señora"},
                                     {"yo soy el hermano, quién le digo que llamó?"}};
constexpr Lines kFamilyAnswer[] = {
    {"y cuánto es lo que debe?"}, {"bueno yo le digo"}, {"por qué lo buscan?"}};

constexpr Lines kOwlReminder[] = {{"buenas noches", "me puede decir cuánto debo en total"},
                                  {"perdón la hora", "el viernes le pago"},
                                  {"no había visto el mensaje", "dónde puedo pagar?", Deed::Pays},
                                  {"oiga", "se puede en dos cuotas?"}};
constexpr Lines kOwlAnswer[] = {{"dale gracias"}, {"listo", "mañana miro", Deed::Nothing}};
constexpr Lines kOwlOffers[] = {{"mmm", "la 1"}, {"la segunda", "gracias"}};

constexpr Lines kAskerReminder[] = {{"prefiero que me atienda una persona"},
                                    {"me puede llamar un asesor?"},
                                    {"quiero hablar con Laura por favor, no con la máquina"}};
constexpr Lines kAskerPerson[] = {{"ah bueno, gracias, el viernes pago", {}, Deed::Pays},
                                  {"listo, muy amable por contestarme"},
                                  {"y me hacen algún descuento?"}};

constexpr Lines kBrazilOpener[] = {{"sou eu sim"}, {"Sim, sou eu mesmo"}};
constexpr Lines kBrazilReminder[] = {{"oi, bom dia, quanto eu devo?"},
                                     {"vou pagar na sexta-feira"},
                                     {"não consigo pagar tudo agora, dá pra parcelar?"},
                                     {"já paguei esse boleto", {}, Deed::Pays}};
constexpr Lines kBrazilAnswer[] = {{"obrigado!"}, {"tá bom, valeu"}};
constexpr Lines kBrazilDay[] = {{"na sexta"}, {"depois de amanhã"}};
constexpr Lines kBrazilOffers[] = {{"a primeira"}, {"quero a segunda"}};

}  // namespace

const std::array<Character, kCharacters>& characters() {
  static constexpr std::array<Character, kCharacters> kAll = {{
      {.name = "forgetful",
       .to_opener = kSaysYes,
       .to_reminder = kForgetfulReminder,
       .to_answer = kForgetfulAnswer,
       .answers_ppm = 600'000,
       .pays_ppm = 350'000},
      {.name = "chatty",
       .to_opener = kSaysYes,
       .to_reminder = kChattyReminder,
       .to_answer = kChattyAnswer,
       .to_agreed = kForgetfulAnswer,
       .to_person = kChattyAnswer},
      {.name = "keeps_promises",
       .to_opener = kSaysYes,
       .to_reminder = kKeeperReminder,
       .to_which_day = kKeeperDay,
       .to_offers = kKeeperOffers,
       .to_agreed = kKeeperAgreed,
       .keeps_ppm = 970'000},
      {.name = "breaks_promises",
       .to_opener = kSaysYes,
       .to_reminder = kBreakerReminder,
       .to_which_day = kBreakerDay,
       .to_offers = kBreakerOffers,
       .to_agreed = kBreakerAgreed,
       .keeps_ppm = 150'000},
      {.name = "hardship",
       .to_opener = kSaysYes,
       .to_reminder = kHardReminder,
       .to_which_day = kKeeperDay,
       .to_offers = kHardOffers,
       .to_agreed = kHardAgreed,
       .keeps_ppm = 900'000,
       .reminder_button = "PLAN"},
      {.name = "disputer",
       .to_opener = kSaysYes,
       .to_reminder = kDisputerReminder,
       .to_answer = kDisputerAnswer,
       .to_person = kDisputerPerson},
      {.name = "has_paid",
       .to_opener = kSaysYes,
       .to_reminder = kPaidTrueReminder,
       .to_answer = kPaidTrueAnswer},
      {.name = "says_has_paid",
       .to_opener = kSaysYes,
       .to_reminder = kPaidFalseReminder,
       .to_answer = kPaidFalseAnswer,
       .to_person = kPaidFalseAnswer,
       .presses_ppm = 250'000,
       .reminder_button = "YA_PAGUE"},
      {.name = "angry",
       .to_opener = kSaysYes,
       .to_reminder = kAngryReminder,
       .to_answer = kAngryAnswer,
       .answers_ppm = 700'000,
       .presses_ppm = 100'000,
       .reminder_button = "BAJA"},
      {.name = "not_them",
       .to_opener = kWrongOpener,
       .to_reminder = kWrongReminder,
       .opener_button = "TITULAR_NO"},
      {.name = "family",
       .to_opener = kFamilyOpener,
       .to_reminder = kFamilyReminder,
       .to_answer = kFamilyAnswer,
       .to_person = kFamilyAnswer,
       .presses_ppm = 300'000,
       .opener_button = "TITULAR_CONOZCO"},
      {.name = "night_owl",
       .to_opener = kSaysYes,
       .to_reminder = kOwlReminder,
       .to_answer = kOwlAnswer,
       .to_which_day = kKeeperDay,
       .to_offers = kOwlOffers,
       .to_agreed = kForgetfulAnswer,
       .keeps_ppm = 700'000,
       .writes_at_night = true},
      {.name = "wants_person",
       .to_opener = kSaysYes,
       .to_reminder = kAskerReminder,
       .to_person = kAskerPerson,
       .reminder_button = "AYUDA"},
      {.name = "brazilian",
       .to_opener = kBrazilOpener,
       .to_reminder = kBrazilReminder,
       .to_answer = kBrazilAnswer,
       .to_which_day = kBrazilDay,
       .to_offers = kBrazilOffers,
       .to_agreed = kBrazilAnswer,
       .presses_ppm = 300'000,
       .keeps_ppm = 800'000},
      {.name = "silent", .answers_ppm = 0},
  }};
  return kAll;
}

}  // namespace puntual::sim
