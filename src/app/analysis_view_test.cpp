// The figures of the analysis against the books: to the cent, whatever has happened to the money.
#include "app/analysis_view.h"

#include "app/agreement_job.h"
#include "app/figure_people.h"
#include "app/payment_job.h"
#include "app/payments_job.h"
#include "app/test_house.h"
#include "core/messaging/price.h"

namespace puntual {
namespace {

using Names = std::vector<std::string>;

class AnalysisTest : public JobHouse {
 protected:
  AnalysisTest() {
    import(
        "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n"
        "José Peña;10.000.001;+573000000001;FE-1;10/11/2026;150.000,55;150.000,55;COP\n"
        "José Peña;10.000.001;+573000000001;FE-2;10/09/2026;80.000;30.000;COP\n"
        "Ana Ruiz;10.000.002;+573000000002;FE-3;24/12/2026;90.000;90.000;COP\n"
        "Luz Gil;10.000.003;+573000000003;FE-4;01/06/2026;70.000,01;70.000,01;COP\n");
  }
  int64_t pay(std::string_view invoice, int64_t minor, std::string_view paid_on) {
    const auto answer = run_payment_job(
        *store, *desk, creditor,
        fmt::format(
            R"({{"invoice":"{}","amount_minor":{},"currency":"COP","id":"p{}","paid_on":"{}"}})",
            invoice, minor, ++payments_, paid_on),
        now);
    EXPECT_TRUE(answer) << answer.error().message;
    return std::stoll(text_in(*parse_json(*answer), "id"));
  }
  // The house's first word to whom the invoice is of.
  void write_to(std::string_view invoice, Instant at, std::string_view purpose = "overdue") {
    ASSERT_TRUE(store->write([&](Tx& tx) {
      const auto debtor = tx.invoices.find_by_number(creditor.id, invoice)->debtor_id;
      tx.db.run(
          "INSERT INTO outbox (id, creditor_id, debtor_id, dedupe_key, state, purpose, kind, "
          "urgent, template, language, step, strategy_version, template_version, pack_version, "
          "lead_invoice_id, covered, payment_id, balance_minor, currency, ttl_seconds, planned_at, "
          "not_before, expires_at, in_flight_at, platform_id) VALUES "
          "($2,$1,$3,$5,'sent',$6,'template',0,'','','','','','',0,'',0,0,'COP',0,$4,$4,$4,$4,$5)",
          {creditor.id, tx.ids.next<Id<struct ATag>>(at), debtor, at,
           fmt::format("{} {} {}", invoice, purpose, at.ms), std::string(purpose)});
    }));
  }
  json::value figures(std::string_view days = "") {
    const auto shown = analysis_view(*store, creditor, days, now);
    EXPECT_TRUE(shown);
    return *parse_json(shown.value_or("{}"));
  }
  int64_t booked(Account account) {
    return *store->read([&](Tx& tx) { return tx.ledger.balance(creditor.id, account, "COP"); });
  }
  void expect_the_ledgers_sums() {
    const auto shown = figures();
    int64_t aged = 0;
    for (const auto& one : *member_array(shown, "aging")) aged += *member_int(one, "owed_minor");
    EXPECT_EQ(aged, booked(Account::Receivable));
    const auto& money = member_array(shown, "money")->at(0);
    EXPECT_EQ(member_int(money, "owed_minor"), booked(Account::Receivable));
    EXPECT_EQ(*member_int(money, "recovered_minor") + *member_int(money, "paid_before_minor"),
              booked(Account::Cash) + booked(Account::Unapplied));
    int64_t recovered = 0, owed = 0;
    for (const auto& cohort : *member_array(money, "cohorts")) {
      int64_t of_periods = 0;
      for (const auto& minor : *member_array(cohort, "periods")) of_periods += minor.as_int64();
      EXPECT_EQ(of_periods, member_int(cohort, "recovered_minor")) << to_json(cohort);
      recovered += of_periods;
      owed += *member_int(cohort, "owed_minor");
    }
    EXPECT_EQ(recovered, member_int(money, "recovered_minor"));
    EXPECT_EQ(owed, member_int(money, "owed_minor"));
  }
  json::value people(const FigureQuery& query) {
    const auto shown = figure_people_view(*store, creditor, query, now);
    EXPECT_TRUE(shown) << shown.error().message;
    return *parse_json(shown.value_or("{}"));
  }
  static int64_t total(const json::value& list, std::string_view column) {
    for (const auto& one : *member_array(list, "columns")) {
      if (text_in(one, "name") == column) return *member_int(one, "total");
    }
    ADD_FAILURE() << "no column " << column;
    return -1;
  }
  static std::vector<std::string> names(const json::value& list) {
    std::vector<std::string> found;
    for (const auto& one : *member_array(list, "rows")) found.push_back(text_in(one, "name"));
    return found;
  }
  int payments_ = 0;
};

TEST_F(AnalysisTest, EverySumIsTheLedgers) {
  expect_the_ledgers_sums();
  write_to("FE-4", now - 200 * kDayMs);
  pay("FE-1", 4'000'033, "2026-11-20");
  pay("FE-2", 9'000'000, "2026-11-23");  // More than it owes: the rest pays another, or waits.
  const int64_t gone = pay("FE-4", 7'000'001, "2026-07-15");
  expect_the_ledgers_sums();
  const auto back = run_payments_job(
      *store, *desk, creditor,
      fmt::format(
          R"({{"action":"reverse","subject":"{}","kind":"refund","amount_minor":2000000,"id":"r1","by":"ana","why":"devuelto"}})",
          gone),
      now);
  ASSERT_TRUE(back) << back.error().message;
  expect_the_ledgers_sums();
  const auto here = run_payments_job(
      *store, *desk, creditor,
      fmt::format(
          R"({{"action":"reverse","subject":"{}","kind":"reinstated","by":"ana","why":"la devolución no llegó"}})",
          gone),
      now);
  ASSERT_TRUE(here) << here.error().message;
  EXPECT_EQ(member_int(*parse_json(*here), "returned_minor"), 0)
      << "all that had gone back, when no sum is said";
  expect_the_ledgers_sums();
}

TEST_F(AnalysisTest, ACohortAddsUpAndSaysWhenItWasPaid) {
  write_to("FE-4", now - 200 * kDayMs);
  pay("FE-4", 7'000'001, "2026-07-15");
  const auto shown = figures("30");
  const auto& money = member_array(shown, "money")->at(0);
  const auto& june = member_array(money, "cohorts")->at(0);
  EXPECT_EQ(text_in(june, "due"), "2026-06");
  EXPECT_EQ(member_array(june, "periods")->at(2).as_int64(), 7'000'001)
      << "44 days late: within 60";
  EXPECT_EQ(member_int(money, "recovered_since_minor"), 0) << "paid before the 30 days";
  const auto& september = member_array(money, "cohorts")->at(1);
  EXPECT_EQ(member_int(september, "elsewhere_minor"), 5'000'000) << "what the file says was paid";
  EXPECT_EQ(member_int(september, "owed_minor"), 3'000'000);
}

// An owner loaded the cartera and then two years of payments, and the page claimed them all.
TEST_F(AnalysisTest, WhatWasPaidBeforeTheFirstMessageIsNotRecovered) {
  const auto expect = [&](int64_t recovered, int64_t before, int64_t elsewhere) {
    const auto shown = figures();
    const auto& money = member_array(shown, "money")->at(0);
    EXPECT_EQ(member_int(money, "recovered_minor"), recovered);
    EXPECT_EQ(member_int(money, "recovered_since_minor"), recovered);
    EXPECT_EQ(member_int(money, "paid_before_minor"), before);
    const auto& june = member_array(money, "cohorts")->at(0);
    EXPECT_EQ(text_in(june, "due"), "2026-06");
    EXPECT_EQ(member_int(june, "recovered_minor"), recovered);
    EXPECT_EQ(member_int(june, "elsewhere_minor"), elsewhere);
    expect_the_ledgers_sums();
  };
  const CivilDate today = Zone::of(creditor.zone).local(now).date;
  const auto add = [&](int64_t minor, int days) { pay("FE-4", minor, format_date(today + days)); };
  add(1'000'000, -3);
  expect(0, 1'000'000, 1'000'000);  // To whom nothing was ever said.
  write_to("FE-4", now - kDayMs, "payment_confirmation");
  add(1'000'000, 0);
  expect(0, 2'000'000, 2'000'000);  // Thanks are not asking.
  write_to("FE-4", now - kDayMs);
  expect(1'000'000, 1'000'000, 1'000'000);
  add(500'000, -1);
  expect(1'000'000, 1'500'000, 1'500'000);  // Of the same day it is not known which came first.
  write_to("FE-1", now - 9 * kDayMs);
  expect(1'000'000, 1'500'000, 1'500'000);  // What others heard is not theirs.
}

// A file of payments that is loaded after the reminder went tells days, and none of it paid because
// of the reminder.
TEST_F(AnalysisTest, WhoPaidBeforeTheReminderDidNotPayAfterIt) {
  const auto paid_after = [&](std::string_view day) {
    import(fmt::format(
        "Factura;Fecha de pago;Valor pagado;Medio;ID transacción\nFE-1;{0};10.000,00;PSE;T-{0}\n",
        day));
    return *member_int(*member(figures(), "funnel"), "paid");
  };
  write_to("FE-1", now);
  EXPECT_EQ(paid_after("20/11/2026"), 0);
  const auto day = Zone::of(creditor.zone).local(now).date;
  EXPECT_EQ(paid_after(format_date(day)), 0) << "of the same day it is not known which came first";
  EXPECT_EQ(paid_after(format_date(day + 1)), 1);
}

// What is owed over what was billed in 90 days; what comes due later, or came due before, is not
// billed in them.
TEST_F(AnalysisTest, DaysOfSalesOutstandingAreOfTheLastNinetyDaysBilling) {
  const int64_t billed = 15'000'055 + 8'000'000;  // FE-1 and FE-2.
  const auto expect_days = [&] {
    const auto shown = figures();
    const auto& money = member_array(shown, "money")->at(0);
    EXPECT_EQ(member_int(money, "billed_minor"), billed);
    EXPECT_DOUBLE_EQ(
        member(money, "dso")->to_number<double>(),
        static_cast<double>(booked(Account::Receivable)) * 90 / static_cast<double>(billed));
  };
  expect_days();
  pay("FE-1", 15'000'055, "2026-11-23");
  expect_days();
}

TEST_F(AnalysisTest, WhatMessagesCostIsTheListsPriceOfWhatWasDelivered) {
  const auto add = [&](std::string_view kind, std::optional<Instant> delivered_at, int64_t n) {
    ASSERT_TRUE(store->write([&](Tx& tx) {
      const auto debtor = tx.invoices.find_by_number(creditor.id, "FE-1")->debtor_id;
      tx.db.run(
          "INSERT INTO outbox (id, creditor_id, debtor_id, dedupe_key, state, purpose, kind, "
          "urgent, template, language, step, strategy_version, template_version, pack_version, "
          "lead_invoice_id, covered, payment_id, balance_minor, currency, ttl_seconds, planned_at, "
          "not_before, expires_at, in_flight_at, platform_id, delivered_at) VALUES "
          "($2,$1,$3,$5,'sent','overdue',$6,0,'','','','','','',0,'',0,0,'COP',0,$4,$4,$4,$4,$5,$"
          "7)",
          {creditor.id, tx.ids.next<Id<struct ATag>>(now), debtor, now, fmt::format("k{}", n),
           std::string(kind), delivered_at});
    }));
  };
  add("template", now, 1);
  add("template", now + kMinuteMs, 2);
  add("text", now, 3);
  add("template", std::nullopt, 4);  // What never arrived is not paid for.
  const CivilDate day = Zone::of(creditor.zone).local(now).date;
  const int64_t reminder = messaging::price_usd_micros("CO", "utility", day);
  ASSERT_GT(reminder, 0);
  const auto shown = figures();
  const auto& cost = *member(shown, "cost");
  EXPECT_EQ(member_int(cost, "delivered"), 3);
  EXPECT_EQ(member_int(cost, "usd_micros"),
            2 * reminder + messaging::price_usd_micros("CO", "service", day));
  const auto& of_pesos = member_array(cost, "by_currency")->at(0);
  EXPECT_EQ(text_in(of_pesos, "currency"), "COP");
  EXPECT_EQ(member_int(of_pesos, "usd_micros"), member_int(cost, "usd_micros"));
  EXPECT_EQ(total(people({.figure = "delivered"}), "messages"), 3);
  const auto& funnel = *member(shown, "funnel");
  EXPECT_EQ(member_int(funnel, "sent"), 1) << "people, not messages";
  EXPECT_EQ(member_int(funnel, "delivered"), 1);
  EXPECT_EQ(member_int(funnel, "read"), 0);
}

TEST_F(AnalysisTest, PromisesAreCountedByHowTheyStandAndForTheirInstalments) {
  const auto made = run_agreement_job(
      *store, *desk, creditor,
      R"({"action":"make","subject":"FE-3","by":"operator","through":"operator","words":"El viernes pago.","instalments":[{"due_on":"2026-11-27","amount_minor":9000000}]})",
      {}, now);
  ASSERT_TRUE(made) << made.error().message;
  const auto count = [&](std::string_view state) {
    int64_t found = 0;
    const auto shown = figures();
    for (const auto& one : *member_array(shown, "agreements")) {
      if (text_in(one, "state") != state) continue;
      EXPECT_EQ(text_in(one, "kind"), "promise");
      EXPECT_EQ(member_int(one, "amount_minor"), 9'000'000);
      found += *member_int(one, "count");
    }
    return found;
  };
  EXPECT_EQ(count("active"), 1);
  pay("FE-3", 9'000'000, "2026-11-24");
  EXPECT_EQ(count("kept"), 1) << "by the books, as soon as the money is there";
  const auto kept = people({.figure = "agreements", .of = "promise-kept", .currency = "COP"});
  EXPECT_EQ(total(kept, "agreements"), 1);
  EXPECT_EQ(total(kept, "amount"), 9'000'000);
  EXPECT_EQ(names(kept), Names{"Ana Ruiz"});
  EXPECT_EQ(count("active"), 0);
}

// What stands in a cohort's row is what its people add up to, to the cent.
TEST_F(AnalysisTest, BehindAMonthStandItsPeopleAndTheirSumsAreItsOwn) {
  write_to("FE-1", now - 9 * kDayMs);
  pay("FE-1", 4'000'033, "2026-11-20");
  write_to("FE-4", now - 200 * kDayMs);
  pay("FE-4", 1'000'000, "2026-07-15");
  const auto shown = figures();
  const auto& money = member_array(shown, "money")->at(0);
  int64_t people_of_all = 0;
  for (const auto& cohort : *member_array(money, "cohorts")) {
    const auto list =
        people({.figure = "month", .of = text_in(cohort, "due"), .currency = "COP", .limit = "1"});
    EXPECT_EQ(total(list, "invoices"), member_int(cohort, "invoices"));
    EXPECT_EQ(total(list, "asked"), member_int(cohort, "asked_minor"));
    EXPECT_EQ(total(list, "recovered"), member_int(cohort, "recovered_minor"));
    EXPECT_EQ(total(list, "owed"), member_int(cohort, "owed_minor"));
    people_of_all += *member_int(list, "people");
  }
  EXPECT_EQ(people_of_all, 4) << "José stands in two months";
  EXPECT_EQ(names(people({.figure = "month", .of = "2026-11", .currency = "COP"})),
            Names{"José Peña"});
  EXPECT_EQ(total(people({.figure = "recovered", .currency = "COP", .days = "30"}), "recovered"),
            member_int(money, "recovered_since_minor"));
  const auto days = people({.figure = "dso", .currency = "COP"});
  EXPECT_EQ(total(days, "owed"), member_int(money, "owed_minor"));
  EXPECT_EQ(total(days, "billed"), member_int(money, "billed_minor"));
}

TEST_F(AnalysisTest, BehindAStepOfTheRemindersStandWhoTookIt) {
  write_to("FE-1", now - 20 * kDayMs);
  write_to("FE-3", now - kDayMs);
  pay("FE-1", 1'000'000, "2026-11-20");
  const auto shown = figures();
  for (const auto* step : {"sent", "delivered", "read", "replied", "paid"}) {
    EXPECT_EQ(member_int(people({.figure = "reminded", .of = step}), "people"),
              member_int(*member(shown, "funnel"), step))
        << step;
  }
  EXPECT_EQ(names(people({.figure = "reminded", .of = "paid"})), Names{"José Peña"});
}

// Of whom two weeks have not passed nothing is known yet.
TEST_F(AnalysisTest, StrategiesAreComparedByWhoPaidInTwoWeeks) {
  write_to("FE-1", now - 20 * kDayMs);
  write_to("FE-4", now - 20 * kDayMs);
  write_to("FE-3", now - kDayMs);
  const CivilDate today = Zone::of(creditor.zone).local(now).date;
  pay("FE-1", 1'000'000, format_date(today - 10));
  pay("FE-4", 1'000'000, format_date(today - 2));  // 18 days after it.
  pay("FE-3", 1'000'000, format_date(today));
  const auto shown = figures();
  const auto& one = member_array(shown, "strategies")->at(0);
  EXPECT_EQ(member_int(one, "people"), 3);
  EXPECT_EQ(member_int(one, "ripe"), 2);
  EXPECT_EQ(member_int(one, "paid"), 1);
  EXPECT_NEAR(member(one, "low")->to_number<double>(), 0.095, 0.001);
  EXPECT_NEAR(member(one, "high")->to_number<double>(), 0.905, 0.001);
  const auto list = people({.figure = "strategy", .of = text_in(one, "version")});
  EXPECT_EQ(member_int(list, "people"), 2);
  EXPECT_EQ(total(list, "paid_in_time"), 1);
  EXPECT_EQ(names(list), (Names{"José Peña", "Luz Gil"})) << "who paid first";
}

TEST_F(AnalysisTest, BehindAnHourStandWhoWroteInIt) {
  const Zone zone = Zone::of(creditor.zone);
  const auto write = [&](std::string_view invoice, Instant at) {
    ASSERT_TRUE(store->write([&](Tx& tx) {
      const DebtorId who = invoice.empty()
                               ? DebtorId{}
                               : tx.invoices.find_by_number(creditor.id, invoice)->debtor_id;
      tx.db.run(
          "INSERT INTO conversation_message (id, creditor_id, debtor_id, platform_id, direction, "
          "at, received_at, type, content, context_id) VALUES "
          "($2,$1,$3,$5,'in',$4,$4,'text',$6,'')",
          {creditor.id, tx.ids.next<Id<struct ATag>>(at), who, at,
           fmt::format("{} {}", invoice, at.ms), store::Bytes{"x"}});
    }));
  };
  const CivilDate monday =
      zone.local(now).date - 7 - static_cast<int>(weekday_of(zone.local(now).date));
  const Instant nine = zone.instant(monday, 9 * kHourMs);
  write("FE-1", nine + kMinuteMs);
  write("FE-1", nine + 40 * kMinuteMs);
  write("FE-3", nine + 59 * kMinuteMs);
  write("", nine + 59 * kMinuteMs);
  write("FE-3", nine + kHourMs);
  const auto shown = figures();
  EXPECT_EQ(member_array(shown, "heard")->at(0).as_array().at(9).as_int64(), 4);
  const auto list = people({.figure = "heard", .of = "0-9"});
  EXPECT_EQ(total(list, "messages"), 4);
  EXPECT_EQ(names(list), (Names{"José Peña", "", "Ana Ruiz"})) << "somebody whom nobody knows, too";
  EXPECT_TRUE(member_array(list, "rows")->at(1).as_object().at("id").is_null());
}

TEST_F(AnalysisTest, ALongListOfPeopleIsReadInPagesEachOnce) {
  for (const auto* invoice : {"FE-1", "FE-3", "FE-4"}) write_to(invoice, now - kDayMs);
  Names met;
  std::string after;
  do {
    const auto page = people({.figure = "reminded", .of = "sent", .after = after, .limit = "1"});
    EXPECT_EQ(member_int(page, "people"), 3) << "on all pages";
    for (auto& name : names(page)) met.push_back(std::move(name));
    after = text_in(page, "next");
  } while (!after.empty() && met.size() < 9);
  EXPECT_EQ(met, (Names{"José Peña", "Ana Ruiz", "Luz Gil"}));
}

TEST_F(AnalysisTest, BehindWhatIsNoFigureStandsNobody) {
  for (const auto& wrong :
       {FigureQuery{.figure = "mood"}, FigureQuery{.figure = "month", .of = "2026-13"},
        FigureQuery{.figure = "month", .of = "2026-1"}, FigureQuery{.figure = "heard", .of = "7-1"},
        FigureQuery{.figure = "heard", .of = "3"}, FigureQuery{.figure = "reminded", .of = "loved"},
        FigureQuery{.figure = "agreements", .of = "plan"},
        FigureQuery{.figure = "dso", .after = "x"}, FigureQuery{.figure = "dso", .limit = "0"}}) {
    const auto answer = figure_people_view(*store, creditor, wrong, now);
    ASSERT_FALSE(answer) << wrong.figure << " " << wrong.of;
    EXPECT_EQ(answer.error().code, ErrorCode::Invalid);
  }
}

TEST_F(AnalysisTest, DaysThatAreNoNumberAreRefused) {
  for (const auto* days : {"0", "367", "x", "9 "})
    EXPECT_FALSE(analysis_view(*store, creditor, days, now)) << days;
}

}  // namespace
}  // namespace puntual
