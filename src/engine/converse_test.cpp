// A turn: once, together, and not lost where it cannot be taken.
#include "engine/converse.h"

#include "engine/identify.h"
#include "engine/person_commands.h"
#include "engine/suspend.h"
#include "engine/task_commands.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

std::vector<OutboxMessage> answers_of(TestHouse& house, int person = 1) {
  auto all = house.messages(person);
  std::erase_if(all, [](const OutboxMessage& one) { return one.step != "reply"; });
  return all;
}

TEST(Converse, AnswersWhatCameInWithinSecondsOnce) {
  TestHouse house;
  house.add_people(1);
  house.deliver(TestHouse::said(1, "wamid.1", "buenas"));
  EXPECT_EQ(house.tick().converse.turns, 0);  // More may come.
  house.now = house.now + 3 * kSecondMs;
  house.deliver(TestHouse::said(1, "wamid.2", "cuánto debo?"));
  EXPECT_EQ(house.tick().converse.turns, 0);
  const auto wake = house.engine.next_wake();
  ASSERT_TRUE(wake && *wake);
  EXPECT_LE(**wake, house.now + house.engine.desk().settings.settle_ms);
  house.now = house.now + house.engine.desk().settings.settle_ms;
  EXPECT_EQ(house.tick().converse.turns, 1);
  EXPECT_EQ(house.tick().converse.turns, 0);
  const auto answers = answers_of(house);
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_EQ(answers[0].template_name, "respuesta_saldo_v1");
  EXPECT_EQ(answers[0].purpose, Purpose::Reply);
  EXPECT_NE(answers[0].text.find("$ 150.000"), std::string::npos) << answers[0].text;
}

TEST(Converse, LeavesATaskWhereTheCaseLetsNobodyAnswer) {
  TestHouse house;
  house.add_people(1);
  const DebtorId id = house.write(
      [](Tx& tx) { return tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->debtor_id; });
  house.write([&](Tx& tx) {
    tx.debtors.hold(TestHouse::kCreditor, {id});
    EXPECT_TRUE(set_flag(
        tx, TestHouse::creditor(), id,
        {.flag = CaseFlag::ServedInCourt, .since = house.now, .through = "operator", .note = {}},
        house.now));
  });
  house.deliver(TestHouse::said(1, "wamid.1", "cuánto debo?"));
  house.tick();
  house.now = house.now + house.engine.desk().settings.settle_ms;
  EXPECT_EQ(house.tick().converse.turns, 1);
  EXPECT_TRUE(answers_of(house).empty());
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM task WHERE kind='unclear' AND closed_at IS NULL"), 1);
}

// What breaks one person's turn does not keep the others waiting, and is tried again.
TEST(Converse, PutsOffATurnThatFailsAndAnswersTheOthers) {
  TestHouse house;
  house.add_people(2);
  house.write([](Tx& tx) {
    const DebtorId first = tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->debtor_id;
    tests::TestDatabase::refuse(tx.db, "outbox",
                                fmt::format("NEW.step='reply' AND NEW.debtor_id={}", first.value));
  });
  house.deliver(TestHouse::said(1, "wamid.1", "cuánto debo?"));
  house.deliver(TestHouse::said(2, "wamid.2", "cuánto debo?"));
  house.tick();
  house.now = house.now + house.engine.desk().settings.settle_ms;
  const auto report = house.tick();
  EXPECT_EQ(report.converse.failed, 1);
  EXPECT_EQ(report.converse.turns, 1);
  EXPECT_TRUE(answers_of(house, 1).empty());
  EXPECT_EQ(answers_of(house, 2).size(), 1U);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='turn_failed'"), 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM dialogue WHERE turn_due_at IS NOT NULL"), 1);
}

// Another node, whose clock stood further or whose number is higher, has taken the last turn: what
// comes now is heard all the same.
TEST(Converse, HearsWhatComesAfterATurnOfAnotherNode) {
  TestHouse house;
  house.add_people(1);
  house.write([&](Tx& tx) {
    const DebtorId id = tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->debtor_id;
    tx.debtors.hold(TestHouse::kCreditor, {id});
    IdSource other(63);
    tx.dialogues.save(
        TestHouse::kCreditor, id,
        {.heard_to = other.next<MessageId>(house.now + kMinuteMs).value, .state = ""});
  });
  house.deliver(TestHouse::said(1, "wamid.1", "cuánto debo?"));
  house.tick();
  house.now = house.now + house.engine.desk().settings.settle_ms;
  house.tick();
  EXPECT_EQ(answers_of(house).size(), 1U);
}

