#include "core/conversation/identity.h"

#include <gtest/gtest.h>

namespace puntual::conversation {
namespace {

using enum AddressState;
constexpr AddressState kAll[] = {Unconfirmed, Asked, Silent, Doubt, Confirmed, OtherPerson, Wrong};

TEST(AddressStates, MoveByTheTable) {
  constexpr AddressEvent kEvents[] = {AddressEvent::Asked,           AddressEvent::Verified,
                                      AddressEvent::SaidYes,         AddressEvent::SaidWrongNumber,
                                      AddressEvent::SaidOtherPerson, AddressEvent::StayedSilent,
                                      AddressEvent::SaidUnclear,     AddressEvent::Changed};
  // Rows as in identity.h; columns as kEvents.
  constexpr AddressState kTable[7][8] = {
      {Asked, Confirmed, Unconfirmed, Wrong, OtherPerson, Unconfirmed, Unconfirmed, Unconfirmed},
      {Asked, Confirmed, Confirmed, Wrong, OtherPerson, Silent, Doubt, Unconfirmed},
      {Silent, Confirmed, Confirmed, Wrong, OtherPerson, Silent, Doubt, Unconfirmed},
      {Doubt, Confirmed, Confirmed, Wrong, OtherPerson, Doubt, Doubt, Unconfirmed},
      {Confirmed, Confirmed, Confirmed, Wrong, Doubt, Confirmed, Confirmed, Unconfirmed},
      {OtherPerson, OtherPerson, OtherPerson, Wrong, OtherPerson, OtherPerson, OtherPerson,
       OtherPerson},
      {Wrong, Wrong, Wrong, Wrong, Wrong, Wrong, Wrong, Wrong}};
  for (size_t row = 0; row < 7; ++row) {
    for (size_t column = 0; column < 8; ++column) {
      EXPECT_EQ(after(kAll[row], kEvents[column]), kTable[row][column])
          << text_of(kAll[row]) << " column " << column;
    }
    EXPECT_EQ(address_state_of(text_of(kAll[row])), kAll[row]);
  }
}

TEST(Address, CountsItsAskingsAndForgetsThemWhenTheAccountChanges) {
  const Instant monday{1'795'000'000'000};
  Address address =
      after(after({}, AddressEvent::Asked, monday), AddressEvent::Asked, monday + 3 * kDayMs);
  EXPECT_EQ(address.times_asked, 2);
  EXPECT_EQ(address.asked_at, monday + 3 * kDayMs);
  EXPECT_FALSE(address.changed_at);
  address = after(address, AddressEvent::Changed, monday + 4 * kDayMs);
  EXPECT_EQ(address.state, Unconfirmed);
  EXPECT_EQ(address.times_asked, 0);
  EXPECT_EQ(address.changed_at, monday + 4 * kDayMs);
}

TEST(Address, IsInDoubtOnceSomebodyElseAnswersThere) {
  const Instant monday{1'795'000'000'000};
  const Address proven{.state = Confirmed,
                       .evidence = {.kind = "otp", .reference = "a", .verified_on = {}},
                       .times_asked = 1};
  const Address doubt = after(proven, AddressEvent::SaidOtherPerson, monday);
  EXPECT_EQ(doubt.state, Doubt);
  EXPECT_TRUE(doubt.is_contradicted());
  EXPECT_TRUE(doubt.evidence.kind.empty());
  EXPECT_EQ(doubt.times_asked, 0);
}

TEST(Address, OlderProofDoesNotConfirmAChangedAccount) {
  const Instant changed = *parse_rfc3339("2026-11-17T15:00:00Z");
  const Address fallen =
      after({.state = Confirmed, .evidence = {.kind = "otp", .reference = "a", .verified_on = {}}},
            AddressEvent::Changed, changed);
  EXPECT_TRUE(fallen.evidence.kind.empty());
  const auto state_by = [&](std::optional<CivilDate> on) {
    return verified(fallen, {.kind = "contract", .reference = "b", .verified_on = on}, changed)
        .state;
  };
  EXPECT_EQ(state_by(std::nullopt), Unconfirmed);
  EXPECT_EQ(state_by(date_of(2026, 11, 16)), Unconfirmed);
  EXPECT_EQ(state_by(date_of(2026, 11, 17)), Unconfirmed);
  EXPECT_EQ(state_by(date_of(2026, 11, 18)), Confirmed);
  EXPECT_EQ(
      verified({}, {.kind = "otp", .reference = "b", .verified_on = {}}, changed).evidence.kind,
      "otp");
  EXPECT_EQ(verified({.state = Wrong},
                     {.kind = "otp", .reference = "b", .verified_on = date_of(2030, 1, 1)}, changed)
                .state,
            Wrong);
}

void expect_answer(IdentityAnswer wanted, std::initializer_list<std::string_view> texts) {
  for (const auto text : texts) EXPECT_EQ(identity_answer(text, ""), wanted) << text;
}

TEST(IdentityAnswer, UnderstandsYes) {
  expect_answer(IdentityAnswer::Yes, {"Sí",
                                      "SÍ, SOY YO",
                                      "si soy yo 🙂",
                                      "Hola, sí soy yo",
                                      "buenas tardes con ella",
                                      "Con él",
                                      "sí, con ella habla",
                                      "Ella misma",
                                      "el mismo",
                                      "Sí, soy Ana",
                                      "Sí soy Ana Pérez Gil",
                                      "sí señor",
                                      "Claro que sí",
                                      "correcto",
                                      "Así es, gracias",
                                      "Sí, dígame",
                                      "soy la titular",
                                      "Si es mi número",
                                      "sim",
                                      "Sim, sou eu",
                                      "sou eu mesmo",
                                      "Isso mesmo",
                                      "é ela mesma",
                                      "yo misma",
                                      "confirmo",
                                      "Sip",
                                      "sí, a la orden"});
}

TEST(IdentityAnswer, UnderstandsAWrongNumber) {
  expect_answer(IdentityAnswer::WrongNumber, {"No, se equivocó",
                                              "Número equivocado",
                                              "numero equivocado, yo no debo nada",
                                              "está equivocado",
                                              "No soy yo",
                                              "no soy esa persona",
                                              "No, no soy yo, se equivocaron de número",
                                              "no la conozco",
                                              "no conozco a nadie con ese nombre",
                                              "Este no es su número",
                                              "ya no es su número",
                                              "Não sou eu",
                                              "não, número errado",
                                              "foi engano",
                                              "Pessoa errada",
                                              "Aquí no vive",
                                              "este número es nuevo",
                                              "tiene el número equivocado",
                                              "No lo conozco",
                                              "No me llamo así",
                                              "não conheço"});
}

TEST(IdentityAnswer, UnderstandsSomebodyElse) {
  expect_answer(IdentityAnswer::OtherPerson, {"es mi papá",
                                              "Soy la mamá",
                                              "No soy yo, es mi esposo",
                                              "soy su hija",
                                              "habla la esposa",
                                              "Ella no está",
                                              "no se encuentra en este momento",
                                              "yo le aviso",
                                              "Es mi hermana, yo le digo",
                                              "soy el vecino",
                                              "sou a mãe dela",
                                              "é meu marido",
                                              "soy amiga de ella",
                                              "le doy el recado",
                                              "sí, soy la mamá",
                                              "conozco a la persona",
                                              "es mi jefe",
                                              "soy el jefe de Ana, ¿cuánto debe de esa factura?",
                                              "soy un vecino, ¿qué cuenta es?",
                                              "sou o chefe dele, quanto ele deve da fatura?",
                                              "aqui é a esposa",
                                              "é a esposa dele",
                                              "aqui é o filho dela",
                                              "não é ela",
                                              "não é ele, é o irmão",
                                              "quem fala é a filha",
                                              "aquí la esposa",
                                              "le contesta la hija",
                                              "es la esposa",
                                              "no es ella",
                                              "le escribe el esposo"});
}

TEST(IdentityAnswer, LeavesDoubtToAPerson) {
  expect_answer(IdentityAnswer::None, {"",
                                       "no, gracias",
                                       "con ella hablé ayer",
                                       "soy yo, no puedo hablar",
                                       "si quieren llamen a otro",
                                       "dígame quién es",
                                       "¿de parte de quién?",
                                       "quién es",
                                       "hola",
                                       "gracias",
                                       "ok",
                                       "Ana",
                                       "ya pagué",
                                       "sí, ya pagué esa factura",
                                       "la factura está equivocada",
                                       "se equivocaron en el valor",
                                       "no conozco esa deuda",
                                       "el saldo no lo conozco",
                                       "mi esposo paga esa cuenta",
                                       "sí, pero no puedo hablar",
                                       "soy la de la tienda",
                                       "es mi mamá la que paga",
                                       "es la mamá la que decide siempre en la casa",
                                       "é a mãe que paga",
                                       "sim, é ela que paga",
                                       "soy la mamá de Juan, ya pagué la factura del colegio",
                                       "👍",
                                       "si quiere",
                                       "no puedo",
                                       "el viernes",
                                       "baja"});
}

TEST(IdentityAnswer, UnderstandsAYesThatGoesOn) {
  for (const std::string_view text : {"si soy",
                                      "Sí, ¿qué necesita?",
                                      "si, con mucho gusto",
                                      "Si claro dígame",
                                      "Sí señor, soy yo",
                                      "sip soy yo",
                                      "Con ella, dígame",
                                      "si yo soy Ana cual es el mensaje",
                                      "si diga",
                                      "Buenas tardes, si soy yo, dígame de qué se trata",
                                      "sim, sou eu",
                                      "pode falar",
                                      "A sus órdenes",
                                      "Dígame",
                                      "Ella habla",
                                      "SÍ 👍",
                                      "✅ si soy yo",
                                      "Hola buenas, soy Ana María",
                                      "Sí, me puede decir qué necesita",
                                      "Soy yo, ya pagué esa factura",
                                      "sí, soy la titular",
                                      "soy la señora Gómez",
                                      "Claro, con gusto",
                                      "me llamo Ana, dígame"}) {
    EXPECT_EQ(identity_answer(text, "", "ANA MARÍA GÓMEZ"), IdentityAnswer::Yes) << text;
  }
  for (const std::string_view text :
       {"soy Pedro", "Sí, soy Pedro", "soy Pedro Gómez", "si, me llamo Luisa",
        "sí soy de la tienda", "claro, ella vive conmigo"}) {
    EXPECT_EQ(identity_answer(text, "", "ANA MARÍA GÓMEZ"), IdentityAnswer::None) << text;
  }
}

TEST(IdentityAnswer, ABareNoIsOneOnlyForWhomWasAsked) {
  expect_answer(IdentityAnswer::No,
                {"No", "no.", "no soy", "No señor", "Buenas tardes, no", "não"});
  expect_answer(IdentityAnswer::WrongNumber,
                {"Ella ya no tiene este número", "este celular ya no es de ella",
                 "ese número ya no pertenece a Ana"});
}

TEST(IdentityAnswer, KnowsItsButtons) {
  EXPECT_EQ(identity_answer("Sí, soy yo", "TITULAR_SI"), IdentityAnswer::Yes);
  EXPECT_EQ(identity_answer("No soy esa persona", "TITULAR_NO"), IdentityAnswer::WrongNumber);
  EXPECT_EQ(identity_answer("No, pero la conozco", "TITULAR_CONOZCO"), IdentityAnswer::OtherPerson);
  EXPECT_EQ(identity_answer("Sí, soy yo", "YA_PAGUE"), IdentityAnswer::None);
}

TEST(Evidence, IsReadFromTheWordsOfAFile) {
  EXPECT_EQ(evidence_of("Código SMS del 3 de mayo").kind, "otp");
  EXPECT_EQ(evidence_of("conversación con la titular").kind, "conversation");
  EXPECT_EQ(evidence_of("Contrato 881, cláusula 3").kind, "contract");
  EXPECT_EQ(evidence_of("Contrato 881, cláusula 3").reference, "Contrato 881, cláusula 3");
  EXPECT_TRUE(is_yes("Sí"));
  EXPECT_TRUE(is_no("No"));
  EXPECT_FALSE(is_yes("contrato"));
  EXPECT_FALSE(is_no("contrato"));
}

}  // namespace
}  // namespace puntual::conversation
