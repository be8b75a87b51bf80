// What the calendars tests/scenarios/identity_*.txt cannot show: new accounts behind a known phone,
// and whose number writes.
#include "engine/identify.h"

#include <algorithm>

#include "engine/number_owner.h"
#include "engine/pause.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

class Identify : public testing::Test {
 protected:
  Address address(int person = 1) {
    return house.write([&](Tx& tx) {
      const auto invoice =
          tx.invoices.find_by_number(TestHouse::kCreditor, fmt::format("F-{:04}", person));
      return address_in_use(tx, *tx.debtors.find(TestHouse::kCreditor, invoice->debtor_id));
    });
  }
  // Something said from the phone of person 1, by this account.
  void say_as(std::string_view id, std::string_view user_id, std::string_view hash) {
    house.deliver(TestHouse::webhook(fmt::format(
        R"("contacts":[{{"profile":{{"name":"P"}},"wa_id":"573000000001","user_id":"{1}","identity_key_hash":"{2}"}}],)"
        R"("messages":[{{"from":"573000000001","from_user_id":"{1}","id":"{0}","timestamp":"1795528800","type":"text","text":{{"body":"hola"}}}}])",
        id, user_id, hash)));
    house.tick();
  }
  // The same with the words; `from` empty: the number is hidden, and the message quotes ours.
  void say(std::string_view id, std::string_view user_id, std::string_view from,
           std::string_view quotes, std::string_view text) {
    house.now = house.now + kMinuteMs;
    const auto maybe = [](std::string_view key, std::string_view value) {
      return value.empty() ? std::string() : fmt::format(R"("{}":"{}",)", key, value);
    };
    const std::string context =
        quotes.empty() ? std::string() : fmt::format(R"("context":{{"id":"{}"}},)", quotes);
    house.deliver(TestHouse::webhook(fmt::format(
        R"("contacts":[{{"profile":{{"name":"P"}},{}"user_id":"{}"}}],"messages":[{{{}{}"from_user_id":"{}","id":"{}","timestamp":"{}",)"
        R"("type":"text","text":{{"body":"{}"}}}}])",
        maybe("wa_id", from), user_id, maybe("from", from), context, user_id, id,
        house.now.ms / kSecondMs, text)));
    house.tick();
  }
  // The reminder or opener of person 1 is at the platform, under this id.
  void is_accepted(std::string_view platform_id) {
    house.channel.results.push_back({.creditor_id = TestHouse::kCreditor,
                                     .message_id = house.messages(1).front().id,
                                     .debtor_id = house.messages(1).front().debtor_id,
                                     .attempt_id = house.channel.submitted.at(0).attempt_id,
                                     .outcome = SendOutcome::Accepted,
                                     .platform_id = std::string(platform_id),
                                     .wa_id = {},
                                     .error_code = 0,
                                     .detail = {},
                                     .retry_after_ms = {}});
    house.tick();
  }
  int64_t stops() { return house.count("SELECT COUNT(*) FROM opt_out WHERE lifted_at=0"); }
  std::string paused_why() {
    return house.write([&](Tx& tx) { return tx.creditors.paused_why(TestHouse::kCreditor); });
  }
  void set_owner(std::string_view owner) {
    house.write([&](Tx& tx) { note_sending_number(tx, TestHouse::creditor(), owner, house.now); });
  }

  TestHouse house;
};

TEST_F(Identify, ANewUserIdBehindAKnownPhoneIsNotProven) {
  house.add_people(1);
  say_as("wamid.1", "CO.1", "");
  EXPECT_EQ(address().state, AddressState::Confirmed);
  say_as("wamid.2", "CO.1", "");
  EXPECT_EQ(address().state, AddressState::Confirmed);
  say_as("wamid.3", "CO.2", "");
  EXPECT_EQ(address().state, AddressState::Unconfirmed);
  EXPECT_EQ(address().changed_at, house.now);
}

constexpr std::string_view kHerPhone = "573000000001";

TEST_F(Identify, AHiddenAccountThatQuotesUsStopsButLiftsAndConfirmsNothing) {
  house.add_people(1);
  house.tick();
  is_accepted("wamid.OURS");
  say("wamid.1", "CO.1", kHerPhone, "", "hola");  // Her own account.
  say("wamid.2", "CO.2", "", "wamid.OURS", "BAJA");
  EXPECT_EQ(stops(), 1);
  say("wamid.3", "CO.2", "", "wamid.OURS", "ALTA");
  EXPECT_EQ(stops(), 1);
  say("wamid.4", "CO.1", "", "wamid.OURS", "ALTA");
  EXPECT_EQ(stops(), 0);
}

