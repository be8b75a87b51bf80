// What the pages are told.
#include "app/views.h"

#include <algorithm>

#include "app/explain_view.h"
#include "app/export_job.h"
#include "app/input_file.h"
#include "app/payment_job.h"
#include "app/test_house.h"
#include "engine/pause.h"
#include "engine/plan_outreach.h"

namespace puntual {
namespace {

class ViewsTest : public JobHouse {
 protected:
  static constexpr std::string_view kPortfolio =
      "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n"
      "José Peña Güiza;CC 10.000.001;+573000000001;F-1;24/10/2026;150.000,00;150.000,00;COP\n"
      "María Núñez;10.000.002;+573000000002;F-2;30/11/2026;200.000,00;200.000,00;COP\n"
      "Ana María Ruiz;10.000.003;+573000000003;F-3;01/06/2026;90.000;90.000;COP\n";
  json::value shown(Result<std::string> view) {
    if (!view) ADD_FAILURE() << view.error().message;
    return parse_json(view.value_or("{}")).value_or(json::value());
  }
  std::vector<std::string> found(const PeopleQuery& query) {
    std::vector<std::string> people;
    const auto page = shown(people_view(*store, names_, creditor, query, now));
    for (const auto& one : *member_array(page, "people")) people.push_back(text_in(one, "name"));
    return people;
  }
  NameIndex names_;
};

using Names = std::vector<std::string>;

TEST_F(ViewsTest, PeopleAreFoundByWhatSomebodyHasAtHand) {
  import(kPortfolio);
  EXPECT_EQ(found({.search = "nunez"}), Names{"María Núñez"});
  EXPECT_EQ(found({.search = "GÜI jose"}), Names{"José Peña Güiza"});
  EXPECT_EQ(found({.search = "maria"}), (Names{"Ana María Ruiz", "María Núñez"}));
  EXPECT_EQ(found({.search = "ena"}), Names{});  // The middle of a word is none of its beginnings.
  EXPECT_EQ(found({.search = "10.000.002"}), Names{"María Núñez"});
  EXPECT_EQ(found({.search = "10000002"}), Names{"María Núñez"});
  EXPECT_EQ(found({.search = "F-3"}), Names{"Ana María Ruiz"});
  EXPECT_EQ(found({.search = "+573000000001"}), Names{"José Peña Güiza"});
  import(
      "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\nZoila "
      "Núñez;10.000.009;+573000000009;F-9;24/12/2026;10.000;10.000;COP\n");
  EXPECT_EQ(found({.search = "nunez"}),
            (Names{"María Núñez", "Zoila Núñez"}));  // Who came later is found as well.
}

TEST_F(ViewsTest, WhoWasRenamedIsFoundByTheNewNameOnceTheIndexIsMadeAnew) {
  import(kPortfolio);
  EXPECT_TRUE(names_.is_to_be_made(now));
  EXPECT_FALSE(names_.is_to_be_made(now)) << "once in ten minutes";
  EXPECT_EQ(found({.search = "ruiz"}), Names{"Ana María Ruiz"});
  import(
      "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\nAna María "
      "Solano;10.000.003;+573000000003;F-3;01/06/2026;90.000;90.000;COP\n");
  EXPECT_EQ(found({.search = "solano"}), Names{});
  ASSERT_TRUE(names_.make(*store, creditor.id));
  EXPECT_EQ(found({.search = "solano"}), Names{"Ana María Solano"});
  EXPECT_EQ(found({.search = "nunez"}), Names{"María Núñez"});
  EXPECT_TRUE(names_.is_to_be_made(now + 10 * kMinuteMs));
}

TEST_F(ViewsTest, PeopleAreListedByAgeAndMoneyAndInPages) {
  import(kPortfolio);
  EXPECT_EQ(found({}), (Names{"Ana María Ruiz", "José Peña Güiza", "María Núñez"}));
  EXPECT_EQ(found({.order = "owed"}), (Names{"María Núñez", "José Peña Güiza", "Ana María Ruiz"}));
  EXPECT_EQ(found({.age = "due"}), Names{"María Núñez"});
  EXPECT_EQ(found({.age = "60"}), Names{"José Peña Güiza"});
  EXPECT_EQ(found({.age = "more"}), Names{"Ana María Ruiz"});
  Names paged;
  std::string after;
  for (int page = 0; page < 5; ++page) {
    const auto one =
        shown(people_view(*store, names_, creditor, {.after = after, .limit = "1"}, now));
    ASSERT_EQ(member_array(one, "people")->size(), 1U) << "no page is empty";
    paged.push_back(text_in((*member_array(one, "people"))[0], "name"));
    if (member(one, "next")->is_null()) break;
    after = text_in(one, "next");
  }
  EXPECT_EQ(paged, found({}));
  for (const auto& wrong : {PeopleQuery{.order = "name"}, PeopleQuery{.age = "old"},
                            PeopleQuery{.after = "x"}, PeopleQuery{.limit = "0"}}) {
    EXPECT_EQ(people_view(*store, names_, creditor, wrong, now).error().code, ErrorCode::Invalid);
  }
}

TEST_F(ViewsTest, WhoHearsNothingIsListedByWhyAndTakenOutAsAFileThatChangesNothing) {
  import(kPortfolio);
  std::vector<DebtorId> silent;
  ASSERT_TRUE(store->write([&](Tx& tx) {
    silent = {tx.invoices.find_by_number(creditor.id, "F-1")->debtor_id,
              tx.invoices.find_by_number(creditor.id, "F-3")->debtor_id};
    for (const auto one : silent)
      tx.debtors.set_review(creditor.id, one, std::nullopt, "needs_review", std::nullopt);
  }));
  EXPECT_EQ(found({.silence = "needs_review"}), (Names{"Ana María Ruiz", "José Peña Güiza"}));
  EXPECT_EQ(found({.age = "60", .silence = "needs_review"}), Names{"José Peña Güiza"});
  const auto sums = shown(portfolio_view(*store, creditor, now));
  EXPECT_EQ(text_in((*member_array(sums, "silences"))[0], "codes"), "needs_review");
  EXPECT_EQ(people_meant(*store, names_, creditor, {.age = "60", .silence = "needs_review"}, now),
            std::vector{silent[0]});
  EXPECT_EQ(people_meant(*store, names_, creditor, {.search = "nunez"}, now)->size(), 1U);
  auto order = read_export_order(creditor, "balances", "", "", "", now);
  ASSERT_TRUE(order &&
              narrow_export(*order, *store, names_, creditor, {.silence = "needs_review"}, now));
  ASSERT_EQ(write_export(*store, *desk, creditor, *order, folder_ + "/cartera.csv").value_or(-1),
            2);
  const auto again = import(*read_whole_file(folder_ + "/cartera.csv"));
  EXPECT_EQ(member_int(again, "unchanged"), 2) << to_json(again);
  EXPECT_EQ(member_int(again, "rows"), 2);
  auto payments = read_export_order(creditor, "payments", "", "", "", now);
  EXPECT_FALSE(narrow_export(*payments, *store, names_, creditor, {.age = "60"}, now));
  EXPECT_EQ(filter_text({.search = "Núñez", .age = "60"}), "search")
      << "no name stands in a record";
}

TEST_F(ViewsTest, TellsWhenSomebodyHeardLastAndHearsNext) {
  import(kPortfolio);
  import(
      "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\nZoila "
      "Díaz;10.000.009;+573000000009;F-9;24/12/2026;10.000;10.000;COP\n");
  const auto row_of = [&](std::string search) {
    const auto page =
        shown(people_view(*store, names_, creditor, {.search = std::move(search)}, now));
    return (*member_array(page, "people"))[0];
  };
  const auto leaving = [&] {
    return *member(shown(today_view(*store, desk->settings, creditor, {}, "", now)),
                   "leaving_today");
  };
  EXPECT_TRUE(member(row_of("F-1"), "next")->is_null()) << "nobody has planned yet";
  EXPECT_EQ(member_int(leaving(), "messages"), 0);
  now = now + kMinuteMs;  // The file's grace is over.
  ASSERT_TRUE(store->write([&](Tx& tx) { (void)engine::plan_outreach(tx, *desk, creditor, now); }));
  EXPECT_EQ(text_in(*member(row_of("F-1"), "next"), "is"), "message");
  EXPECT_EQ(text_in((*member_array(leaving(), "first"))[0], "at"),
            text_in(*member(row_of("F-1"), "next"), "at"));
  EXPECT_GT(member_int(leaving(), "messages"), 0);
  const auto waits = row_of("F-9");  // Due on 24 December: its first step is a week before.
  EXPECT_EQ(text_in(*member(waits, "next"), "is"), "step") << to_json(waits);
  EXPECT_TRUE(text_in(*member(waits, "next"), "at").starts_with("2026-12-17T08:30"))
      << to_json(waits);
  EXPECT_TRUE(member(waits, "last_at")->is_null());
  ASSERT_TRUE(store->write([&](Tx& tx) {
    const DebtorId who = tx.invoices.find_by_number(creditor.id, "F-1")->debtor_id;
    const auto waiting = tx.outbox.of_debtor(creditor.id, who);
    ASSERT_EQ(waiting.size(), 1U);
    tx.db.run("UPDATE outbox SET state='read', in_flight_at=$2 WHERE id=$1", {waiting[0].id, now});
    tx.db.run("UPDATE debtor SET silence='OPTOUT_ALL', silent_until=$2 WHERE id=$1",
              {who, now + kDayMs});
  }));
  EXPECT_TRUE(text_in(row_of("F-1"), "last_at").starts_with("2026-11-24T09:01"));
  EXPECT_TRUE(member(row_of("F-1"), "next")->is_null()) << "a stop has no end of its own";
}

TEST_F(ViewsTest, TodayTellsWhatTheDayHasBroughtAndWhetherAllIsPaused) {
  import(kPortfolio);
  const auto paid = run_payment_job(
      *store, *desk, creditor,
      R"({"id":"p","invoice":"F-1","amount_minor":5000000,"currency":"COP","method":"cash"})", now);
  ASSERT_TRUE(paid) << paid.error().message;
  auto today = shown(today_view(*store, desk->settings, creditor, {}, "", now + kMinuteMs));
  EXPECT_EQ(member_int(today, "people"), 3);
  const auto& money = *member_array(today, "money");
  ASSERT_EQ(money.size(), 1U);
  EXPECT_EQ(member_int(money[0], "amount_minor"), 5'000'000);
  EXPECT_TRUE(member(today, "paused")->is_null());
  EXPECT_EQ(text_in((*member_array(today, "news"))[0], "name"), "José Peña Güiza");
  EXPECT_TRUE(
      member_array(shown(today_view(*store, desk->settings, creditor, {}, "", now + 2 * kDayMs)),
                   "money")
          ->empty());
  ASSERT_TRUE(store->write(
      [&](Tx& tx) { engine::pause_sending(tx, creditor.id, now, "se revisa", "operator"); }));
  today = shown(today_view(*store, desk->settings, creditor, {}, "", now));
  EXPECT_EQ(text_in(*member(today, "paused"), "why"), "se revisa");
}

// What somebody paid is told with its sum: the record names the payment, which stands beside it.
TEST_F(ViewsTest, ThePaymentsOfAStoryAreFoundBesideIt) {
  import(kPortfolio);
  ASSERT_TRUE(run_payment_job(
      *store, *desk, creditor,
      R"({"id":"p","invoice":"F-1","amount_minor":5000000,"currency":"COP","method":"cash","by":"ana"})",
      now));
  const auto person = shown(person_view(*store, *desk, creditor, "F-1", now));
  const auto& payment = (*member_array(person, "payments"))[0];
  EXPECT_EQ(member_int(payment, "amount_minor"), 5'000'000);
  int told = 0;
  for (const auto& event : *member_array(person, "timeline")) {
    const std::string kind = text_in(event, "kind");
    if (kind != "paid" && kind != "payment_told") continue;
    EXPECT_EQ(text_in(event, "payment_id"), text_in(payment, "id")) << kind;
    ++told;
  }
  EXPECT_EQ(told, 2);
}

// Payments of past weeks that come with a file are no money of today, and one piece of news
// together.
TEST_F(ViewsTest, AFileOfPaymentsIsNewsOnceAndItsMoneyIsOfTheDaysItWasPaidOn) {
  import(kPortfolio);
  import(
      "Factura;Fecha de pago;Valor pagado;Medio;ID "
      "transacción\nF-1;05/11/2026;50.000,00;PSE;T-1\nF-2;06/11/2026;60.000,00;PSE;T-2\nF-3;24/11/"
      "2026;70.000,00;PSE;T-3\n");
  const auto today = shown(today_view(*store, desk->settings, creditor, {}, "", now));
  const auto& money = *member_array(today, "money");
  ASSERT_EQ(money.size(), 1U);
  EXPECT_EQ(member_int(money[0], "payments"), 1);
  EXPECT_EQ(member_int(money[0], "amount_minor"), 7'000'000);
  const auto& news = *member_array(today, "news");
  const auto count = [&](std::string_view kind) {
    return std::ranges::count_if(news,
                                 [&](const auto& one) { return text_in(one, "kind") == kind; });
  };
  EXPECT_EQ(count("paid"), 0);
  EXPECT_EQ(count("import"), 2);
}

// A wait for a template was told with eleven laws that "ask for it": they were those it had
// satisfied.
TEST(Told, OnlyARefusalOfTheLawNamesTheLaw) {
  const auto said = [](std::string detail) {
    return told({.kind = "postponed",
                 .detail = std::move(detail),
                 .facts = R"({"rule_ids":["CO-DAILY"],"next_allowed":null})"},
                Zone::of("America/Bogota"), compliance::RuleBook::built_in());
  };
  EXPECT_FALSE(said("TEMPLATE_PENDING").contains("Ley 2300")) << said("TEMPLATE_PENDING");
  EXPECT_TRUE(said("DAILY_CAP").contains("Ley 2300")) << said("DAILY_CAP");
}

// An owner's morning was one line after a file of 1,846 payments: "a file is loaded".
TEST_F(ViewsTest, WhatTheMorningBroughtStaysNewsAfterAFileOfPayments) {
  import(kPortfolio);
  ASSERT_TRUE(run_payment_job(
      *store, *desk, creditor,
      R"({"id":"p","invoice":"F-1","amount_minor":5000000,"currency":"COP","method":"cash"})",
      now));
  std::string file = "Factura;Fecha de pago;Valor pagado;Medio;ID transacción\n";
  for (int i = 0; i < 450; ++i) file += fmt::format("F-2;06/11/2026;{},00;PSE;T-{}\n", i + 1, i);
  import(file);
  const auto today = shown(today_view(*store, desk->settings, creditor, {}, "", now));
  std::vector<std::string> kinds;
  for (const auto& one : *member_array(today, "news")) kinds.push_back(text_in(one, "kind"));
  EXPECT_EQ(kinds, (std::vector<std::string>{"import", "paid", "import"}));
}

// The seconds in which a file can be taken back without a word were told as "nothing more leaves".
TEST_F(ViewsTest, TodayTellsWhomAFileThatWasJustLoadedLetsRest) {
  desk->settings.import_grace_ms = 30'000;
  const auto resting = [&](int64_t after_ms) {
    return *member(shown(today_view(*store, desk->settings, creditor, {}, "", now + after_ms)),
                   "resting");
  };
  EXPECT_TRUE(resting(0).is_null());
  import(std::string(kPortfolio) +
         "Zoila Díaz;10.000.009;+573000000009;F-9;01/10/2026;10.000;0;COP\n");
  const auto told = resting(5'000);
  EXPECT_EQ(member_int(told, "people"), 3) << "who owes nothing waits for nothing";
  EXPECT_EQ(text_in(told, "until"),
            format_rfc3339(now + 30'000, Zone::of(creditor.zone).offset_at(now)));
  EXPECT_TRUE(resting(30'000).is_null());
}

TEST_F(ViewsTest, TodayCountsRemindersApartFromAnswers) {
  import(kPortfolio);
  now = now + kMinuteMs;
  ASSERT_TRUE(store->write([&](Tx& tx) {
    (void)engine::plan_outreach(tx, *desk, creditor, now);
    const auto waiting =
        tx.outbox.of_debtor(creditor.id, tx.invoices.find_by_number(creditor.id, "F-1")->debtor_id);
    ASSERT_EQ(waiting.size(), 1U);
    tx.db.run("UPDATE outbox SET state='cancelled' WHERE id <> $1", {waiting[0].id});
  }));
  const auto reminders = [&] {
    return *member_int(shown(today_view(*store, desk->settings, creditor, {}, "", now)),
                       "reminders");
  };
  const auto set = [&](std::string column, std::string value) {
    ASSERT_TRUE(store->write([&](Tx& tx) {
      tx.db.run(store::Sql::kept("UPDATE outbox SET " + column + "=$1 WHERE state <> 'cancelled'"),
                {value});
    }));
  };
  EXPECT_EQ(reminders(), 0) << "it waits";
  set("state", "read");
  EXPECT_EQ(reminders(), 1);
  set("purpose", "reply");
  EXPECT_EQ(reminders(), 0);
}

TEST_F(ViewsTest, APersonIsToldWithReasonsAsSentencesAndWithoutTheirWholeNumber) {
  import(kPortfolio);
  const auto person = shown(person_view(*store, *desk, creditor, "F-1", now));
  EXPECT_EQ(text_in(person, "name"), "José Peña Güiza");
  EXPECT_FALSE(text_in(person, "phone").contains("3000000"));
  const auto& invoice = (*member_array(person, "invoices"))[0];
  EXPECT_EQ(member_int(invoice, "balance_minor"), 15'000'000);
  for (const auto& reason : *member_array(*member(person, "now"), "reasons"))
    EXPECT_TRUE(text_in(reason, "es").ends_with(".")) << text_in(reason, "es");
  EXPECT_EQ(person_view(*store, *desk, creditor, "F-77", now).error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace puntual
