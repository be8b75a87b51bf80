// Creditors never affect each other (quality-bar INV-19): the same house lives the same weeks alone
// and with a neighbour in its tables, who knows the same people under the same documents,
// telephones and invoice numbers.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/embedded.h"
#include "engine/import_portfolio.h"
#include "engine/pause.h"
#include "engine/person_commands.h"
#include "sim/world.h"

namespace puntual::sim {
namespace {

constexpr int kPeople = 30, kDays = 30;
const CivilDate kFirstDay = date_of(2026, 11, 2);

Creditor named(int64_t id, std::string name, std::string phone_number_id) {
  return {.id = CreditorId{id},
          .name = std::move(name),
          .agent_name = "Laura",
          .country = "CO",
          .zone = "America/Bogota",
          .locale = "es_CO",
          .currency = "COP",
          .help = "llame al 601 555 0100",
          .payment_link_base = {},
          .phone_number_id = std::move(phone_number_id),
          .strategy = "estandar"};
}

std::string portfolio_csv() {
  std::string csv = "Cliente;NIT / Cédula;Celular;Nº Factura;Fecha vencimiento;Valor;Moneda\n";
  for (int i = 0; i < kPeople; ++i) {
    csv += fmt::format("Persona {0};{1};3{2:09};F{2};{3};{4}.000,00;COP\n", i, 10'000'000 + i, i,
                       format_date(kFirstDay + i % 12), 80 + i);
  }
  return csv;
}

Result<void> import_for(World& world, const Creditor& creditor) {
  const std::string csv = portfolio_csv();
  ASSIGN_OR_RETURN(const auto file, portfolio::open_import(csv, {.country = "CO"}));
  RETURN_IF_ERROR(engine::import_file(
      world.store(), world.desk(), creditor, file,
      {.consent_instrument = "Contrato",
       .consent_on = {},
       .confirmed_by = {.kind = "contract", .reference = "Contrato", .verified_on = {}}},
      world.now()));
  return {};
}

// What one creditor's people were sent: when, at which step, about which invoice.
std::vector<std::string> letters_of(World& world, const Creditor& creditor) {
  std::vector<std::string> letters;
  const auto read = world.store().read([&](Tx& tx) {
    for (auto rows = tx.db.query(
             "SELECT id, in_flight_at FROM outbox WHERE creditor_id = $1 AND platform_id <> ''",
             {creditor.id});
         rows.next();) {
      const auto message = tx.outbox.find(creditor.id, MessageId{rows.integer(0)});
      const auto invoice = message->lead_invoice_id
                               ? tx.invoices.find(creditor.id, message->lead_invoice_id)
                               : std::nullopt;
      letters.push_back(fmt::format("{} {} {} {}", format_utc(rows.instant(1)), message->step,
                                    message->template_name, invoice ? invoice->number : ""));
    }
  });
  EXPECT_TRUE(read) << read.error().message;
  std::ranges::sort(letters);
  return letters;
}

// A day of the neighbour's office: money on the same invoice numbers, stops and disputes of the
// same people, three days of silence.
Result<void> neighbours_day(World& world, const Creditor& neighbour, int day) {
  const Instant now = world.now();
  ASSIGN_OR_RETURN(const auto people,
                   world.store().read([&](Tx& tx) { return tx.debtors.all(neighbour.id); }));
  const PaymentInput paid{.source = "sim",
                          .source_id = fmt::format("neighbour {}", day),
                          .reference = fmt::format("F{}", day % kPeople),
                          .debtor_id = {},
                          .amount = {80'000'00, Currency::of("COP")},
                          .method = "PSE",
                          .paid_on = kFirstDay + day,
                          .paid_at = now};
  return world.store().write([&](Tx& tx) -> Result<void> {
    if (const auto settled = engine::record_payment(tx, world.desk(), neighbour, paid, now);
        !settled)
      return std::unexpected(settled.error());
    RETURN_IF_ERROR(engine::stop_person(
        tx, neighbour, people[static_cast<size_t>(day) * 7 % kPeople], {.why = "by letter"}, now));
    RETURN_IF_ERROR(engine::set_flag(
        tx, neighbour, people[static_cast<size_t>(day * 11 + 3) % kPeople],
        {.flag = CaseFlag::Disputed, .since = now, .through = "operator", .note = "letter"}, now));
    if (day == 5) engine::pause_sending(tx, neighbour.id, now, "a person", "operator");
    if (day == 8) RETURN_IF_ERROR(engine::resume_sending(tx, neighbour, now));
    return {};
  });
}

struct Lived {
  std::vector<std::string> own, neighbours;
};

Result<Lived> live(bool has_neighbour) {
  ASSIGN_OR_RETURN(auto strategy, strategy::parse(*embedded_file("strategies/estandar.toml"),
                                                  "strategies/estandar.toml"));
  ASSIGN_OR_RETURN(auto templates, TemplateCatalog::built_in());
  const Zone zone = Zone::of("America/Bogota");
  ASSIGN_OR_RETURN(const auto world,
                   World::create({.start = zone.instant(kFirstDay, 0), .people_act = false},
                                 named(1, "Red Andina", ""), std::move(templates),
                                 {{"estandar", std::move(strategy)}}));
  const Creditor neighbour = named(2, "Colegio San Marcos", "neighbour");
  RETURN_IF_ERROR(import_for(*world, world->creditor()));
  if (has_neighbour) {
    RETURN_IF_ERROR(world->take_in_neighbour(neighbour));
    RETURN_IF_ERROR(import_for(*world, neighbour));
  }
  for (int day = 0; day < kDays; ++day) {
    RETURN_IF_ERROR(
        world->run_until(zone.instant(kFirstDay + day, static_cast<int32_t>(7 * kHourMs))));
    if (has_neighbour) RETURN_IF_ERROR(neighbours_day(*world, neighbour, day));
    RETURN_IF_ERROR(world->run_until(zone.instant(kFirstDay + day + 1, 0)));
    RETURN_IF_ERROR(world->check());
  }
  return Lived{.own = letters_of(*world, world->creditor()),
               .neighbours = letters_of(*world, neighbour)};
}

TEST(Neighbours, AreNotNoticed) {
  const auto alone = live(false), together = live(true);
  ASSERT_TRUE(alone) << alone.error().message;
  ASSERT_TRUE(together) << together.error().message;
  EXPECT_GT(alone->own.size(), kPeople);
  EXPECT_EQ(alone->own, together->own);
  // The neighbour writes as well, and not the same: its own stops, money and pause count.
  EXPECT_GT(together->neighbours.size(), kPeople / 3);
  EXPECT_LT(together->neighbours.size(), together->own.size());
}

}  // namespace
}  // namespace puntual::sim