// Nobody is called to read a thank-you; what asks for something is read, though nothing is answered
// after a stop.
TEST(Converse, LetsAPersonReadWhatIsWrittenAfterAStop) {
  TestHouse house;
  house.add_people(1);
  int said = 0;
  const auto tasks_after = [&](std::string_view words) {
    house.deliver(TestHouse::said(1, fmt::format("wamid.{}", ++said), words));
    house.tick();
    house.now = house.now + house.engine.desk().settings.settle_ms;
    house.tick();
    EXPECT_TRUE(answers_of(house).empty()) << words;
    return house.count(
        "SELECT COUNT(*) FROM task WHERE kind IN ('unclear', 'needs_answer', 'payment_claim') AND "
        "closed_at IS NULL");
  };
  EXPECT_EQ(tasks_after("BAJA"), 0);
  EXPECT_EQ(tasks_after("muchas gracias"), 0);
  EXPECT_EQ(tasks_after("me cobraron dos veces la misma factura"), 1);
  EXPECT_EQ(tasks_after("ya pagué"), 2);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM task WHERE kind='payment_claim'"), 1)
      << "whoever looks for money finds it there";
}

// Whoever reads the task sees what they want, not only the "sí, soy yo" that let it be heard.
TEST(Converse, TellsWhatWasWantedBeforeTheYes) {
  TestHouse house;
  house.add_people(1);
  house.write([](Tx& tx) {
    const auto person =
        *tx.debtors.find(TestHouse::kCreditor,
                         tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->debtor_id);
    tx.debtors.hold(TestHouse::kCreditor, {person.id});
    tx.addresses.save(TestHouse::kCreditor, person.id, address_value(person),
                      {.state = AddressState::Unconfirmed});
  });
  const auto say = [&](std::string_view id, std::string_view words) {
    house.deliver(TestHouse::said(1, id, words));
    house.tick();
    house.now = house.now + house.engine.desk().settings.settle_ms;
    house.tick();
  };
  say("wamid.1", "no puedo pagar este mes");
  say("wamid.2", "sí, soy yo");
  const auto tasks = house.write([](Tx& tx) {
    return tx.tasks.of_debtor(
        TestHouse::kCreditor,
        tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->debtor_id);
  });
  ASSERT_EQ(tasks.size(), 1U);
  EXPECT_NE(tasks[0].summary.find("no puedo pagar este mes"), std::string::npos)
      << tasks[0].summary;
}

