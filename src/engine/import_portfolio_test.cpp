// What an import tells about itself.
#include "engine/import_portfolio.h"

#include "engine/test_house.h"

namespace puntual::engine {
namespace {

constexpr std::string_view kPaymentTitles = "Factura;Fecha de pago;Valor pagado;ID transacción\n";

TEST(ImportReport, TotalsAreOfTheRowsThatWentIn) {
  TestHouse house;
  const std::string first = TestHouse::row(1, 1, 100, 100);
  const auto report =
      house.import(std::string(TestHouse::kTitles) + first + first +
                   TestHouse::row(1, 1, 700, 700) + TestHouse::row(2, 4, 50, 20) + ";;;;;\n");
  EXPECT_EQ(report.created, 2);
  EXPECT_EQ(report.duplicate, 1);
  EXPECT_EQ(report.rejected, 1);
  EXPECT_EQ(report.ignored, 1);
  ASSERT_EQ(report.totals.size(), 1U);
  EXPECT_EQ(report.totals[0].rows, 2);
  EXPECT_EQ(report.totals[0].amount_minor, 150'00);
  EXPECT_EQ(report.totals[0].balance_minor, 120'00);
}

TEST(ImportReport, MoneyThatWaitsIsNotMoneyLeftOver) {
  TestHouse house;
  house.import(std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 100, 100) +
               TestHouse::row(2, 4, 50, 50));
  const std::string payments = std::string(kPaymentTitles) + "F-0001;24/11/2026;130,00;T-1\n" +
                               "F-0004;24/11/2026;50,00;T-2\nF-9999;24/11/2026;10,00;T-3\n";
  const auto report = house.import(payments);
  EXPECT_EQ(report.created, 3);
  EXPECT_EQ(report.left_over, 1);
  EXPECT_EQ(report.waiting, 1);
  ASSERT_EQ(report.totals.size(), 1U);
  EXPECT_EQ(report.totals[0].amount_minor, 190'00);
  const auto again = house.import(payments);
  EXPECT_EQ(again.unchanged, 3);
  EXPECT_EQ(again.left_over + again.waiting, 0);
}

TEST(ImportReport, TellsHowManyNumbersItProves) {
  TestHouse house;
  const std::string file = std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 100, 100) + TestHouse::row(2, 2, 100, 100);
  EXPECT_EQ(house.import(file).people_confirmed, 2);
  EXPECT_EQ(house.import(file).people_confirmed, 0);  // Known already.
}

TEST(ImportReport, AYesProvesNothingByItselfAndADateToComeIsRefused) {
  TestHouse house;
  const auto file = portfolio::open_import(
      "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda;Número verificado;Fecha verificación\n"
      "Persona 1;10.000.001;+573000000001;F-0001;24/11/2026;100,00;100,00;COP;sí;\n"
      "Persona 2;10.000.002;+573000000002;F-0002;24/11/2026;100,00;100,00;COP;Contrato 8;31/12/2030\n",
      ImportOverrides{.country = "CO"});
  ASSERT_TRUE(file) << file.error().message;
  const auto report = house.write([&](Tx& tx) {
    return import_file(tx, house.engine.desk(), TestHouse::creditor(), *file, {.consent_instrument = "Contrato", .consent_on = {}, .confirmed_by = {}}, house.now);
  });
  EXPECT_EQ(report.yes_without_proof, 1);
  EXPECT_EQ(report.people_unconfirmed, 1);
  EXPECT_EQ(report.people_confirmed, 0);
  EXPECT_EQ(report.rejected, 1);
  EXPECT_TRUE(report.rejects.contains("es futura")) << report.rejects;
}

}  // namespace
}  // namespace puntual::engine
