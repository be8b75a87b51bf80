#include "core/messaging/money_words.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

// Who owes 90,000 pesos and has paid 20,000 of 110,000; the house's account and telephone.
std::string refusals(std::string_view text) {
  const MoneyKnown known{
      .numbers = "Ahorros 123-456789-01\n601 555 0100\n+57 310 555 0199\nFE-00012610",
      .sums_minor = {9'000'000, 11'000'000, 2'000'000},
      .currency = Currency::of("COP")};
  return messaging::money_refusals(text, known);
}

TEST(MoneyWords, MoneyGoesToTheCreditorsOwnAccounts) {
  for (const std::string_view text :
       {"Consigne a mi Nequi personal 3001112233", "Consigne los 90.000 a mi Nequi",
        "Transfiera a la cuenta 998-877665-44 por favor",
        "Puede depositar a la clabe 012 180 00118359719 4", "pode mandar no meu pix 11987654321"}) {
    EXPECT_EQ(refusals(text), "FOREIGN_ACCOUNT") << text;
  }
  for (const std::string_view text :
       {"Puede consignar en la cuenta de ahorros 123-456789-01",
        "Si tiene dudas sobre su cuenta llame al 601 555 0100",
        "La factura FE-00012610 es de noviembre", "Su pago por Nequi ya lo vimos, gracias",
        "Le llamo mañana al 310 555 0199 por lo de su cuenta",
        "El enlace de pago es el mismo de siempre"}) {
    EXPECT_EQ(refusals(text), "") << text;
  }
}

TEST(MoneyWords, ASumThatIsOwedStandsInTheBooks) {
  for (const std::string_view text : {"Su deuda es de 500.000", "Usted debe $ 95.000 a hoy",
                                      "el saldo es 500 mil", "Pague 200.000 hoy por favor"})
    EXPECT_EQ(refusals(text), "SUM_NOT_IN_BOOKS") << text;
  for (const std::string_view text :
       {"Su saldo es de $ 90.000", "La factura era de 110.000 y abonó 20.000",
        "Puede abonar 30.000 hoy y el resto el viernes", "El plan de 300 megas es el mismo",
        "Nos vemos el 30 a las 5"}) {
    EXPECT_EQ(refusals(text), "") << text;
  }
}

}  // namespace
}  // namespace puntual
