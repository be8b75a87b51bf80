#include "engine/rights.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/bank_import.h"
#include "engine/person_commands.h"
#include "engine/person_file.h"
#include "engine/retention.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

class RightsOfAPerson : public testing::Test {
 protected:
  RightsOfAPerson() { house.add_people(2); }
  DebtorId id(int person) {
    return house.write([&](Tx& tx) {
      return tx.invoices.find_by_number(TestHouse::kCreditor, fmt::format("F-{:04}", person))
          ->debtor_id;
    });
  }
  RightsRequest take(int person, RightKind kind) {
    const DebtorId who = id(person);
    return house.write([&](Tx& tx) {
      return take_request(tx, Law{}, creditor, *tx.debtors.find(creditor.id, who), kind, "letter",
                          house.now);
    });
  }
  Erasure erase(int person, bool apply) {
    const DebtorId who = id(person);
    return house.write(
        [&](Tx& tx) { return erase_person(tx, Law{}, creditor, who, apply, house.now); });
  }
  void pay(int person) {
    house.import(fmt::format(
        "Factura;Fecha de pago;Valor pagado;ID transacción\nF-{:04};24/11/2026;150000,00;T-{}\n",
        person, person));
  }
  RetentionReport purge(bool apply) {
    return *run_retention(*house.store, {}, creditor, apply, house.now);
  }

  TestHouse house;
  const Creditor creditor = TestHouse::creditor();
};

TEST_F(RightsOfAPerson, AskingTwiceDoesNotStartTheClockAnew) {
  const auto first = take(1, RightKind::Access);
  house.now = house.now + 3 * kDayMs;
  EXPECT_EQ(take(1, RightKind::Access).id, first.id);
  EXPECT_EQ(take(1, RightKind::Access).due_on,
            date_of(2026, 12, 9));  // Ten business days of Colombia; 8 December is a holiday.
  EXPECT_NE(take(2, RightKind::Access).id, first.id);
}

TEST_F(RightsOfAPerson, OppositionSilencesAtOnce) {
  take(1, RightKind::Opposition);
  house.tick();
  house.tick();
  EXPECT_TRUE(house.messages(1).empty());
  EXPECT_EQ(house.messages(2).size(), 1U);
}

TEST_F(RightsOfAPerson, AnAnswerIsGivenOnce) {
  const auto request = take(1, RightKind::Rectification);
  const auto answer = [&] {
    return house.store->write([&](Tx& tx) {
      return answer_request(tx, creditor, request.id, RequestState::Done, "done", house.now);
    });
  };
  EXPECT_TRUE(answer());
  EXPECT_EQ(answer().error().code, ErrorCode::Conflict);
}

TEST_F(RightsOfAPerson, OfWhomOnlyAWordIsLeftIsForgottenInTime) {
  const DebtorId who = id(1);
  pay(1);
  house.write([&](Tx& tx) {
    tx.debtors.hold(creditor.id, {who});
    tx.notes.add(creditor.id, who, "laura", "Prefiere la tarde.", house.now, tx.ids);
    tx.db.script(tests::TestDatabase::unguard("consent"));
    tx.db.script(tests::TestDatabase::unguard("outbox"));
    tx.db.run("DELETE FROM outbox");
    tx.db.run("DELETE FROM consent");
  });
  house.now = house.now + 2'000 * kDayMs;
  EXPECT_EQ(purge(false).classes[2].rows, 1);
  EXPECT_EQ(purge(true).classes[2].rows, 1);
  EXPECT_EQ(purge(false).classes[2].rows, 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM note WHERE LENGTH(content) > 0"), 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor WHERE erased_at IS NOT NULL"), 1);
}

