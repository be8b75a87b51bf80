// From the intent to send to what became of it.
#include "engine/dispatch_outbox.h"

#include "core/messaging/attempt_id.h"
#include "engine/identify.h"
#include "engine/read_once.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

struct Ending {
  SendOutcome outcome;
  int error_code;
  MessageState state;
};

TEST(Dispatch, EachOutcomeLeavesTheMessageWhereTheProtocolSays) {
  const Ending endings[] = {
      {SendOutcome::Accepted, 0, MessageState::Accepted},
      {SendOutcome::Unknown, 0, MessageState::Uncertain},
      {SendOutcome::NotSent, 0, MessageState::Planned},
      {SendOutcome::Rejected, 131026, MessageState::Rejected},  // Cannot be reached.
      {SendOutcome::Rejected, 130429, MessageState::Planned}};  // Too fast: later.
  for (const auto& ending : endings) {
    TestHouse house;
    house.add_people(1);
    house.tick();
    ASSERT_EQ(house.channel.submitted.size(), 1u);
    EXPECT_EQ(house.state(), MessageState::InFlight);
    house.channel.answer(house.channel.submitted[0], ending.outcome, ending.error_code);
    house.channel.room = 0;
    house.tick();
    EXPECT_EQ(house.state(), ending.state)
        << static_cast<int>(ending.outcome) << " " << ending.error_code;
    if (ending.state != MessageState::Planned) continue;
    EXPECT_GT(house.messages()[0].not_before, house.now);
    house.channel.room = 100;
    house.now = house.messages()[0].not_before;
    house.tick();
    ASSERT_EQ(house.channel.submitted.size(), 2u);
    EXPECT_NE(house.channel.submitted[0].attempt_id, house.channel.submitted[1].attempt_id);
  }
}

TEST(Dispatch, AnswerToAnOldAttemptChangesNothing) {
  TestHouse house;
  house.add_people(1);
  house.tick();
  const SendRequest old = house.channel.submitted[0];
  house.channel.answer(old, SendOutcome::NotSent);
  house.tick();
  house.now = house.messages()[0].not_before;
  house.tick();
  ASSERT_EQ(house.channel.submitted.size(), 2u);
  for (const auto outcome :
       {SendOutcome::Accepted, SendOutcome::Rejected, SendOutcome::NotSent, SendOutcome::Unknown}) {
    house.channel.answer(old, outcome, 131026);
    house.tick();
    EXPECT_EQ(house.state(), MessageState::InFlight) << static_cast<int>(outcome);
  }
}

// Both were planned while nothing had been sent, and both are claimed in one transaction.
TEST(Dispatch, WhatLeavesFirstCountsForTheNextOfTheSameBatch) {
  TestHouse house;
  house.import(std::string(TestHouse::kTitles) +
               "Ana Uno;10.000.001;573000000001;F-0001;24/11/2026;150000,00;150000,00;COP\n"
               "Beto Dos;10.000.002;573000000001;F-0002;24/11/2026;150000,00;150000,00;COP\n");
  house.channel.room = 0;
  house.tick();
  ASSERT_EQ(house.messages(1).size(), 1u);
  ASSERT_EQ(house.messages(2).size(), 1u);
  house.channel.room = 100;
  house.tick();
  EXPECT_EQ(house.channel.submitted.size(), 1u);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE state='in_flight'"), 1);
}

// The number is no longer theirs by the time it could leave: a debt is told to nobody, whatever the
// text was for.
TEST(Dispatch, IsMadeAnewWhenWhatItWasMadeOfHasChanged) {
  for (const bool changes : {false, true}) {
    TestHouse house;
    const auto file = [](std::string_view balance) {
      return fmt::format("{}Ana Uno;10.000.001;573000000001;F-0001;24/11/2026;150000,00;{};COP\n",
                         TestHouse::kTitles, balance);
    };
    house.import(file("150000,00"));
    house.channel.room = 0;
    house.tick();
    ASSERT_EQ(house.messages(1).size(), 1u);
    EXPECT_FALSE(house.messages(1)[0].made_of.empty());
    house.import(file(changes ? "100000,00" : "150000,00"));
    house.channel.room = 100;
    house.tick();
    EXPECT_EQ(house.messages(1)[0].text.contains("$ 100.000"), changes)
        << house.messages(1)[0].text;
    EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='rewritten'"), changes ? 1 : 0);
  }
}

TEST(Dispatch, NothingOfADebtGoesToANumberThatIsNotProven) {
  TestHouse house;
  house.add_people(1);
  house.deliver(TestHouse::said(1, "wamid.1", "cuánto debo?"));
  house.tick();
  house.channel.submitted.clear();
  house.channel.room = 0;
  house.now = house.now + house.engine.desk().settings.settle_ms;
  house.tick();
  ASSERT_EQ(house.messages().back().step, "reply");
  house.write([](Tx& tx) {
    const Debtor debtor =
        *tx.debtors.find(TestHouse::kCreditor,
                         tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->debtor_id);
    tx.debtors.hold(TestHouse::kCreditor, {debtor.id});
    tx.addresses.save(TestHouse::kCreditor, debtor.id, address_value(debtor), Address{});
  });
  house.channel.room = 100;
  house.tick();
  EXPECT_EQ(house.messages().back().state, MessageState::Cancelled);
  EXPECT_EQ(house.messages().back().reasons, "IDENTITY_UNCONFIRMED");
  EXPECT_TRUE(house.channel.submitted.empty());
}

