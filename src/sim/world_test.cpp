#include "sim/world.h"

#include <gtest/gtest.h>

#include "base/embedded.h"
#include "engine/import_portfolio.h"

namespace puntual::sim {
namespace {

const CivilDate kDueDay = date_of(2026, 11, 23);

// One invoice each, all due on the same day, so that all are written to when the hours of contact
// begin.
std::string due_together_csv(int people) {
  std::string csv = "Cliente;NIT / Cédula;Celular;Nº Factura;Fecha vencimiento;Valor;Moneda\n";
  for (int i = 0; i < people; ++i)
    csv += fmt::format("Persona {0};{1};3{2:09};F{2};{3};80.000,00;COP\n", i % 7, 10'000'000 + i, i,
                       format_date(kDueDay));
  return csv;
}

Result<std::unique_ptr<World>> world_of(int messages_per_second, int people) {
  const Creditor creditor{.id = CreditorId{1},
                          .name = "Red Andina",
                          .agent_name = "Laura",
                          .country = "CO",
                          .zone = "America/Bogota",
                          .locale = "es_CO",
                          .currency = "COP",
                          .help = "llame al 601 555 0100",
                          .payment_link_base = {},
                          .phone_number_id = {},
                          .strategy = "estandar"};
  ASSIGN_OR_RETURN(auto strategy, strategy::parse(*embedded_file("strategies/estandar.toml"),
                                                  "strategies/estandar.toml"));
  ASSIGN_OR_RETURN(auto templates, TemplateCatalog::built_in());
  ASSIGN_OR_RETURN(auto world, World::create({.start = Zone::of(creditor.zone).instant(kDueDay, 0),
                                              .people_act = false,
                                              .messages_per_second = messages_per_second},
                                             creditor, std::move(templates),
                                             {{"estandar", std::move(strategy)}}));
  const std::string csv = due_together_csv(people);
  ASSIGN_OR_RETURN(const auto file, portfolio::open_import(csv, {.country = "CO"}));
  RETURN_IF_ERROR(engine::import_file(
      world->store(), world->desk(), world->creditor(), file,
      {.consent_instrument = "Contrato",
       .consent_on = {},
       .confirmed_by = {.kind = "contract", .reference = "Contrato", .verified_on = {}}},
      world->now()));
  return world;
}

TEST(World, PeopleDueTogetherAreWrittenToAtTheNumbersPace) {
  constexpr int kRate = 5, kPeople = 300;
  const auto world = world_of(kRate, kPeople);
  ASSERT_TRUE(world) << world.error().message;
  ASSERT_TRUE((*world)->run_until((*world)->now() + kDayMs));
  std::map<int64_t, int> by_second;
  int sends = 0, attempts = 0;
  const auto read = (*world)->store().read([&](Tx& tx) {
    for (auto rows =
             tx.db.query("SELECT in_flight_at, attempts FROM outbox WHERE platform_id <> ''");
         rows.next();) {
      ++by_second[rows.integer(0) / kSecondMs];
      ++sends;
      attempts += rows.int32(1);
    }
  });
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(sends, kPeople);
  EXPECT_EQ(attempts, kPeople) << "the platform has refused some";
  EXPECT_EQ(by_second.rbegin()->first - by_second.begin()->first + 1, kPeople / kRate);
}

}  // namespace
}  // namespace puntual::sim
