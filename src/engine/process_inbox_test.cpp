// What comes in: order and repetition do not matter, and one bad event does not stop the others.
#include "engine/process_inbox.h"

#include <algorithm>

#include "engine/test_house.h"

namespace puntual::engine {
namespace {

TEST(Inbox, FinalStateDoesNotDependOnOrderOrRepetition) {
  std::vector<std::string> words = {"sent", "delivered", "read", "failed"};
  std::ranges::sort(words);
  do {
    TestHouse house;
    house.add_people(1);
    house.tick();
    const SendRequest request = house.channel.submitted[0];
    // The answer of the send itself comes anywhere among its statuses.
    for (size_t i = 0; i < words.size(); ++i) {
      house.deliver(TestHouse::status(request.attempt_id, words[i]));
      house.deliver(TestHouse::status(request.attempt_id, words[i]));
      if (i == 1) house.channel.answer(request, SendOutcome::Accepted);
      house.tick();
    }
    EXPECT_EQ(house.state(), MessageState::Read) << words[0] << words[1] << words[2] << words[3];
    EXPECT_EQ(house.channel.submitted.size(), 1u);
  } while (std::ranges::next_permutation(words).found);
}

TEST(Inbox, PoisonIsSetAsideAndItsNeighboursAreHeard) {
  TestHouse house;
  house.add_people(2);
  house.deliver(TestHouse::said(1, "wamid.1", "hola"));
  house.deliver("{{{ no json");
  house.deliver(std::string("\0\xFF", 2));
  house.deliver(std::string(100'000, '['));
  house.deliver(TestHouse::said(2, "wamid.2", "hola"));
  const auto report = house.tick();
  EXPECT_EQ(report.inbox.poison, 3);
  EXPECT_EQ(report.inbox.messages, 2);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM conversation_message"), 2);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM inbox WHERE state='poison'"), 3);
  EXPECT_EQ(house.tick().inbox.events, 0);
}

// An event that our own database refuses, as a damaged row or key stands in its way: it may be
// somebody's stop. The others are heard, nothing is said, and it is heard as soon as it can be,
// however many such there are.
TEST(Inbox, EventThatFailsForOurFaultWaitsAndIsHeardInTheEnd) {
  TestHouse house;
  house.add_people(2);
  house.write([](Tx& tx) {
    tests::TestDatabase::refuse(tx.db, "conversation_message", "NEW.platform_id='wamid.bad'");
  });
  house.deliver(TestHouse::said(1, "wamid.1", "hola"));
  for (int i = 0; i < house.engine.desk().settings.inbox_batch; ++i)
    house.deliver(TestHouse::said(1, "wamid.bad", fmt::format("BAJA {}", i)));
  house.deliver(TestHouse::said(2, "wamid.2", "hola"));
  EXPECT_FALSE(house.engine.tick(house.now));
  const auto failed = house.engine.tick(house.now);
  ASSERT_FALSE(failed);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM conversation_message"), 2);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM inbox WHERE state='poison'"), 0);
  EXPECT_TRUE(house.channel.submitted.empty());
  house.write([](Tx& tx) { tests::TestDatabase::allow(tx.db, "conversation_message"); });
  house.tick();
  house.tick();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM conversation_message"), 3);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM inbox WHERE state='new'"), 0);
}

// The disk is full: that is no fault of the events, and none of them may be set aside for it.
TEST(Inbox, FullDiskSetsNothingAside) {
  TestHouse house;
  house.add_people(1);
  house.channel.room = 0;
  house.tick();
  for (int i = 0; i < 200; ++i)
    house.deliver(TestHouse::said(1, fmt::format("wamid.{}", i), std::string(300, 'x')));
  house.write([](Tx& tx) { tests::TestDatabase::fill_disk(tx.db); });
  const auto full = house.engine.tick(house.now);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ErrorCode::Unavailable) << full.error().message;
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM inbox WHERE state='new'"), 200);
  house.write([](Tx& tx) { tests::TestDatabase::free_disk(tx.db); });
  house.tick();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM conversation_message"), 200);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM inbox WHERE state='poison'"), 0);
}

TEST(Inbox, StopSilencesTheReminderOfTheSameTick) {
  TestHouse house;
  house.add_people(1);
  house.deliver(TestHouse::said(1, "wamid.1", "BAJA"));
  house.tick();
  ASSERT_EQ(house.channel.submitted.size(), 1u);  // That it was heard.
  EXPECT_FALSE(house.channel.submitted[0].body.contains("vence_hoy"));
  TestHouse other;  // Who says something else is reminded.
  other.add_people(1);
  other.tick();
  ASSERT_EQ(other.channel.submitted.size(), 1u);
  EXPECT_TRUE(other.channel.submitted[0].body.contains("vence_hoy"));
}