TEST_F(RightsOfAPerson, WhatWaitsForAPersonIsKept) {
  const DebtorId who = id(1);
  pay(1);
  house.write([&](Tx& tx) {
    tx.debtors.hold(creditor.id, {who});
    tx.tasks.open({.creditor_id = creditor.id,
                   .debtor_id = who,
                   .kind = store::TaskKind::Complaint,
                   .summary = "Llamó."},
                  house.now, tx.ids);
  });
  house.now = house.now + 2'000 * kDayMs;
  EXPECT_EQ(purge(false).classes[2].rows, 0);
}

TEST_F(RightsOfAPerson, TheFileHoldsWhatIsHeld) {
  house.tick();
  house.deliver(TestHouse::said(1, "wamid.1", "mañana pago"));
  house.tick();
  const DebtorId who = id(1);
  house.write([&](Tx& tx) {
    EXPECT_TRUE(wish_hours(
        tx, creditor, who,
        {.hours = {.intervals = {{.weekdays = 1, .from_ms = 13 * kHourMs, .to_ms = 15 * kHourMs}},
                   .asked_at = house.now},
         .instrument = "Carta 7",
         .by = "operator"},
        house.now));
    tx.suspensions.begin(
        creditor.id, who,
        {.kind = store::SuspensionKind::Dispute, .since = house.now, .until = {}, .through = "api"},
        house.now, tx.ids);
    tx.suspensions.end(creditor.id, who, store::SuspensionKind::Dispute, "operator", house.now);
  });
  const PersonFile file = house.write([&](Tx& tx) { return person_file(tx, creditor, who); });
  std::string all;
  for (const auto& part : file.parts) {
    for (const auto& record : part.records) {
      for (const auto& field : record) all += field.value + '\n';
    }
  }
  for (const std::string_view held :
       {"Persona 1", "10000001", "+573000000001", "F-0001", "mañana pago", "Contrato", "confirmed",
        "Carta 7", "dispute"}) {
    EXPECT_TRUE(all.contains(held)) << held;
  }
  EXPECT_FALSE(all.contains("Persona 2"));
}

TEST_F(RightsOfAPerson, RectifiesAndAPhoneIsAskedAnew) {
  const DebtorId who = id(1);
  const auto set = [&](std::string_view field, std::string_view value) {
    return house.store->write(
        [&](Tx& tx) { return rectify(tx, creditor, who, field, value, house.now); });
  };
  EXPECT_TRUE(set("name", "Ana María"));
  EXPECT_EQ(set("phone", "12").error().code, ErrorCode::Invalid);
  EXPECT_EQ(set("salary", "1").error().code, ErrorCode::Invalid);
  EXPECT_TRUE(set("phone", "300 555 0199"));
  house.tick();
  house.tick();
  ASSERT_EQ(house.messages(1).size(), 1U);
  EXPECT_EQ(house.messages(1)[0].purpose, Purpose::IdentityCheck);
}

TEST_F(RightsOfAPerson, WhoOwesIsSilencedButNotForgotten) {
  house.deliver(TestHouse::said(1, "wamid.1", "no he podido"));
  house.tick();
  EXPECT_TRUE(erase(1, false).holds.front().code == "OPEN_DEBT");
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM opt_out"), 0);  // Only asked.
  EXPECT_FALSE(erase(1, true).done);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM opt_out"), 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM conversation_message"), 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor WHERE erased_at IS NOT NULL"), 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM rights_request WHERE state='partly' AND answer LIKE "
                        "'kept: OPEN_DEBT%'"),
            1);
}

TEST_F(RightsOfAPerson, WhoOwesNothingIsForgotten) {
  pay(1);
  EXPECT_TRUE(erase(1, true).done);
  const DebtorId who = id(1);
  EXPECT_EQ(house.write([&](Tx& tx) { return tx.debtors.find(creditor.id, who)->name; }), "");
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='erased'"), 1);
  // There is nothing left to put right or to erase.
  const auto again = house.store->write(
      [&](Tx& tx) { return erase_person(tx, Law{}, creditor, who, true, house.now); });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::Conflict);
  const auto renamed = house.store->write(
      [&](Tx& tx) { return rectify(tx, creditor, who, "name", "Ana", house.now); });
  ASSERT_FALSE(renamed);
  EXPECT_TRUE(renamed.error().message.contains("sus datos ya se borraron"));
  EXPECT_EQ(house.write([&](Tx& tx) { return tx.debtors.find(creditor.id, who)->name; }), "");
  EXPECT_EQ(house.count("SELECT balance_minor FROM invoice WHERE number='F-0001'"), 0);
}

