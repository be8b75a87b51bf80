// "Tiene razón": the books, the plan, the file that has not heard of it, and what the person is
// told.
#include "engine/correct_invoice.h"

#include <algorithm>

#include "engine/assign_payment.h"
#include "engine/charge_house.h"
#include "engine/explain_balance.h"
#include "engine/note.h"
#include "engine/settle_payments.h"
#include "engine/suspend.h"
#include "engine/task_commands.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

class TheyAreRight : public ::testing::Test {
 protected:
  TheyAreRight() { house.add_people(2); }

  Result<CorrectedInvoice> correct(std::optional<int64_t> pesos,
                                   std::string why = "se cobró dos veces",
                                   std::string_view number = "F-0001") {
    return house.store->write([&](Tx& tx) {
      return correct_invoice(tx, house.engine.desk(), TestHouse::creditor(),
                             {.invoice = std::string(number),
                              .by = "ana",
                              .why = std::move(why),
                              .amount_minor = pesos ? std::optional(*pesos * 100) : std::nullopt},
                             house.now);
    });
  }
  PaymentId pay(int64_t pesos, const std::string& id = "P") {
    return house.write([&](Tx& tx) -> Result<PaymentId> {
      ASSIGN_OR_RETURN(const auto done,
                       record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                                      {.source = "api",
                                       .source_id = id,
                                       .reference = "F-0001",
                                       .debtor_id = {},
                                       .amount = {pesos * 100, Currency::of("COP")},
                                       .method = "PSE",
                                       .paid_on = date_of(2026, 11, 24)},
                                      house.now));
      return done.payment.id;
    });
  }
  int64_t dispute(int person = 1) {
    return house.write([&](Tx& tx) {
      const auto debtor =
          tx.invoices.find_by_number(TestHouse::kCreditor, fmt::format("F-{:04}", person))
              ->debtor_id;
      tx.debtors.hold(TestHouse::kCreditor, {debtor});
      suspend(tx, TestHouse::kCreditor, debtor,
              {.kind = store::SuspensionKind::Dispute,
               .since = house.now,
               .until = {},
               .through = "chat"},
              house.now);
      tx.case_flags.set(
          TestHouse::kCreditor, debtor,
          {.flag = CaseFlag::Disputed, .since = house.now, .through = "chat", .note = ""},
          house.now, tx.ids);
      return raise_task(tx, TestHouse::kCreditor, debtor, store::TaskKind::Dispute, "No la debe",
                        house.now);
    });
  }
  int64_t owed(std::string_view number = "F-0001") {
    return house.write([&](Tx& tx) {
      return tx.invoices.find_by_number(TestHouse::kCreditor, number)->balance_minor / 100;
    });
  }
  ImportReport file(int64_t amount, int64_t balance) {
    return house.import(std::string(TestHouse::kTitles) + TestHouse::row(1, 1, amount, balance));
  }
  void expect_sound() {
    house.write(
        [&](Tx& tx) { EXPECT_TRUE(tx.ledger.mismatches(TestHouse::kCreditor, 9).empty()); });
    EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment p WHERE amount_minor - unapplied_minor - "
                          "returned_minor <> (SELECT COALESCE(SUM(amount_minor),0) "
                          "FROM allocation a WHERE a.payment_id=p.id)"),
              0);
  }

  TestHouse house;
};

