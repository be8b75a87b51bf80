// For the tests of this folder only: a house in which paying late costs something.
#pragma once

#include <gtest/gtest.h>

#include "engine/charge_overdue.h"
#include "engine/explain_balance.h"
#include "engine/test_house.h"

namespace puntual::engine {

// A debt of 1,250,000 that was due on the 30th of November 2025; December's ceiling is 25.02 %:
// 764.972 pesos a day.
class ChargeHouse : public testing::Test {
 protected:
  ChargeHouse() {
    auto rules = std::make_shared<ChargeRules>();
    for (const auto& table : charges::built_in_tables()) {
      if (table.country == "CO") rules->table = table;
    }
    rules->table.confirmed_by = "ana";
    rules->table.round_minor = 1;  // As the worked examples are.
    rules->table.confirmed_until = date_of(2026, 1, 31);
    rules->terms = {.agreed = {.micro_percent = 90'000'000},
                    .credit = "consumo_ordinario",
                    .since = date_of(2025, 11, 1)};
    rules->evidence = "Contrato, cláusula 7";
    house.engine.desk().charges = rules;
    rules_ = rules;
    house.now = noon(date_of(2025, 11, 25));
    house.import(
        "documento;nombre;telefono;factura;valor;saldo;vence;producto\n"
        "1010;Ana Prueba;3001234567;F-1;1250000;1250000;2025-11-30;Plan\n"
        "2020;Luis Prueba;3007654321;F-2;1250000;1000000;2025-11-30;Crédito\n");
  }

  static Instant noon(CivilDate day) {
    return Zone::of("America/Bogota").instant(day, 12 * 60 * 60'000);
  }
  void charge(CivilDate day) {
    house.now = noon(day);
    for (;;) {
      const auto more = charge_overdue(*house.store, house.engine.desk(), round_, house.now);
      ASSERT_TRUE(more.has_value()) << more.error().message;
      if (!*more) return;
    }
  }
  void charge_each(CivilDate from, CivilDate to) {
    for (CivilDate day = from; day <= to; day = day + 1) charge(day);
  }
  static Invoice invoice_in(Tx& tx) {
    return *tx.invoices.find_by_number(TestHouse::kCreditor, "F-1");
  }
  Invoice invoice(std::string_view number = "F-1") {
    return house.write(
        [&](Tx& tx) { return *tx.invoices.find_by_number(TestHouse::kCreditor, number); });
  }
  OwedParts parts(std::string_view number = "F-1") {
    return house.write([&](Tx& tx) {
      return owed_parts(tx, house.engine.desk(), TestHouse::creditor(),
                        *tx.invoices.find_by_number(TestHouse::kCreditor, number));
    });
  }
  SettledPayment pay(std::string_view number, int64_t minor, CivilDate on,
                     std::string_view source = "api") {
    return house.write([&](Tx& tx) {
      return record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                            {.source = std::string(source),
                             .source_id = fmt::format("P-{}", ++payments_),
                             .reference = std::string(number),
                             .amount = {minor, Currency::of("COP")},
                             .method = "PSE",
                             .paid_on = on},
                            house.now)
          .value();
    });
  }
  void expect_sound() {
    house.write([&](Tx& tx) {
      EXPECT_EQ(tx.ledger.mismatches(TestHouse::kCreditor, 10), std::vector<std::string>());
      for (const auto* const number : {"F-1", "F-2"})
        EXPECT_TRUE(explain_balance(tx, TestHouse::creditor(), number)->adds_up()) << number;
    });
  }

  TestHouse house;
  std::shared_ptr<ChargeRules> rules_;
  ChargeRound round_;
  int payments_ = 0;
};

}  // namespace puntual::engine