TEST_F(Identify, WhoHasTheAccountNowLiftsNoStopOfBefore) {
  house.add_people(1);
  say("wamid.1", "CO.1", kHerPhone, "", "BAJA");
  EXPECT_EQ(stops(), 1);
  house.now = house.now + kDayMs;
  say("wamid.2", "CO.2", kHerPhone, "", "ALTA");
  EXPECT_EQ(address().state, AddressState::Unconfirmed);
  EXPECT_EQ(stops(), 1);
}

TEST_F(Identify, AnotherKeyOfTheAccountIsNotProven) {
  house.add_people(1);
  say_as("wamid.1", "CO.1", "aa");
  EXPECT_EQ(address().state, AddressState::Confirmed);
  EXPECT_EQ(address().identity_hash, "aa");
  say_as("wamid.2", "CO.1", "bb");
  EXPECT_EQ(address().state, AddressState::Unconfirmed);
  EXPECT_EQ(address().identity_hash, "bb");
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='account_changed'"), 1);
}

TEST_F(Identify, AnotherOwnersNumberIsHeldUntilTheOwnerConfirms) {
  house.add_people(1);
  set_owner("INTERNET  andina");  // The creditor's own name, written otherwise.
  EXPECT_EQ(paused_why(), "");
  set_owner("Grupo Alameda");
  EXPECT_EQ(paused_why(), kOwnerPause);
  house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
  const auto attempt = [&](auto&& deed) { return house.store->write(deed); };
  const auto resumed =
      attempt([&](Tx& tx) { return resume_sending(tx, TestHouse::creditor(), house.now); });
  ASSERT_FALSE(resumed);
  EXPECT_EQ(resumed.error().code, ErrorCode::Conflict);
  EXPECT_FALSE(attempt([&](Tx& tx) {
    return confirm_owner(tx, TestHouse::creditor(), "Otro", "M. R.", house.now);
  }));
  EXPECT_FALSE(attempt([&](Tx& tx) {
    return confirm_owner(tx, TestHouse::creditor(), "grupo alameda", " ", house.now);
  }));
  EXPECT_EQ(paused_why(), kOwnerPause);
  EXPECT_TRUE(attempt([&](Tx& tx) {
    return confirm_owner(tx, TestHouse::creditor(), "grupo alameda", "M. R.", house.now);
  }));
  EXPECT_EQ(paused_why(), "");
  set_owner("Grupo Alameda");
  EXPECT_EQ(paused_why(), "");
  house.tick();
  EXPECT_EQ(house.channel.submitted.size(), 1U);
  set_owner("Tercero SA");  // Another owner has confirmed nothing.
  EXPECT_EQ(paused_why(), kOwnerPause);
}

// Asked, the number disowned while nothing could leave: neither the answer nor a colleague's words
// go to whoever is there.
TEST_F(Identify, WhatWaitsForANumberThatIsDisownedNeverLeaves) {
  house.add_people(1);
  say("wamid.1", "CO.1", kHerPhone, "", "hola");
  house.now = house.now + house.engine.desk().settings.settle_ms;
  house.tick();
  house.channel.room = 0;
  house.channel.submitted.clear();
  say("wamid.2", "CO.1", kHerPhone, "", "cuánto debo?");
  house.now = house.now + house.engine.desk().settings.settle_ms;
  house.tick();
  const auto waits = [](const OutboxMessage& one) {
    return one.state == MessageState::Planned && one.text.contains("150.000");
  };
  ASSERT_TRUE(std::ranges::any_of(house.messages(), waits));
  say("wamid.3", "CO.1", kHerPhone, "", "número equivocado, yo no soy Persona");
  EXPECT_EQ(address().state, AddressState::Wrong);
  EXPECT_FALSE(std::ranges::any_of(house.messages(), waits));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE state='cancelled' AND "
                        "reasons='WRONG_NUMBER' AND step='reply'"),
            1);
  house.channel.room = 100;
  house.tick();
  for (const auto& one : house.channel.submitted)
    EXPECT_FALSE(one.body.contains("150.000")) << one.body;
  EXPECT_FALSE(house.channel.submitted.empty());  // The apology leaves.
}

TEST_F(Identify, AVerifiedNameThatDiffersIsToldOnce) {
  set_owner("");
  house.write([&](Tx& tx) {
    EXPECT_TRUE(note_verified_name(tx, TestHouse::creditor(), "Internet Andina", house.now));
  });
  house.write([&](Tx& tx) {
    EXPECT_FALSE(note_verified_name(tx, TestHouse::creditor(), "Otra Marca", house.now));
  });
  house.write([&](Tx& tx) {
    EXPECT_FALSE(note_verified_name(tx, TestHouse::creditor(), "Otra Marca", house.now));
  });
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='verified_name_differs'"), 1);
}

}  // namespace
}  // namespace puntual::engine
