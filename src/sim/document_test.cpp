// A statement on its way through the whole engine, the platform's model and the oracle.
#include <gtest/gtest.h>

#include "base/embedded.h"
#include "core/portfolio/import_detect.h"
#include "core/strategy/strategy.h"
#include "engine/answer_with_document.h"
#include "engine/import_portfolio.h"
#include "sim/world.h"

namespace puntual::sim {
namespace {

const Creditor kLender{.id = CreditorId{1},
                       .name = "Red Andina",
                       .agent_name = "Laura",
                       .country = "CO",
                       .zone = "America/Bogota",
                       .locale = "es_CO",
                       .currency = "COP",
                       .help = "llame al 601 555 0100",
                       .strategy = "estandar"};

TEST(DocumentInTheWorld, ReachesThePersonUnderTheEyesOfTheOracle) {
  std::map<std::string, Strategy, std::less<>> strategies;
  for (const auto& file : embedded_files("strategies/estandar"))
    strategies.emplace("estandar", *strategy::parse(file.bytes, file.name));
  const Instant start = *parse_rfc3339("2026-11-24T09:00:00-05:00");
  auto made = World::create({.start = start, .people_act = false}, kLender,
                            *TemplateCatalog::built_in(), strategies);
  ASSERT_TRUE(made) << made.error().message;
  World& world = **made;
  const auto file = portfolio::open_import(
      "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n"
      "Ana Peña;10.001;+573000000001;F-1;24/11/2026;150.000,00;150.000,00;COP\n",
      {.country = "CO"});
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_TRUE(engine::import_file(
      world.store(), world.desk(), world.creditor(), *file,
      {.consent_instrument = "Contrato",
       .consent_on = {},
       .confirmed_by = {.kind = "contract", .reference = "Contrato", .verified_on = {}}},
      start));
  const DebtorId ana = *world.store().read(
      [](Tx& tx) { return tx.invoices.find_by_number(kLender.id, "F-1")->debtor_id; });
  ASSERT_TRUE(world.say(ana, "Buenos días, ¿cuánto debo?"));
  ASSERT_TRUE(world.run_until(start + kMinuteMs));
  ASSERT_TRUE(world.store().write([&](Tx& tx) {
    tx.debtors.hold(kLender.id, {ana});
    EXPECT_TRUE(engine::answer_with_document(tx, world.desk(), world.creditor(), ana,
                                             {.order = {},
                                              .template_name = "estado_de_cuenta_v1",
                                              .step = "statement",
                                              .dedupe_key = "s:1"},
                                             world.now()));
  }));
  ASSERT_TRUE(world.run_until(start + 10 * kMinuteMs));
  ASSERT_TRUE(world.check());
  const auto state = world.store().read([&](Tx& tx) {
    for (const auto& message : tx.outbox.of_debtor(kLender.id, ana)) {
      if (message.kind == "document") return message.state;
    }
    return MessageState::Planned;
  });
  EXPECT_TRUE(*state == MessageState::Delivered || *state == MessageState::Read) << text_of(*state);
}

}  // namespace
}  // namespace puntual::sim
