// Late interest in the books: every day once, nothing of what nobody vouches for, less when money
// turns out to be older, and every balance the sum of its entries.
#include "engine/agreements.h"
#include "engine/charge_house.h"
#include "engine/compose.h"
#include "engine/explain_balance.h"
#include "engine/reverse_payment.h"

namespace puntual::engine {
namespace {

using ChargeOverdue = ChargeHouse;

// Our own export says what is owed with the charges in it: that is no news of what was paid.
TEST_F(ChargeOverdue, OurOwnBalanceReadBackChangesNothing) {
  charge_each(date_of(2025, 11, 29), date_of(2025, 12, 31));
  for (int i = 0; i < 2; ++i) {
    house.import(
        "documento;nombre;telefono;factura;valor;saldo;vence;producto\n"
        "2020;Luis Prueba;3007654321;F-2;1250000;1018359,33;2025-11-30;Crédito\n");
    EXPECT_EQ(invoice("F-2").balance_minor, 101'835'933);
    EXPECT_EQ(invoice("F-2").charged_minor, 1'835'933);
  }
  expect_sound();
}

TEST_F(ChargeOverdue, BooksEveryDayOnceAndComesToTheWorkedExample) {
  charge_each(date_of(2025, 11, 29), date_of(2025, 12, 31));
  EXPECT_EQ(invoice().charged_minor, 2'294'916);  // Thirty days.
  EXPECT_EQ(invoice().balance_minor, 127'294'916);
  EXPECT_EQ(invoice("F-2").charged_minor, 1'835'933);  // Of what the file said is left.
  round_ = {};                                         // Another process, the same day.
  charge(date_of(2025, 12, 31));
  EXPECT_EQ(invoice().charged_minor, 2'294'916);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM charge WHERE invoice_id = (SELECT id FROM invoice "
                        "WHERE number = 'F-1')"),
            30);
  const auto shown =
      house.write([&](Tx& tx) { return *explain_balance(tx, TestHouse::creditor(), "F-1"); });
  EXPECT_NE(shown.lines.back().what_es.find("25,02 % efectivo anual"), std::string::npos)
      << shown.lines.back().what_es;
  EXPECT_NE(shown.lines.back().what_es.find("diciembre de 2025"), std::string::npos);
  expect_sound();
}

TEST_F(ChargeOverdue, IsTheSameWhetherDaysAreBookedAloneOrTogether) {
  const std::vector<DebtEvent> events{{date_of(2025, 11, 1), DebtEventKind::Capital, 125'000'000}};
  const auto told = charges::interest_of(rules_->terms, rules_->table,
                                         {.due_on = date_of(2025, 11, 30),
                                          .events = events,
                                          .rests = {},
                                          .through = date_of(2026, 1, 19)});
  charge_each(date_of(2025, 12, 1), date_of(2025, 12, 28));
  charge(date_of(2026, 1, 20));
  EXPECT_EQ(invoice().charged_minor, told.total_minor());
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM charge WHERE invoice_id = (SELECT id FROM invoice "
                        "WHERE number = 'F-1')"),
            27 + 2);
  expect_sound();
}

TEST_F(ChargeOverdue, StandsStillWhereNobodyVouchesForARate) {
  charge(date_of(2026, 3, 15));
  const int64_t january = invoice().charged_minor;
  charge(date_of(2026, 3, 16));
  EXPECT_EQ(invoice().charged_minor, january);
  EXPECT_EQ(house.count("SELECT MAX(to_on) FROM charge"), date_of(2026, 1, 31).days);
  EXPECT_EQ(parts().capital_minor, 125'000'000);
  EXPECT_EQ(parts().interest_minor, january);
}

TEST_F(ChargeOverdue, ChargesNothingUnlessAgreed) {
  rules_->products = {"Crédito"};
  charge(date_of(2025, 12, 20));
  EXPECT_EQ(invoice("F-1").charged_minor, 0);
  EXPECT_GT(invoice("F-2").charged_minor, 0);
  rules_->table.confirmed_by.clear();
  charge(date_of(2025, 12, 25));
  EXPECT_EQ(house.count("SELECT MAX(to_on) FROM charge"), date_of(2025, 12, 19).days);
  house.engine.desk().charges = nullptr;
  round_ = {};
  charge(date_of(2025, 12, 30));
  EXPECT_EQ(house.count("SELECT MAX(to_on) FROM charge"), date_of(2025, 12, 19).days);
}

TEST_F(ChargeOverdue, ByTheMonthTheBalanceStaysWithinIt) {
  rules_->terms.is_monthly = true;
  charge_each(date_of(2025, 12, 1), date_of(2025, 12, 31));
  EXPECT_EQ(invoice().charged_minor, 0);
  charge(date_of(2026, 1, 1));
  EXPECT_EQ(invoice().charged_minor, 2'371'414);  // 31 days.
  expect_sound();
}

