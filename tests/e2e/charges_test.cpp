// Late interest from the outside: a person vouches for the rates, the server books, everybody sees
// what it is made of.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

constexpr std::string_view kRates = R"(country = "CO"
version = "de la empresa"
currency = "COP"
round_minor = 100
order = ["interest", "costs", "capital"]
[[ceiling]]
credit = "consumo_ordinario"
from = "2026-11-01"
to = "2026-12-31"
rate = "25.02"
law = "Superfinanciera, certificación de prueba"
)";

TEST(Charges, AreBookedOnceSomebodyVouchesForTheRates) {
  House house;
  house.set_clock("2026-12-24T10:00:00-05:00");
  house.open_pay_page();
  house.add_settings(
      "[charges]\nagreed_rate = \"90\"\ncredit = \"consumo_ordinario\"\nsince = "
      "\"2026-11-01\"\nagreed_evidence = \"Contrato, cláusula 7\"\n");
  house.open_sandbox();
  const auto untold = house.import(portfolio_of(1, 1));
  EXPECT_EQ(untold.exit_code, 1);
  EXPECT_TRUE(untold.err.contains("creditor.charges")) << untold.err;
  const std::string path = house.folder / "puntual.toml";
  std::string settings = file_text(path);
  settings.insert(settings.find("[creditor]\n") + 11,
                  "charges = \"El saldo incluye los intereses de mora pactados.\"\n");
  write_file(path, settings);
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);

  EXPECT_TRUE(house.command({"charges", "show"}).out.contains("sin confirmar"));
  EXPECT_EQ(house.command({"charges", "confirm", "--by", "ana", "--until", "2026-12-31"}).exit_code,
            5);  // What ships says nothing of that day.
  std::filesystem::create_directories(house.folder / "tasas");
  write_file(house.folder / "tasas/co.toml", kRates);
  ASSERT_EQ(run({"charges", "check", house.folder / "tasas/co.toml"}).exit_code, 0);
  const auto confirmed =
      house.command({"charges", "confirm", "--by", "ana", "--until", "2026-12-31"});
  ASSERT_EQ(confirmed.exit_code, 0) << confirmed.err;
  EXPECT_TRUE(house.command({"charges", "show"}).out.contains("Se calcula hasta el 2026-12-31"));

  house.serve();
  // 150,000 for 29 days at 0.0611978 % a day: whole pesos.
  ASSERT_TRUE(
      eventually([&] { return house.count("SELECT charged_minor FROM invoice") == 266'200; }));
  const auto shown = house.command({"invoice", "show", "F-0001"});
  EXPECT_TRUE(shown.out.contains("intereses de mora $ 2.662") &&
              shown.out.contains("25,02 % efectivo anual"))
      << shown.out;
  const auto page =
      get(text_in(*parse_json(house.command({"link", "F-0001", "--json"}).out), "url"));
  EXPECT_TRUE(page.body.contains("152.662")) << page.body;
  EXPECT_EQ(
      house.command({"invoice", "waive", "F-0001", "--by", "ana", "--why", "por error"}).exit_code,
      0);
  EXPECT_EQ(house.count("SELECT balance_minor FROM invoice"), 15'000'000);
  EXPECT_EQ(
      house.command({"invoice", "waive", "F-0001", "--by", "ana", "--why", "por error"}).exit_code,
      5);
}

}  // namespace
}  // namespace puntual::e2e