// Too late for an answer in free words, and not too late to rest: who has paid is not reminded
// because WhatsApp was slow.
TEST(Converse, RestsForAPaymentThatIsToldTooLateToBeAnswered) {
  TestHouse house;
  house.add_people(1);
  const std::string told = TestHouse::said(1, "wamid.1", "ya les pagué");
  house.now = house.now + 30 * kHourMs;
  house.deliver(told);
  house.tick();
  house.now = house.now + house.engine.desk().settings.settle_ms;
  EXPECT_EQ(house.tick().converse.turns, 1);
  EXPECT_TRUE(answers_of(house).empty());
  EXPECT_EQ(
      house.count("SELECT COUNT(*) FROM task WHERE kind='payment_claim' AND closed_at IS NULL"), 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM suspension WHERE kind='claim'"), 1);
}

// In the language in which they write, and go on writing; in the country's own form where the
// creditor says "tú".
TEST(Converse, AnswersInTheirLanguageAndAsTheCreditorAddressesPeople) {
  TestHouse house;
  house.add_people(1);
  int said = 0;
  const auto answer_to = [&](std::string_view words) {
    house.deliver(TestHouse::said(1, fmt::format("wamid.{}", ++said), words));
    house.tick();
    house.now = house.now + house.engine.desk().settings.settle_ms;
    EXPECT_EQ(house.tick().converse.turns, 1) << words;
    const auto answers = answers_of(house);
    house.now = house.now + kMinuteMs;
    return answers.empty() ? std::string() : answers.back().text;
  };
  EXPECT_TRUE(answer_to("cuánto debo?").starts_with("Con gusto. Hoy su saldo es de $ 150.000"));
  EXPECT_TRUE(answer_to("não entendi, quanto eu devo hoje?")
                  .starts_with("Claro. Hoje o seu saldo é de COP"));
  EXPECT_EQ(answer_to("ok, valeu, obrigado"), "Por nada! Tenha um ótimo dia.");
  house.engine.desk().settings.is_familiar = true;
  EXPECT_TRUE(answer_to("hola, y cuánto debo en total?")
                  .starts_with("Con gusto. Hoy tu saldo es de $ 150.000"));
}

// What is owed changes between an answer and its sending: it is said anew with what is true, once;
// then a person has it.
TEST(Converse, AnswersAnewWhatIsTrueNoLonger) {
  TestHouse house;
  house.add_people(1);
  house.tick();
  house.channel.room = 0;
  house.deliver(TestHouse::said(1, "wamid.1", "cuánto debo?"));
  house.tick();
  const auto owes = [&](int64_t balance) {
    house.now = house.now + kMinuteMs;
    house.tick();  // The answer waits.
    house.import(std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 150'000, balance));
    house.channel.room = 100;
    house.tick();  // It would leave.
    house.channel.room = 0;
    return answers_of(house).back();
  };
  EXPECT_EQ(owes(90'000).reasons, "BALANCE_CHANGED");
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM task"), 0);
  house.now = house.now + kMinuteMs;
  house.tick();
  ASSERT_EQ(answers_of(house).size(), 2U);
  EXPECT_NE(answers_of(house).back().text.find("$ 90.000"), std::string::npos);
  EXPECT_EQ(owes(50'000).reasons, "BALANCE_CHANGED");
  EXPECT_EQ(answers_of(house).size(), 2U);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM task WHERE kind='unclear' AND closed_at IS NULL"), 1);
}

// A dispute that somebody has seen to may go on resting, but not for ever unseen.
TEST(Converse, WhatGoesOnRestingIsLookedAtAgain) {
  TestHouse house;
  house.add_people(1);
  house.deliver(TestHouse::said(1, "wamid.1", "eso no es mío, yo no compré nada"));
  house.tick();
  house.now = house.now + kMinuteMs;
  house.tick();
  house.write([&](Tx& tx) {
    const auto before = tx.tasks.waiting(TestHouse::kCreditor);
    ASSERT_EQ(before.size(), 1U);
    ASSERT_EQ(before[0].kind, store::TaskKind::Dispute);
    ASSERT_TRUE(
        close_task(tx, TestHouse::creditor(), before[0].id, TaskOutcome::Done, "marta", house.now));
    const auto after = tx.tasks.waiting(TestHouse::kCreditor);
    ASSERT_EQ(after.size(), 1U);
    EXPECT_NE(after[0].id, before[0].id);
    EXPECT_EQ(after[0].snoozed_until, house.now + 30 * kDayMs);
    EXPECT_EQ(tx.suspensions.active(TestHouse::kCreditor, after[0].debtor_id, house.now).size(),
              1U);
  });
}

TEST(Rest, TheLongestHoldsAndAnAgreementLetsItsOwnGoOn) {
  using store::Suspension;
  using store::SuspensionKind;
  const Instant now{0};
  const Suspension claim{SuspensionKind::Claim, now, now + kHourMs, "chat"},
      agreement{SuspensionKind::Agreement, now, {}, "chat"};
  EXPECT_FALSE(rest_of({}));
  const std::vector<Suspension> both = {claim, agreement};
  EXPECT_EQ(rest_of(both)->code, "SUSPENDED_AGREEMENT");
  EXPECT_EQ(rest_of(both)->until, std::nullopt);
  EXPECT_EQ(rest_of(both, kAgreementStep)->code, "SUSPENDED_CLAIM");
  EXPECT_FALSE(rest_of(std::vector{agreement}, kAgreementStep));
}

}  // namespace
}  // namespace puntual::engine