TEST_F(ChargeOverdue, WhatIsPaidAsItWasAskedIsOver) {
  rules_->terms.is_monthly = true;
  charge(date_of(2025, 12, 15));
  pay("F-1", 125'000'000, date_of(2025, 12, 15));
  EXPECT_EQ(invoice().state, InvoiceState::Paid);
  charge(date_of(2026, 1, 15));
  EXPECT_EQ(invoice().balance_minor, 0);
}

TEST_F(ChargeOverdue, MoneyThatWasOlderThanWeKnewLowersIt) {
  charge(date_of(2025, 12, 21));
  EXPECT_EQ(invoice().charged_minor, 1'529'944);  // Twenty days.
  // All that was asked for on the tenth, nine days, was paid then; the bank tells of it today.
  pay("F-1", 125'688'475, date_of(2025, 12, 10), "bank");
  EXPECT_EQ(invoice().charged_minor, 688'475);
  EXPECT_EQ(invoice().balance_minor, 0);
  EXPECT_EQ(invoice().state, InvoiceState::Paid);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment WHERE unapplied_minor > 0"), 0);
  EXPECT_EQ(house.count("SELECT amount_minor FROM charge WHERE kind = 'correction'"),
            688'475 - 1'529'944);
  expect_sound();
}

TEST_F(ChargeOverdue, APartPaidEarlierLowersOnlyItsShare) {
  charge(date_of(2025, 12, 21));
  pay("F-1", 50'764'972, date_of(2025, 12, 10), "bank");
  EXPECT_EQ(parts().capital_minor, 75'000'000);
  EXPECT_EQ(invoice().charged_minor,
            764'972 + 458'983);  // Ten days of all of it, ten of what was left.
  expect_sound();
  charge(date_of(2025, 12, 31));
  EXPECT_EQ(invoice().charged_minor, 764'972 + 2 * 458'983 + 1);  // 458,983.2 each.
  expect_sound();
}

TEST_F(ChargeOverdue, MoneyThatIsGoneAgainCountsFromTheDayItWent) {
  charge(date_of(2025, 12, 11));
  const auto paid = pay("F-1", 125'764'972, date_of(2025, 12, 11));
  charge(date_of(2025, 12, 21));
  house.write([&](Tx& tx) {
    EXPECT_TRUE(reverse_payment(tx, house.engine.desk(), TestHouse::creditor(),
                                {.payment_id = paid.payment.id,
                                 .kind = ReversalKind::Chargeback,
                                 .amount_minor = 125'764'972,
                                 .source_id = "C-1",
                                 .by = "wompi",
                                 .why = ""},
                                house.now));
  });
  EXPECT_EQ(invoice().charged_minor, 764'972);
  charge(date_of(2025, 12, 31));
  EXPECT_EQ(invoice().charged_minor, 764'972 + 688'475);  // From the 22nd to the 30th.
  EXPECT_EQ(parts().capital_minor, 125'000'000);
  expect_sound();
}

TEST_F(ChargeOverdue, RestsWhileADisputeIsOpen) {
  charge(date_of(2025, 12, 6));
  const DebtorId debtor = invoice().debtor_id;
  house.write([&](Tx& tx) {
    tx.debtors.hold(TestHouse::kCreditor, {debtor});
    tx.case_flags.set(
        TestHouse::kCreditor, debtor,
        {.flag = CaseFlag::Disputed, .since = house.now, .through = "operator", .note = ""},
        house.now, tx.ids);
  });
  charge(date_of(2025, 12, 15));
  house.write([&](Tx& tx) {
    tx.debtors.hold(TestHouse::kCreditor, {debtor});
    tx.case_flags.clear(TestHouse::kCreditor, debtor, CaseFlag::Disputed, "operator", {},
                        house.now);
  });
  charge(date_of(2025, 12, 21));
  EXPECT_EQ(invoice().charged_minor,
            764'972);  // The first five days, and the five after the fifteenth.
  expect_sound();
}

TEST_F(ChargeOverdue, APersonWaivesItAndTheCapitalStays) {
  charge(date_of(2025, 12, 11));
  const auto waive = [&](std::optional<int64_t> minor) {
    return house.store->write([&](Tx& tx) {
      return waive_charges(
          tx, house.engine.desk(), TestHouse::creditor(),
          {.invoice = "F-1", .by = "ana", .why = "error nuestro", .amount_minor = minor},
          house.now);
    });
  };
  EXPECT_EQ(waive(764'973).error().code, ErrorCode::Conflict);
  ASSERT_TRUE(waive(64'972));
  EXPECT_EQ(parts().interest_minor, 700'000);
  ASSERT_TRUE(waive({}));
  EXPECT_EQ(invoice().balance_minor, 125'000'000);
  EXPECT_EQ(waive({}).error().code, ErrorCode::Conflict);
  charge(date_of(2025, 12, 12));
  EXPECT_EQ(invoice().charged_minor, 76'497);
  expect_sound();
}

// The plan goes on, asks less at its end, and somebody is told of it; paid so it is kept.
TEST_F(ChargeOverdue, WhatIsWaivedIsAskedLessByThePlan) {
  charge_each(date_of(2025, 12, 1), date_of(2025, 12, 11));
  const int64_t owed = invoice().balance_minor, interest = invoice().charged_minor;
  const auto agreed = house.write([&](Tx& tx) {
    return make_agreement(tx, house.engine.desk(), TestHouse::creditor(),
                          {.debtor_id = invoice_in(tx).debtor_id,
                           .offer = {.instalments = {{date_of(2025, 12, 20), owed / 2},
                                                     {date_of(2026, 1, 20), owed - owed / 2}}},
                           .may_go_beyond = true,
                           .by = "ana"},
                          house.now);
  });
  const auto state = [&] {
    return house.write(
        [&](Tx& tx) { return tx.agreements.find(TestHouse::kCreditor, agreed.id)->state; });
  };
  house.write([&](Tx& tx) {
    return waive_charges(
               tx, house.engine.desk(), TestHouse::creditor(),
               {.invoice = "F-1", .by = "ana", .why = "error nuestro", .amount_minor = {}},
               house.now)
        .value();
  });
  house.tick();
  EXPECT_EQ(state(), AgreementState::Active);
  EXPECT_EQ(
      house.count("SELECT COUNT(*) FROM task WHERE kind='plan_changed' AND closed_at IS NULL"), 1);
  house.now = noon(date_of(2025, 12, 19));
  pay("F-1", owed / 2, date_of(2025, 12, 19));
  EXPECT_EQ(state(), AgreementState::Active);
  pay("F-1", owed - owed / 2 - interest, date_of(2025, 12, 19));
  EXPECT_EQ(state(), AgreementState::Kept);
  EXPECT_EQ(invoice().balance_minor, 0);
  expect_sound();
}

TEST_F(ChargeOverdue, AReceiptSaysWhatOfItWasInterest) {
  charge_each(date_of(2025, 12, 1), date_of(2025, 12, 11));
  const int64_t interest = invoice().charged_minor;
  ASSERT_GT(interest, 0);
  const auto first = pay("F-1", interest + 5'000'000, date_of(2025, 12, 11)).payment,
             second = pay("F-1", 1'000'000, date_of(2025, 12, 11)).payment;
  charge_each(date_of(2025, 12, 12), date_of(2025, 12, 20));
  const auto third = pay("F-1", 1'000, date_of(2025, 12, 20)).payment;
  const auto paid = [&](const Payment& payment) {
    return house.write([&](Tx& tx) {
      return paid_parts(tx, house.engine.desk(), TestHouse::creditor(), invoice_in(tx), payment,
                        payment.amount.minor)
          .value_or(OwedParts{});
    });
  };
  EXPECT_EQ(paid(first).interest_minor, interest);
  EXPECT_EQ(paid(first).capital_minor, 5'000'000);
  EXPECT_EQ(paid(second).capital_minor, 1'000'000);
  EXPECT_EQ(paid(third).interest_minor, 1'000);
}

// Who owes reads how much of a sum is for paying late, wherever the sum is said.
TEST_F(ChargeOverdue, IsNamedBesideTheSumInWhatIsWritten) {
  charge_each(date_of(2025, 11, 29), date_of(2025, 12, 31));
  const auto text = [&](std::string_view name) {
    return house.write([&](Tx& tx) {
      const Creditor creditor = TestHouse::creditor();
      const std::vector<Invoice> named{invoice_in(tx)};
      const Debtor debtor = *tx.debtors.find(creditor.id, named[0].debtor_id);
      return compose(tx, house.engine.desk(),
                     {.creditor = &creditor,
                      .debtor = &debtor,
                      .invoices = named,
                      .template_name = name,
                      .today = date_of(2025, 12, 31),
                      .payment_link = "https://p.example.com/F-1"})
          .value()
          .text;
    });
  };
  const std::string sum = "$ 1.272.949,16 (incluye $ 22.949,16 de intereses de mora)";
  EXPECT_TRUE(text("vencido_firme_v1").contains(sum)) << text("vencido_firme_v1");
  EXPECT_TRUE(text("respuesta_saldo_v1").contains(sum)) << text("respuesta_saldo_v1");
}

TEST_F(ChargeOverdue, TheFilesWordThatNothingIsOwedIsTheLastOne) {
  charge(date_of(2025, 12, 11));
  house.import(
      "documento;nombre;telefono;factura;valor;saldo;vence;producto\n1010;Ana "
      "Prueba;3001234567;F-1;1250000;1200000;2025-11-30;Plan\n");
  EXPECT_EQ(invoice().balance_minor, 120'764'972);
  house.import(
      "documento;nombre;telefono;factura;valor;saldo;vence;producto\n1010;Ana "
      "Prueba;3001234567;F-1;1250000;0;2025-11-30;Plan\n");
  EXPECT_EQ(invoice().balance_minor, 0);
  EXPECT_EQ(invoice().state, InvoiceState::Paid);
  expect_sound();
}

// Chile's ladder: 9 % up to ten units of 40,000; 0.2 units less where nothing reached the person
// within fifteen days.
TEST_F(ChargeOverdue, CollectionCostsComeOnceFromTheTwentyFirstDayOn) {
  for (const auto& table : charges::built_in_tables()) {
    if (table.country == "CL") rules_->table = table;
  }
  rules_->table.currency = "COP";
  rules_->table.confirmed_by = "ana";
  rules_->table.confirmed_until = date_of(2026, 1, 31);
  rules_->table.costs->units = {{date_of(2025, 1, 1), 125'000'000'000}};
  rules_->has_costs = true;
  for (CivilDate day = date_of(2025, 12, 1); day <= date_of(2025, 12, 10); day = day + 1)
    ASSERT_TRUE(house.engine.tick(noon(day)).has_value());
  house.write([&](Tx& tx) {
    tx.db.run(
        "UPDATE outbox SET delivered_at = $1 WHERE debtor_id = (SELECT debtor_id FROM invoice "
        "WHERE number = 'F-1')",
        {noon(date_of(2025, 12, 15))});
  });
  EXPECT_GT(
      house.count("SELECT COUNT(*) FROM outbox WHERE delivered_at IS NOT NULL AND urgent = 0"), 0);
  charge(date_of(2025, 12, 20));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM charge"), 0);
  charge(date_of(2025, 12, 21));
  EXPECT_EQ(parts().costs_minor, 11'250'000);  // 9 % of 1,250,000, which is ten units.
  EXPECT_EQ(parts("F-2").costs_minor,
            9'000'000 - 2'500'000);  // Nobody was reached: 9 % of a million, less 0.2 units.
  charge(date_of(2025, 12, 31));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM charge"), 2);
  pay("F-1", 61'250'000, date_of(2025, 12, 31));  // Costs first, and the rest of it capital.
  EXPECT_EQ(parts().costs_minor, 0);
  EXPECT_EQ(parts().capital_minor, 75'000'000);
  expect_sound();
}

TEST_F(ChargeOverdue, TheTableOfChargesIsAppendOnlyAndTakesNoDayTwice) {
  charge(date_of(2025, 12, 11));
  EXPECT_FALSE(
      house.store->write([&](Tx& tx) { tx.db.run("UPDATE charge SET amount_minor = 1", {}); }));
  EXPECT_FALSE(house.store->write([&](Tx& tx) { tx.db.run("DELETE FROM charge", {}); }));
  const InvoiceId id = invoice().id;
  EXPECT_FALSE(house.store->write([&](Tx& tx) {
    auto again = tx.charges.of_invoice(TestHouse::kCreditor, id).front();
    tx.debtors.hold(TestHouse::kCreditor, {again.debtor_id});
    again.id += 1;
    tx.charges.add(again);
  }));
}

TEST_F(ChargeOverdue, TaxComesOnTopOfInterestAndIsSaidWithIt) {
  rules_->terms.tax_micro_percent = 19'000'000;
  rules_->terms.tax = "IVA";
  charge_each(date_of(2025, 12, 1), date_of(2025, 12, 31));
  // 30 days at 764.972 a day are 22,949.16, and 19 % on top.
  EXPECT_EQ(invoice().charged_minor, 2'730'950);
  EXPECT_EQ(charges::included(parts(), Currency::of("COP"), "es-CO"),
            "incluye $ 27.309,50 de intereses de mora con IVA");
  house.write([&](Tx& tx) {
    EXPECT_NE(explain_balance(tx, TestHouse::creditor(), "F-1")
                  ->lines.back()
                  .what_es.find("con IVA 19 % sobre el interés"),
              std::string::npos);
  });
  expect_sound();
}

}  // namespace
}  // namespace puntual::engine