TEST_F(RightsOfAPerson, AllRecordsOfAPersonAreForgottenTogether) {
  const DebtorId first = id(1), second = id(2);
  ASSERT_TRUE(house.store->write(
      [&](Tx& tx) { return link_people(tx, creditor, first, second, "operator", house.now); }));
  pay(1);
  EXPECT_FALSE(erase(1, true).done);  // The other record still owes.
  pay(2);
  EXPECT_TRUE(erase(1, true).done);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor WHERE erased_at IS NOT NULL"), 2);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM rights_request WHERE state='open'"), 0);
}

TEST_F(RightsOfAPerson, WhatAnErasedPersonWritesLeavesNoTraceOfTheNumber) {
  house.tick();
  house.channel.results.push_back({.creditor_id = TestHouse::kCreditor,
                                   .message_id = house.messages(1).front().id,
                                   .debtor_id = house.messages(1).front().debtor_id,
                                   .attempt_id = house.channel.submitted.at(0).attempt_id,
                                   .outcome = SendOutcome::Accepted,
                                   .platform_id = "wamid.OURS",
                                   .wa_id = {},
                                   .error_code = 0,
                                   .detail = {},
                                   .retry_after_ms = {}});
  house.tick();
  pay(1);
  ASSERT_TRUE(erase(1, true).done);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE debtor_id=(SELECT debtor_id FROM "
                        "invoice WHERE number='F-0001') AND (salt<>'' OR platform_id<>'')"),
            0);
  house.deliver(TestHouse::said(1, "wamid.NUMBER", "ALTA"));
  house.tick();
  EXPECT_EQ(
      house.count("SELECT COUNT(*) FROM conversation_message WHERE platform_id LIKE 'wamid%'"), 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM consent WHERE kind='chat'"), 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM opt_out WHERE lifted_at<>0"), 0);
}