TEST(Inbox, SeveralStopsAreConfirmedOnce) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"BAJA", "baja"},
                                                {"BAJA", "BAJA", "parar", "stop"},
                                                {"no quiero cancelar todavía", "BAJA", "baja"}}) {
    TestHouse house;
    house.add_people(1);
    house.channel.room = 0;
    house.tick();
    int i = 0;
    for (const auto& word : words)
      house.deliver(TestHouse::said(1, fmt::format("wamid.{}", i++), word));
    house.now = house.now + kMinuteMs;
    house.tick();
    house.channel.room = 100;
    for (int turn = 0; turn < 3; ++turn, house.now = house.now + kMinuteMs) house.tick();
    int confirmations = 0;
    for (const auto& message : house.messages()) {
      if (message.purpose == Purpose::OptOutAck)
        confirmations +=
            message.state == MessageState::InFlight || message.state == MessageState::Uncertain;
      else
        EXPECT_EQ(message.state, MessageState::Cancelled);
    }
    EXPECT_EQ(confirmations, 1) << words[0];
    EXPECT_EQ(house.channel.submitted.size(), 1u) << words[0];
  }
}

// A family shares a phone, or the file comes again with another document: the stop is that of the
// phone.
TEST(Inbox, StopHoldsForEverybodyOnThePhone) {
  TestHouse house;
  house.add_people(1);
  house.deliver(TestHouse::said(1, "wamid.1", "BAJA"));
  house.tick();
  house.import(std::string(TestHouse::kTitles) +
               "Persona Otra;20.000.000;+573000000001;F-0002;24/11/2026;90.000,00;90.000,00;COP\n");
  for (int i = 0; i < 3; ++i, house.now = house.now + kMinuteMs) house.tick();
  ASSERT_EQ(house.channel.submitted.size(), 1u);  // That the stop was heard, and nothing else.
  EXPECT_FALSE(house.channel.submitted[0].body.contains("vence_hoy"));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor"), 2);
}

TEST(Inbox, StatusOfAnAttemptThatIsNotOursRaisesOnlyANote) {
  TestHouse house;
  house.deliver(TestHouse::status("00000000000000000000000000000000", "delivered"));
  EXPECT_EQ(house.tick().inbox.unknown, 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='unknown_update'"), 1);
}

// Whom an invitation by e-mail or SMS has reached may write from any number. Nobody answers, but
// one person reads it all.
TEST(Inbox, WhatSomebodyUnknownWritesIsOneTaskForTheirNumber) {
  TestHouse house;
  house.deliver(TestHouse::said(77, "wamid.1", "Hola"));
  house.deliver(TestHouse::said(77, "wamid.2", "cuánto debo?"));
  house.deliver(TestHouse::said(78, "wamid.3", "quién es?"));
  house.tick();
  house.now = house.now + kHourMs;
  house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
  house.write([](Tx& tx) {
    const auto tasks = tx.tasks.waiting(TestHouse::kCreditor);
    ASSERT_EQ(tasks.size(), 2U);
    EXPECT_EQ(tasks[0].kind, store::TaskKind::Stranger);
    EXPECT_EQ(tasks[0].summary,
              "Escribe un número que no conocemos +573000000077: «Hola»\nEscribe un número que no "
              "conocemos +573000000077: «cuánto debo?»");
    EXPECT_EQ(tx.conversation.of_debtor(TestHouse::kCreditor, tasks[0].debtor_id).size(), 2U);
    EXPECT_EQ(tx.attention.all(TestHouse::kCreditor).size(), 2U);
  });
}

// At once, with its confirmation; and for whoever turns out to have that number.
TEST(Inbox, StopOfSomebodyUnknownHoldsForWhomTheFileNamesLater) {
  TestHouse house;
  house.deliver(TestHouse::said(1, "wamid.1", "BAJA"));
  house.tick();
  ASSERT_EQ(house.channel.submitted.size(), 1U);
  EXPECT_NE(house.channel.submitted[0].body.find("confirmar su solicitud"), std::string::npos);
  house.add_people(1);
  for (int i = 0; i < 3; ++i, house.now = house.now + kMinuteMs) house.tick();
  EXPECT_EQ(house.channel.submitted.size(), 1U);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor"), 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM task WHERE closed_at IS NULL"), 0);
}

