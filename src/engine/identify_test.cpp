// What the calendars tests/scenarios/identity_*.txt cannot show: new accounts behind a known phone, and whose number writes.
#include "engine/identify.h"

#include "engine/number_owner.h"
#include "engine/pause.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

class Identify : public testing::Test {
 protected:
  Address address(int person = 1) {
    return house.write([&](Tx& tx) {
      const auto invoice = tx.invoices.find_by_number(TestHouse::kCreditor, fmt::format("F-{:04}", person));
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
  const auto resumed = attempt([&](Tx& tx) { return resume_sending(tx, TestHouse::creditor(), house.now); });
  ASSERT_FALSE(resumed);
  EXPECT_EQ(resumed.error().code, ErrorCode::Conflict);
  EXPECT_FALSE(attempt([&](Tx& tx) { return confirm_owner(tx, TestHouse::creditor(), "Otro", "M. R.", house.now); }));
  EXPECT_FALSE(attempt([&](Tx& tx) { return confirm_owner(tx, TestHouse::creditor(), "grupo alameda", " ", house.now); }));
  EXPECT_EQ(paused_why(), kOwnerPause);
  EXPECT_TRUE(attempt([&](Tx& tx) { return confirm_owner(tx, TestHouse::creditor(), "grupo alameda", "M. R.", house.now); }));
  EXPECT_EQ(paused_why(), "");
  set_owner("Grupo Alameda");
  EXPECT_EQ(paused_why(), "");
  house.tick();
  EXPECT_EQ(house.channel.submitted.size(), 1U);
  set_owner("Tercero SA");  // Another owner has confirmed nothing.
  EXPECT_EQ(paused_why(), kOwnerPause);
}

TEST_F(Identify, AVerifiedNameThatDiffersIsToldOnce) {
  set_owner("");
  house.write([&](Tx& tx) { EXPECT_TRUE(note_verified_name(tx, TestHouse::creditor(), "Internet Andina", house.now)); });
  house.write([&](Tx& tx) { EXPECT_FALSE(note_verified_name(tx, TestHouse::creditor(), "Otra Marca", house.now)); });
  house.write([&](Tx& tx) { EXPECT_FALSE(note_verified_name(tx, TestHouse::creditor(), "Otra Marca", house.now)); });
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='verified_name_differs'"), 1);
}

}  // namespace
}  // namespace puntual::engine