TEST_F(RightsOfAPerson, FiveYearsAfterTheLastDebtTheContactLogGoes) {
  house.tick();
  pay(1);
  house.tick();
  EXPECT_EQ(purge(true).total(), 0);
  house.now = house.now + int64_t{5} * 365 * kDayMs;
  EXPECT_EQ(purge(false).total(), 0);  // Five years of two leap days are not over yet.
  house.now = house.now + 3 * kDayMs;
  EXPECT_EQ(purge(false).classes[2].rows, 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor WHERE erased_at IS NOT NULL"),
            0);  // Only counted.
  EXPECT_EQ(purge(true).classes[2].rows, 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor WHERE erased_at IS NOT NULL"), 1);
  EXPECT_TRUE(house.messages(1).empty());
  EXPECT_FALSE(house.messages(2).empty());  // Still owes.
  EXPECT_EQ(purge(true).total(), 0);
}

// Their words stand in tasks, notes, stops and the dialogue as well.
TEST_F(RightsOfAPerson, WhatQuotesThemIsForgottenWithWhatTheyWrote) {
  const auto quotes = [&] {
    return house.count(
        "SELECT (SELECT COUNT(*) FROM task WHERE LENGTH(summary)>0) + (SELECT COUNT(*) FROM note "
        "WHERE LENGTH(content)>0) + "
        "(SELECT COUNT(*) FROM opt_out WHERE LENGTH(words)>0) + (SELECT COUNT(*) FROM dialogue "
        "WHERE LENGTH(state)>0)");
  };
  for (const int person : {1, 2}) {
    house.deliver(
        TestHouse::said(person, fmt::format("wamid.{}", person), "quiero hablar con una persona"));
    house.tick();
    house.now = house.now + house.engine.desk().settings.settle_ms;
    house.tick();
    house.deliver(TestHouse::said(person, fmt::format("wamid.stop.{}", person), "BAJA"));
    house.tick();
    const DebtorId who = id(person);
    house.write([&](Tx& tx) {
      tx.debtors.hold(creditor.id, {who});
      tx.notes.add(creditor.id, who, "laura", "llamó su hermano", house.now, tx.ids);
    });
  }
  ASSERT_EQ(quotes(), 8);
  EXPECT_FALSE(erase(1, true).done);
  EXPECT_EQ(quotes(), 4);
  house.now = house.now + 731 * kDayMs;
  purge(true);
  EXPECT_EQ(quotes(), 1);  // The task waits for somebody still.
  house.write([&](Tx& tx) { tx.db.run("UPDATE task SET closed_at=1"); });
  purge(true);
  EXPECT_EQ(quotes(), 0);
}

TEST_F(RightsOfAPerson, WhatWasWrittenIsKeptForItsTime) {
  house.deliver(TestHouse::said(1, "wamid.1", "hola"));
  house.deliver(TestHouse::said(99, "wamid.2", "soy otro"));
  house.tick();
  house.now = house.now + 91 * kDayMs;
  const auto report = purge(true);
  EXPECT_EQ(report.classes[0].rows, 0);
  EXPECT_EQ(report.classes[1].rows, 1);
  house.now = house.now + 640 * kDayMs;
  EXPECT_EQ(purge(true).classes[0].rows, 1);
}

// A line of the bank that is nobody's says of somebody what they never gave us; one that is theirs
// is in their file.
TEST_F(RightsOfAPerson, WhatTheBankSaysIsTheirsOrForgotten) {
  BankFileInput input{.reading = {.format = BankFormat::Statement,
                                  .account = "77",
                                  .on = date_of(2026, 11, 23),
                                  .lines = {}},
                      .digest = "d",
                      .name = "extracto.csv"};
  input.reading.lines.push_back({.line = 2,
                                 .on = date_of(2026, 11, 23),
                                 .amount = {15'000'000, Currency::of("COP")},
                                 .reference = "F-0001",
                                 .name = "ANA RUIZ"});
  input.reading.lines.push_back({.line = 3,
                                 .on = date_of(2026, 11, 23),
                                 .amount = {700, Currency::of("COP")},
                                 .reference = {},
                                 .name = "OTRA PERSONA"});
  ASSERT_TRUE(
      take_bank_file(*house.store, house.engine.desk(), creditor, {}, input, false, house.now));
  const DebtorId who = id(1);
  const auto file = house.write([&](Tx& tx) { return person_file(tx, creditor, who); });
  const auto part = std::ranges::find(file.parts, "bank_lines", &FilePart::key);
  ASSERT_NE(part, file.parts.end());
  ASSERT_EQ(part->records.size(), 1U);
  const auto has = [&](std::string_view value) {
    return std::ranges::any_of(part->records[0],
                               [&](const auto& field) { return field.value == value; });
  };
  EXPECT_TRUE(has("ANA RUIZ"));
  const auto named = [&] {
    return house.write([&](Tx& tx) {
      std::string names;
      for (const auto& one : tx.bank_files.lines(creditor.id, false, {}, 9))
        names += one.said.name + ";";
      return names;
    });
  };
  house.now = house.now + 364 * kDayMs;
  EXPECT_EQ(purge(true).classes[3].rows, 0);
  house.now = house.now + 2 * kDayMs;
  EXPECT_EQ(purge(false).classes[3].rows, 1);
  EXPECT_EQ(purge(true).classes[3].rows, 1);
  EXPECT_EQ(named(), "ANA RUIZ;;");
  EXPECT_EQ(purge(true).classes[3].rows, 0);
}

}  // namespace
}  // namespace puntual::engine
