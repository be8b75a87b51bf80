// What paying late costs is one function of the day of payment: wherever it is told, whenever it is
// learnt.
#include "engine/charge_house.h"

namespace puntual::engine {
namespace {

// Brazil's fine: a share of what is overdue, once, with what it is called.
class Fine : public ChargeHouse {
 protected:
  Fine() {
    rules_->terms = {.agreed = {.micro_percent = 0},
                     .credit = "consumo_ordinario",
                     .since = date_of(2025, 11, 1)};
    rules_->table.costs = CostLadder{.first_day = 1,
                                     .steps = {{.up_to_micro = {}, .micro_percent = 2'000'000}},
                                     .law = "CDC, art. 52, §1",
                                     .name = "multa"};
    rules_->has_costs = true;
  }
};

TEST_F(Fine, ComesOnceAndIsSaidByItsName) {
  charge_each(date_of(2025, 12, 1), date_of(2025, 12, 20));
  EXPECT_EQ(invoice().balance_minor, 125'000'000 + 2'500'000) << "2 % of 1,250,000, once";
  const OwedParts owed = parts();
  EXPECT_EQ(owed.costs_minor, 2'500'000);
  EXPECT_EQ(charges::included(owed, Currency::of("BRL"), "pt-BR"), "inclui R$ 25.000,00 de multa");
  house.write([&](Tx& tx) {
    const auto explained = explain_balance(tx, TestHouse::creditor(), "F-1");
    EXPECT_NE(explained->lines.back().what_es.find("Se suma la multa sobre"), std::string::npos)
        << explained->lines.back().what_es;
    EXPECT_NE(explained->lines.back().what_es.find("CDC, art. 52"), std::string::npos);
  });
  expect_sound();
}

TEST_F(Fine, IsNoMoreThanWasAgreedAndNothingWithinTheDaysOfGrace) {
  rules_->costs_micro_percent = 1'000'000;
  rules_->terms.grace_days = 5;
  charge_each(date_of(2025, 12, 1), date_of(2025, 12, 5));
  EXPECT_EQ(invoice().balance_minor, 125'000'000);
  charge_each(date_of(2025, 12, 6), date_of(2025, 12, 8));
  EXPECT_EQ(invoice().balance_minor, 125'000'000 + 1'250'000);
}

// The bank tells days later of what was paid in time.
TEST_F(Fine, IsNotOwedByWhoPaidInTimeHoweverLateThatIsKnown) {
  charge_each(date_of(2025, 12, 1), date_of(2025, 12, 4));
  EXPECT_EQ(invoice().balance_minor, 127'500'000);
  pay("F-1", 125'000'000, date_of(2025, 11, 30));
  EXPECT_EQ(invoice().balance_minor, 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment WHERE unapplied_minor <> 0"), 0);
  // Who paid a part in time owes the fine of the rest.
  EXPECT_EQ(invoice("F-2").balance_minor, 102'000'000);
  pay("F-2", 50'000'000, date_of(2025, 11, 30));
  EXPECT_EQ(invoice("F-2").balance_minor, 51'000'000);
  EXPECT_EQ(parts("F-2").costs_minor, 1'000'000);
  charge_each(date_of(2025, 12, 5), date_of(2025, 12, 8));
  EXPECT_EQ(invoice("F-2").balance_minor, 51'000'000) << "it does not come again";
  expect_sound();
}

// Nobody had looked at the debt before it was paid: it came in on that day, or the server was down.
TEST_F(Fine, IsOwedByWhoPaysBeforeAnybodyLooked) {
  house.now = noon(date_of(2025, 12, 3));
  pay("F-1", 125'000'000, date_of(2025, 12, 3));
  EXPECT_EQ(invoice().balance_minor, 2'500'000);
  EXPECT_EQ(parts().costs_minor, 0) << "costs are paid before capital";
  pay("F-2", 100'000'000, date_of(2025, 11, 30));
  EXPECT_EQ(invoice("F-2").balance_minor, 0) << "paid in time";
  expect_sound();
}

TEST_F(ChargeHouse, InterestOfTheDaysBeforeItIsOwedByWhoPaysBeforeAnybodyLooked) {
  house.now = noon(date_of(2025, 12, 11));
  pay("F-1", 125'764'972, date_of(2025, 12, 11));
  EXPECT_EQ(invoice().balance_minor, 0);
  EXPECT_EQ(invoice().charged_minor, 764'972);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment WHERE unapplied_minor > 0"), 0);
  expect_sound();
}

// A debt that comes in overdue is looked at on the same day.
TEST_F(ChargeHouse, ADebtThatComesInLateIsToldWithItsInterestToday) {
  charge(date_of(2025, 12, 11));
  house.import(
      "documento;nombre;telefono;factura;valor;saldo;vence;producto\n3030;Eva "
      "Prueba;3009876543;F-3;1250000;1250000;2025-11-30;Plan\n");
  house.now = house.now + 2 * kMinuteMs;
  for (bool more = true; more;)
    more = charge_overdue(*house.store, house.engine.desk(), round_, house.now).value();
  EXPECT_EQ(invoice("F-3").charged_minor, 764'972);
}

// Lei 7.089/1983: the 30th of November 2025 is a Sunday.
TEST_F(Fine, IsNotOwedOnTheBusinessDayAfterADueDateWithoutBanks) {
  rules_->due_moves = true;
  charge_each(date_of(2025, 12, 1), date_of(2025, 12, 1));
  EXPECT_EQ(invoice().balance_minor, 125'000'000);
  pay("F-2", 100'000'000, date_of(2025, 12, 1));
  charge_each(date_of(2025, 12, 2), date_of(2025, 12, 4));
  EXPECT_EQ(invoice().balance_minor, 127'500'000);
  EXPECT_EQ(invoice("F-2").balance_minor, 0);
  EXPECT_EQ(house.count("SELECT MIN(from_on) FROM charge"), date_of(2025, 12, 2).days);
}

// 8 December is a holiday in Colombia, and the 6th a Saturday.
TEST_F(ChargeHouse, InterestBeginsAfterTheHolidayThatFollowsTheDueDate) {
  rules_->due_moves = true;
  house.import(
      "documento;nombre;telefono;factura;valor;saldo;vence;producto\n3030;Eva "
      "Prueba;3009876543;F-3;1250000;1250000;2025-12-06;Plan\n");
  charge_each(date_of(2025, 12, 7), date_of(2025, 12, 12));
  EXPECT_EQ(house.count("SELECT MIN(from_on) FROM charge WHERE invoice_id = (SELECT id FROM "
                        "invoice WHERE number = 'F-3')"),
            date_of(2025, 12, 10).days);
}

// One debt, and what is paid of it. The same sums are told at once in one house and late in
// another, whose server was down.
struct PaidPart {
  CivilDate on;
  int64_t minor = 0;   // 0: all that was asked for on that day.
  int told_after = 0;  // Days.
  int64_t hour = 12;
};

struct Outcome {
  int64_t balance = 0, charged = 0, costs = 0, unapplied = 0;
  bool operator==(const Outcome&) const = default;
};
void PrintTo(const Outcome& of, std::ostream* out) {
  *out << fmt::format("balance {} charged {} costs {} unapplied {}", of.balance, of.charged,
                      of.costs, of.unapplied);
}

class ToldLate : public ChargeHouse {
 public:
  static constexpr int kDebts = 24;
  using Plans = std::vector<std::vector<PaidPart>>;
  void TestBody() override {}

  explicit ToldLate(uint64_t seed) {
    SeededRandom random(seed);
    rules_->terms.is_monthly = seed % 2 == 1;
    rules_->terms.grace_days = static_cast<int32_t>(random.below(4));
    rules_->terms.capital_first = random.below(2) == 1;
    rules_->due_moves = random.below(2) == 1;
    rules_->has_costs = random.below(3) > 0;
    rules_->table.costs = CostLadder{.first_day = 1,
                                     .steps = {{.up_to_micro = {}, .micro_percent = 2'000'000}},
                                     .law = "CDC, art. 52, §1",
                                     .name = "multa"};
    std::string file = "documento;nombre;telefono;factura;valor;saldo;vence;producto\n";
    for (int i = 0; i < kDebts; ++i) {
      file += fmt::format("{};Prueba {};30012{:05};D-{};1000000;1000000;{};Plan\n", 5000 + i, i, i,
                          i, format_date(kFirst + 2 + static_cast<int32_t>(random.below(12))));
    }
    house.import(file);
  }

  static Plans plans(uint64_t seed) {
    SeededRandom random(seed + 1000);
    Plans all(kDebts);
    for (auto& debt : all) {
      for (int i = static_cast<int>(random.below(4)); i > 0; --i) {
        debt.push_back(
            {.on = kFirst + static_cast<int32_t>(random.below(36)),
             .minor = random.below(2) == 0 ? 0 : 1 + static_cast<int64_t>(random.below(40'000'000)),
             .told_after = static_cast<int>(random.below(7)),
             .hour = static_cast<int64_t>(random.below(24))});
      }
    }
    return all;
  }

  // Fills in what was asked for; whoever paid it owes nothing from then on.
  std::vector<Outcome> live(Plans& paid, int down_days, bool is_late) {
    for (CivilDate day = kFirst; day <= kFirst + 50; day = day + 1) {
      if (day >= kFirst + down_days) charge(day);
      for (size_t i = 0; i < paid.size(); ++i) {
        for (auto& one : paid[i]) {
          if (one.on + (is_late ? one.told_after : 0) == day) tell(i, one, day, is_late);
        }
      }
    }
    std::vector<Outcome> ends;
    for (size_t i = 0; i < paid.size(); ++i) ends.push_back(end_of(i));
    expect_sound();
    return ends;
  }

 private:
  inline static const CivilDate kFirst = date_of(2025, 11, 26);

  void tell(size_t debt, PaidPart& part, CivilDate day, bool is_late) {
    house.now = Zone::of("America/Bogota").instant(day, part.hour * kHourMs);
    const std::string number = fmt::format("D-{}", debt);
    const bool is_all = part.minor == 0 && !is_late;
    const OwedParts told = parts(number);
    if (is_all) part.minor = told.capital_minor + told.interest_minor + told.costs_minor;
    if (part.minor == 0) return;
    pay(number, part.minor, part.on);
    if (is_all) {
      EXPECT_EQ(invoice(number).state, InvoiceState::Paid) << number;
    }
  }
  Outcome end_of(size_t debt) {
    const Invoice one = invoice(fmt::format("D-{}", debt));
    const auto sum = [&](store::Sql sql, int64_t of) {
      return house.write([&](Tx& tx) {
        auto rows = tx.db.query(sql, {of});
        return rows.next() ? rows.integer(0) : -1;
      });
    };
    return {.balance = one.balance_minor,
            .charged = one.charged_minor,
            .costs = sum("SELECT COALESCE(SUM(amount_minor), 0) FROM charge WHERE kind = "
                         "'collection_cost' AND invoice_id = $1",
                         one.id.value),
            .unapplied =
                sum("SELECT COALESCE(SUM(unapplied_minor), 0) FROM payment WHERE debtor_id = $1",
                    one.debtor_id.value)};
  }
};

TEST(ChargeProperty, WhatIsOwedIsTheSameInWhateverOrderPaymentsAreTold) {
  for (uint64_t seed = 0; seed < 8; ++seed) {
    auto paid = ToldLate::plans(seed);
    const auto prompt = ToldLate(seed).live(paid, 0, false);
    const auto late = ToldLate(seed).live(paid, static_cast<int>(seed) * 3, true);
    for (size_t i = 0; i < paid.size(); ++i) {
      std::string what;
      for (const auto& one : paid[i])
        what += fmt::format("{} paid {}, told {} days after; ", format_date(one.on), one.minor,
                            one.told_after);
      EXPECT_EQ(prompt[i], late[i]) << "seed " << seed << " D-" << i << ": " << what;
    }
  }
}

}  // namespace
}  // namespace puntual::engine
