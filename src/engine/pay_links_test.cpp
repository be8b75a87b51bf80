#include "engine/pay_links.h"

#include "engine/identify.h"
#include "engine/payer_identity.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

class PayLinks : public testing::Test {
 protected:
  PayLinks() {
    desk.settings.pay_link_days = 90;
    house.add_people(2);
  }
  DebtorId person(int number = 1) {
    return house.write([&](Tx& tx) {
      return tx.invoices.find_by_number(TestHouse::kCreditor, fmt::format("F-{:04}", number))
          ->debtor_id;
    });
  }
  PayLink link(const PayAbout& about = {}, int number = 1) {
    const DebtorId who = person(number);
    return house.write([&](Tx& tx) {
      tx.debtors.hold(TestHouse::kCreditor, {who});
      return link_for(tx, desk, TestHouse::kCreditor, who, about, {}, house.now);
    });
  }
  std::optional<PayLink> found(std::string_view token) {
    return house.write(
        [&](Tx& tx) { return tx.pay_links.find_by_token(TestHouse::kCreditor, token); });
  }
  TestHouse house;
  Desk& desk = house.engine.desk();
};

TEST_F(PayLinks, TheSameThingHasTheSameLinkAndAnotherThingOrPersonAnother) {
  const PayLink all = link();
  EXPECT_EQ(all.token.size(), 26u);
  EXPECT_EQ(link().token, all.token);
  EXPECT_NE(link({PayAboutKind::Agreement, 7}).token, all.token);
  EXPECT_NE(link({}, 2).token, all.token);
  ASSERT_TRUE(found(all.token));
  EXPECT_EQ(found(all.token)->debtor_id, person());
  EXPECT_FALSE(found(all.token + "0"));
  EXPECT_FALSE(found(""));
  EXPECT_EQ(payments::read_bank_reference(all.bank_reference), all.bank_reference);
  const auto by_reference = house.write([&](Tx& tx) {
    return tx.pay_links.find_by_reference(TestHouse::kCreditor, all.bank_reference);
  });
  ASSERT_TRUE(by_reference);
  EXPECT_EQ(by_reference->id, all.id);
}

TEST_F(PayLinks, TheTokenStandsNowhereInTheDatabase) {
  const std::string token = link().token;
  house.write([&](Tx& tx) {
    auto rows = tx.db.query("SELECT token_key, salt, bank_reference, about FROM pay_link");
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.bytes(0).size(), 16u);
    for (const int column : {0, 1})
      EXPECT_EQ(rows.bytes(column).find(token), std::string_view::npos);
    for (const int column : {2, 3})
      EXPECT_EQ(rows.view(column).find(token), std::string_view::npos);
  });
}

TEST_F(PayLinks, ALinkLastsLongerWhenLittleIsLeftAndAnEndedOneIsNotGivenAgain) {
  const PayLink first = link();
  house.now = house.now + 61 * kDayMs;
  const PayLink renewed = link();
  EXPECT_EQ(renewed.token, first.token);
  EXPECT_EQ(found(first.token)->expires_at, house.now + 90 * kDayMs);
  house.now = house.now + 90 * kDayMs;
  EXPECT_FALSE(found(first.token)->is_live(house.now));
  EXPECT_NE(link().token, first.token);
}

TEST_F(PayLinks, AWrongNumberOpensNoPageAnyMore) {
  const std::string token = link().token;
  const DebtorId who = person();
  house.write([&](Tx& tx) {
    tx.debtors.hold_with_kin(TestHouse::kCreditor, who);
    EXPECT_TRUE(retire_address(tx, *tx.debtors.find(TestHouse::kCreditor, who), "test", house.now));
  });
  EXPECT_FALSE(found(token)->is_live(house.now));
  EXPECT_NE(link().token, token);
}

TEST_F(PayLinks, WhoWasErasedHasNoAddressLeft) {
  const PayLink before = link();
  const DebtorId who = person();
  ASSERT_TRUE(*house.store->erase(TestHouse::kCreditor, who, house.now));
  ASSERT_TRUE(found(before.token));
  EXPECT_FALSE(found(before.token)->is_live(house.now));
  EXPECT_TRUE(found(before.token)->token.empty());
}

TEST_F(PayLinks, AReminderCarriesTheLinkOfItsInvoiceAndLeavesWithTheSameOne) {
  house.tick();
  house.tick();
  const auto sent = house.messages();
  ASSERT_EQ(sent.size(), 1u);
  const auto invoice = house.write(
      [&](Tx& tx) { return tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->id; });
  const PayLink own = link({PayAboutKind::Invoice, invoice.value});
  EXPECT_NE(sent.front().body.find(own.token), std::string::npos)
      << "the button: " << sent.front().body;
  EXPECT_EQ(sent.front().state, MessageState::InFlight);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='rewritten'"), 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM pay_link"), 2);  // One a person.
}

TEST_F(PayLinks, WithoutAPageOfOurOwnTheCreditorsKnowsTheInvoice) {
  desk.settings.pay_link_days = 0;
  house.tick();
  EXPECT_NE(house.messages().front().body.find("F-0001"), std::string::npos)
      << "the button: " << house.messages().front().body;
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM pay_link"), 0);
}

TEST_F(PayLinks, WrongAnswersAtAnyOfTheirLinksCountTogetherAndTheWaitDoubles) {
  const PayLink all = link(), other = link({PayAboutKind::Agreement, 7});
  const auto answer = [&](const PayLink& at, std::string_view typed) {
    return house.write([&](Tx& tx) {
      tx.debtors.hold(TestHouse::kCreditor, {at.debtor_id});
      return check_document(tx, at, typed, house.now);
    });
  };
  house.write([&](Tx& tx) {
    tx.debtors.hold(TestHouse::kCreditor, {all.debtor_id});
    tx.debtors.add_identifier(TestHouse::kCreditor, all.debtor_id, IdentifierKind::Document,
                              "10000001");
  });
  using enum PayerAnswer;
  for (int i = 0; i < 4; ++i) EXPECT_EQ(answer(i % 2 == 0 ? all : other, "1234"), Wrong) << i;
  EXPECT_EQ(answer(other, "1234"), Locked);
  EXPECT_EQ(answer(all, "0001"), Locked) << "the other link waits as well";
  house.now = house.now + kHourMs;
  for (int i = 0; i < 4; ++i) EXPECT_EQ(answer(all, "1234"), Wrong) << i;
  EXPECT_EQ(answer(all, "1234"), Locked);
  house.now = house.now + kHourMs;
  EXPECT_EQ(answer(other, "0001"), Locked) << "twice as long";
  house.now = house.now + kHourMs;
  EXPECT_EQ(answer(other, "0001"), Right);
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(answer(all, "1234"), Wrong) << "as if nothing had been: " << i;
}

}  // namespace
}  // namespace puntual::engine