// The number is the second one of a person whom the file knows by another, or that of somebody who
// comes later.
TEST(Inbox, StopOfSomebodyUnknownHoldsForWhomeverTheirNumberIsOneOf) {
  for (const bool is_known_before : {true, false}) {
    TestHouse house;
    const std::string titles =
        "Cliente;Documento;Celular;Otro celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n";
    if (is_known_before)
      house.import(titles +
                   "Persona;10.000.001;+573000000001;;F-0001;24/12/2026;90.000,00;90.000,00;COP\n");
    house.deliver(TestHouse::said(2, "wamid.1", "no me escriban más"));
    house.tick();
    EXPECT_EQ(house.channel.submitted.size(), 1U) << is_known_before;
    house.import(titles +
                 "Persona;10.000.001;+573000000001;+573000000002;F-0001;24/11/"
                 "2026;90.000,00;90.000,00;COP\n");
    for (int i = 0; i < 3; ++i, house.now = house.now + kMinuteMs) house.tick();
    EXPECT_EQ(house.channel.submitted.size(), 1U) << is_known_before;
    EXPECT_EQ(house.write([](Tx& tx) {
      const auto invoice = tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001");
      const auto debtor = tx.debtors.find(TestHouse::kCreditor, invoice->debtor_id);
      return tx.permissions.of(TestHouse::kCreditor, debtor->id, tx.debtors.kin(*debtor))
          .optout_all;
    }),
              true)
        << is_known_before;
  }
}

// A hidden number says stop; when the same account writes from a number that we know, the stop is
// theirs.
TEST(Inbox, StopOfAHiddenNumberHoldsForTheNumberOfThatAccount) {
  TestHouse house;
  house.add_people(1);
  house.tick();
  const auto said = [](std::string_view who, std::string_view id, std::string_view text) {
    return TestHouse::webhook(fmt::format(
        R"("contacts":[{{"profile":{{"name":"P"}},{0}"user_id":"CO.778899"}}],"messages":[{{{1}"from_user_id":"CO.778899","id":"{2}",)"
        R"("timestamp":"1795528800","type":"text","text":{{"body":"{3}"}}}}])",
        who.empty() ? "" : fmt::format(R"("wa_id":"{}",)", who),
        who.empty() ? "" : fmt::format(R"("from":"{}",)", who), id, text));
  };
  house.deliver(said("", "wamid.1", "BAJA"));
  house.tick();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor WHERE stranger=1"), 1);
  house.deliver(said("573000000001", "wamid.2", "hola"));
  house.tick();
  house.write([](Tx& tx) {
    const auto debtor =
        tx.debtors.find(TestHouse::kCreditor,
                        tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->debtor_id);
    EXPECT_TRUE(
        tx.permissions.of(TestHouse::kCreditor, debtor->id, tx.debtors.kin(*debtor)).optout_all);
    EXPECT_EQ(tx.conversation.of_debtor(TestHouse::kCreditor, debtor->id).size(), 1U);
  });
}

std::string sent_picture(std::string_view id, std::string_view caption) {
  return TestHouse::webhook(fmt::format(
      R"("contacts":[{{"profile":{{"name":"P"}},"wa_id":"573000000001"}}],"messages":[{{"from":"573000000001","id":"{}",)"
      R"("timestamp":"1795528800","type":"image","image":{{"id":"4711","mime_type":"image/jpeg","caption":"{}"}}}}])",
      id, caption));
}

TEST(Inbox, WantsTheFileThatAPersonSendsAndKeepsNoCardNumber) {
  TestHouse house;
  house.add_people(1);
  house.deliver(sent_picture("wamid.1", "mi tarjeta 4111 1111 1111 1111"));
  house.deliver(sent_picture("wamid.1", "mi tarjeta 4111 1111 1111 1111"));  // Told twice.
  house.deliver(TestHouse::said(1, "wamid.2", "o 5500000000000004"));
  house.tick();
  house.write([&](Tx& tx) {
    const DebtorId id = tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->debtor_id;
    const auto said = tx.conversation.of_debtor(TestHouse::kCreditor, id);
    ASSERT_EQ(said.size(), 2u);
    EXPECT_EQ(said[0].text, "mi tarjeta **** **** **** 1111");
    EXPECT_EQ(said[1].text, "o ************0004");
    const auto wanted = tx.attachments.due(TestHouse::kCreditor, house.now, 10);
    ASSERT_EQ(wanted.size(), 1u);
    EXPECT_EQ(wanted[0].media_id, "4711");
    EXPECT_EQ(wanted[0].message_id, said[0].id);
  });
}

}  // namespace
}  // namespace puntual::engine