TEST(Dispatch, AnAttemptIsFoundByItsNameAlone) {
  TestHouse house;
  house.add_people(1);
  house.tick();
  const SendRequest sent = house.channel.submitted.at(0);
  EXPECT_EQ(messaging::message_of_attempt(sent.attempt_id), sent.message_id);
  const auto find = [&](std::string name) {
    return house.write(
        [&](Tx& tx) { return tx.outbox.find_by_attempt(TestHouse::kCreditor, name).has_value(); });
  };
  EXPECT_TRUE(find(sent.attempt_id));
  std::string other = sent.attempt_id;
  other.back() = other.back() == '0' ? '1' : '0';
  for (const auto& name : {other, sent.attempt_id.substr(1), std::string(32, 'x'), std::string()})
    EXPECT_FALSE(find(name)) << name;
}

TEST(ReadOnce, SaysWhatReadingSays) {
  for (int again = 0; again < 2; ++again) {
    for (const std::string text :
         {"Le escribe Laura, de Colegio Ejemplo. Si no paga, lo embargamos.",
          "Gracias por su pago.", ""}) {
      const auto once = read_once(text), anew = compliance::read_text(text);
      EXPECT_EQ(once.threat, anew.threat) << text;
      EXPECT_EQ(once.court, anew.court) << text;
      EXPECT_EQ(once.identity, anew.identity) << text;
    }
  }
}

TEST(Dispatch, UncertainIsNeverSentAgainAndCountsAsAContact) {
  TestHouse house;
  house.add_people(1);
  house.tick();
  house.channel.answer(house.channel.submitted[0], SendOutcome::Unknown);
  for (int day = 0; day < 5; ++day) {
    house.tick();
    house.now = house.now + kHourMs;
  }
  EXPECT_EQ(house.channel.submitted.size(), 1u);
  const DebtorId debtor = house.messages()[0].debtor_id;
  const auto contacts = house.write([&](Tx& tx) {
    return tx.outbox.history(TestHouse::kCreditor, store::People({debtor}), house.now - kDayMs)
        .front()
        .contacts;
  });
  ASSERT_EQ(contacts.size(), 1u);
  EXPECT_EQ(contacts[0].status, ContactStatus::Uncertain);
}

TEST(Dispatch, SilenceAfterTheDeadlineIsUncertainThenUnconfirmedAndAStatusStillResolvesIt) {
  TestHouse house;
  house.add_people(1);
  house.tick();
  const std::string attempt = house.channel.submitted[0].attempt_id;
  house.now = house.now + 61 * kSecondMs;
  house.tick();
  EXPECT_EQ(house.state(), MessageState::Uncertain);
  house.now = house.now + kDayMs;
  house.tick();
  EXPECT_EQ(house.state(), MessageState::Unconfirmed);
  house.deliver(TestHouse::status(attempt, "delivered"));
  house.tick();
  EXPECT_EQ(house.state(), MessageState::Delivered);
  EXPECT_EQ(house.channel.submitted.size(), 1u);
}

TEST(Dispatch, TemplateThatIsNotApprovedWaitsAndThenLeaves) {
  TestHouse house;
  house.add_people(1);
  const auto set_all = [&](std::string_view status) {
    house.write([&](Tx& tx) {
      for (auto one : tx.templates.all(TestHouse::kCreditor)) {
        one.status = status;
        tx.templates.save(TestHouse::kCreditor, one);
      }
    });
  };
  for (const char* status : {"PENDING", "PAUSED", "REJECTED", "DISABLED"}) {
    set_all(status);
    house.tick();
    EXPECT_TRUE(house.channel.submitted.empty()) << status;
    EXPECT_EQ(house.messages()[0].reasons, std::string("TEMPLATE_") + status);
    house.now = house.messages()[0].not_before;
  }
  set_all("APPROVED");
  house.tick();
  EXPECT_EQ(house.channel.submitted.size(), 1u);
}

TEST(Dispatch, AnswerThatForbidsUsToSendPausesTheCreditor) {
  TestHouse house;
  house.add_people(2);
  house.channel.room = 1;
  house.tick();
  ASSERT_EQ(house.channel.submitted.size(), 1u);
  house.channel.answer(house.channel.submitted[0], SendOutcome::Rejected,
                       131031);  // The account is locked.
  house.channel.room = 100;
  house.tick();
  EXPECT_EQ(house.channel.submitted.size(), 1u);
  EXPECT_TRUE(house.write(
      [](Tx& tx) { return tx.creditors.find(TestHouse::kCreditor)->paused_at.has_value(); }));
}

TEST(Dispatch, NothingIsHandedOverWhenTheIntentCannotBeMadeDurable) {
  TestHouse house;
  house.add_people(30);
  house.channel.room = 0;
  house.tick();
  house.write([](Tx& tx) { tests::TestDatabase::fill_disk(tx.db); });
  house.channel.room = 100;
  const auto failed = house.engine.tick(house.now);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::Unavailable) << failed.error().message;
  EXPECT_TRUE(house.channel.submitted.empty());
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE state='in_flight'"), 0);
  house.write([](Tx& tx) { tests::TestDatabase::free_disk(tx.db); });
  house.tick();
  EXPECT_EQ(house.channel.submitted.size(), 30u);
}

}  // namespace
}  // namespace puntual::engine