TEST_F(TheyAreRight, OwesTheRightAmountAndTheBooksSayWhoSaidSo) {
  pay(30'000);
  const auto done = correct(80'000);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->from_minor, 15'000'000);
  EXPECT_EQ(done->invoice.amount.minor, 8'000'000);
  EXPECT_EQ(owed(), 50'000);
  expect_sound();
  const auto lines = house.write(
      [&](Tx& tx) { return explain_balance(tx, TestHouse::creditor(), "F-0001").value().lines; });
  ASSERT_EQ(lines.size(), 3U) << "what was paid stays where it is";
  EXPECT_EQ(lines[2].what_es, "Se corrigió el valor (ana: se cobró dos veces)");
  EXPECT_EQ(lines[2].change_minor, -7'000'000);
}

// "It went to another invoice" is looked for there, and in vain where it waits for its person.
TEST_F(TheyAreRight, TheBooksSayWhereTheirMoneyWent) {
  house.import(std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 150'000, 150'000) +
               TestHouse::row(1, 7, 150'000, 150'000));
  const auto texts = [&] {
    return house.write([&](Tx& tx) {
      const auto explained = explain_balance(tx, TestHouse::creditor(), "F-0001");
      std::string all;
      for (const auto& line : explained->lines) all += line.what_es + "|";
      return all;
    });
  };
  const PaymentId payment = pay(100'000);
  const auto assigned = house.store->write([&](Tx& tx) {
    return assign_payment(tx, house.engine.desk(), TestHouse::creditor(),
                          {.payment_id = payment,
                           .shares = {{.invoice = "F-0007", .amount_minor = 10'000'000}},
                           .by = "ana",
                           .why = "era de la otra"},
                          house.now);
  });
  ASSERT_TRUE(assigned) << assigned.error().message;
  EXPECT_TRUE(texts().contains("Pago que pasó a otra factura (")) << texts();
  EXPECT_FALSE(texts().contains("pasó a saldo a favor")) << texts();

  ASSERT_TRUE(correct({}, "no la debe", "F-0007"));
  const auto other = house.write(
      [&](Tx& tx) { return explain_balance(tx, TestHouse::creditor(), "F-0007").value().lines; });
  EXPECT_TRUE(std::ranges::any_of(other, [](const auto& line) {
    return line.what_es.starts_with("Pago que pasó a otra factura (");
  })) << "it pays the first one again";
  house.now = house.now + kHourMs;
  ASSERT_TRUE(correct({}, "tampoco la debe"));
  EXPECT_TRUE(texts().contains("Pago que pasó a saldo a favor (")) << texts();
  EXPECT_EQ(owed("F-0001") + owed("F-0007"), 0);
  expect_sound();
}

TEST_F(TheyAreRight, WhatWasPaidTooMuchIsThePersonsAndPaysTheirOtherDebts) {
  house.import(std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 150'000, 150'000) +
               TestHouse::row(1, 7, 40'000, 40'000));
  pay(100'000);
  ASSERT_TRUE(correct(30'000));
  EXPECT_EQ(owed(), 0);
  EXPECT_EQ(owed("F-0007"), 0) << "40.000 of the 70.000 that were too much";
  EXPECT_EQ(house.count("SELECT unapplied_minor FROM payment"), 3'000'000);
  EXPECT_EQ(
      house.count("SELECT COUNT(*) FROM task WHERE kind='extra_payment' AND closed_at IS NULL"), 1);
  expect_sound();
}

TEST_F(TheyAreRight, AWithdrawnInvoiceIsAskedForNoMoreWhateverTheOldFileSays) {
  pay(20'000);
  const auto done = correct({});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(owed(), 0);
  EXPECT_EQ(house.count("SELECT unapplied_minor FROM payment"), 2'000'000);
  expect_sound();
  EXPECT_EQ(file(150'000, 150'000).rejected, 0) << "the same figure again is no news";
  EXPECT_EQ(owed(), 0);
  EXPECT_EQ(file(150'000, 130'000).rejected, 0) << "nor with what the file knows to be paid";
  EXPECT_EQ(owed(), 0);
  const auto other = file(152'000, 152'000);
  EXPECT_EQ(other.rejected, 1);
  EXPECT_NE(other.rejects.find("ana la retiró"), std::string::npos) << other.rejects;
  EXPECT_EQ(owed(), 0);
  house.tick();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox o WHERE purpose IN ('overdue','pre_due') AND "
                        "state <> 'cancelled' AND lead_invoice_id = (SELECT id FROM invoice WHERE "
                        "number='F-0001')"),
            0);
  expect_sound();
}

TEST_F(TheyAreRight, ACorrectedAmountHoldsUntilTheFileLowersIt) {
  ASSERT_TRUE(correct(80'000));
  EXPECT_EQ(file(150'000, 150'000).unchanged, 1);
  EXPECT_EQ(owed(), 80'000);
  EXPECT_EQ(file(160'000, 160'000).rejected, 1) << "it has not heard of it";
  EXPECT_EQ(owed(), 80'000);
  EXPECT_EQ(file(75'000, 75'000).updated, 1);
  EXPECT_EQ(owed(), 75'000);
  EXPECT_EQ(file(150'000, 150'000).updated, 1) << "the correction is past: the file's word again";
  EXPECT_EQ(owed(), 150'000);
  expect_sound();
}

TEST_F(TheyAreRight, CanBeTakenBackUpToWhatTheFileTells) {
  ASSERT_TRUE(correct(80'000));
  ASSERT_TRUE(correct({}, "no era suya"));
  EXPECT_EQ(correct({}).error().code, ErrorCode::Conflict);
  EXPECT_EQ(correct(150'001).error().code, ErrorCode::Invalid);
  EXPECT_EQ(correct(0).error().code, ErrorCode::Invalid);
  EXPECT_EQ(correct(1, "").error().code, ErrorCode::Invalid);
  ASSERT_TRUE(correct(150'000, "la retiramos por error"));
  EXPECT_EQ(owed(), 150'000);
  EXPECT_EQ(file(160'000, 160'000).updated, 1) << "nothing stands against the file any more";
  expect_sound();
}

TEST_F(TheyAreRight, ClosesTheDisputeAndTellsThemOnce) {
  const int64_t task = dispute();
  const auto done = correct(80'000);
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_TRUE(done->closed_dispute);
  EXPECT_TRUE(done->is_told);
  house.write([&](Tx& tx) {
    const auto closed = *tx.tasks.find(TestHouse::kCreditor, task);
    EXPECT_EQ(closed.outcome, "right");
    EXPECT_EQ(closed.closed_by, "ana");
    EXPECT_EQ(tx.suspensions.active(TestHouse::kCreditor, closed.debtor_id, house.now).size(), 0U);
    EXPECT_EQ(tx.case_flags.active(TestHouse::kCreditor, closed.debtor_id), 0);
  });
  const auto told = house.messages().back();
  EXPECT_EQ(told.template_name, "reclamo_corregido_v1");
  EXPECT_EQ(told.purpose, Purpose::PaymentConfirmation);
  EXPECT_NE(told.text.find("80.000"), std::string::npos) << told.text;
  house.tick();
  EXPECT_EQ(house.messages().back().state, MessageState::InFlight)
      << house.messages().back().reasons;
}

TEST_F(TheyAreRight, SaysSoInTheOpenChatAndAlsoThatNothingIsOwed) {
  dispute();
  house.deliver(TestHouse::said(1, "wamid.1", "Gracias"));
  house.tick();
  ASSERT_TRUE(correct({}));
  const auto told = house.messages().back();
  EXPECT_EQ(told.template_name, "reclamo_sin_saldo_v1");
  EXPECT_EQ(told.purpose, Purpose::Reply);
  EXPECT_NE(told.text.find("no queda nada por pagar"), std::string::npos) << told.text;
}

TEST_F(TheyAreRight, ADisputeEndsSoOnlyByTheBooks) {
  const int64_t task = dispute();
  const auto closed = house.store->write([&](Tx& tx) {
    return close_task(tx, TestHouse::creditor(), task, TaskOutcome::Right, "ana", house.now);
  });
  EXPECT_EQ(closed.error().code, ErrorCode::Conflict);
}

using TheyAreRightAboutInterest = ChargeHouse;

TEST_F(TheyAreRightAboutInterest, InterestIsAsIfTheRightAmountHadBeenAskedForFromTheStart) {
  charge_each(date_of(2025, 11, 26), date_of(2025, 12, 31));
  const int64_t charged = invoice().charged_minor;
  ASSERT_GT(charged, 0);
  pay("F-1", charged + 10'000'000, date_of(2025, 12, 31));
  const auto correct = [&](std::optional<int64_t> minor) {
    house.write([&](Tx& tx) {
      ASSERT_TRUE(correct_invoice(
          tx, house.engine.desk(), TestHouse::creditor(),
          {.invoice = "F-1", .by = "ana", .why = "mal facturada", .amount_minor = minor},
          house.now));
    });
  };
  correct(62'500'000);
  EXPECT_NEAR(static_cast<double>(invoice().charged_minor), static_cast<double>(charged) / 2, 2);
  EXPECT_EQ(invoice().balance_minor, 62'500'000 + invoice().charged_minor - charged - 10'000'000);
  expect_sound();
  correct({});
  EXPECT_EQ(invoice().charged_minor, 0);
  EXPECT_EQ(invoice().balance_minor, 0);
  EXPECT_EQ(house.count("SELECT unapplied_minor FROM payment"), charged + 10'000'000);
  expect_sound();
}

TEST_F(TheyAreRightAboutInterest, OfWhatWasNeverOwedNoneIsLeftThoughNoRatesHoldToday) {
  charge_each(date_of(2025, 11, 26), date_of(2025, 12, 31));
  ASSERT_GT(invoice().charged_minor, 0);
  house.engine.desk().charges = {};
  house.write([&](Tx& tx) {
    ASSERT_TRUE(correct_invoice(
        tx, house.engine.desk(), TestHouse::creditor(),
        {.invoice = "F-1", .by = "ana", .why = "no se debía", .amount_minor = {}}, house.now));
  });
  EXPECT_EQ(invoice().charged_minor, 0);
  EXPECT_EQ(invoice().balance_minor, 0);
  expect_sound();
}

}  // namespace
}  // namespace puntual::engine
