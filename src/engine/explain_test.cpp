// What is told of a person, however they are named.
#include "engine/explain.h"

#include "engine/identify.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

class Explain : public testing::Test {
 protected:
  Explain() {
    house.add_people(1);
    house.tick();
    house.channel.answer(house.channel.submitted[0], SendOutcome::Accepted);
    house.tick();
  }
  Topic topic(std::string_view subject) {
    return house.write([&](Tx& tx) { return find_topic(tx, TestHouse::creditor(), subject); });
  }
  Explanation told(std::string_view subject) {
    return house.write([&](Tx& tx) {
      return explain(tx, TestHouse::creditor(), *find_topic(tx, TestHouse::creditor(), subject),
                     house.now, {});
    });
  }
  TestHouse house;
};

TEST_F(Explain, FindsByWhatPeopleHaveAtHand) {
  const OutboxMessage message = house.messages()[0];
  EXPECT_EQ(topic(message.platform_id).message, message.id);
  EXPECT_EQ(topic(std::to_string(message.id.value)).message, message.id);
  EXPECT_EQ(topic("F-0001").invoice, message.lead_invoice_id);
  for (const char* name :
       {"10000001", "10.000.001", "CC 10.000.001", "+573000000001", "300 000 0001"}) {
    EXPECT_EQ(topic(name).debtor, message.debtor_id) << name;
    EXPECT_FALSE(topic(name).invoice || topic(name).message) << name;
  }
}

TEST_F(Explain, SaysWhatTheGateIsNotAsked) {
  EXPECT_EQ(told("F-0001").unfit, "");
  const DebtorId who = topic("F-0001").debtor;
  house.write([&](Tx& tx) { account_changed(tx, TestHouse::kCreditor, who, "test", house.now); });
  EXPECT_EQ(told("F-0001").unfit, "IDENTITY_UNCONFIRMED");
  ASSERT_TRUE(*house.store->erase(TestHouse::kCreditor, who, house.now));
  EXPECT_EQ(told("F-0001").unfit, "ERASED");
}

// Who may have asked for silence is not told of as if they had.
TEST_F(Explain, TellsADoubtAsADoubt) {
  house.deliver(TestHouse::said(1, "wamid.1", "Ya estuvo, qué cansones"));
  house.tick();
  EXPECT_TRUE(told("F-0001").is_stop_in_doubt());
  for (int day = 0; day < 40 && told("F-0001").silence != kStopDoubt;
       ++day) {  // Until the next step is due, and refused.
    house.now = house.now + kDayMs;
    house.tick();
  }
  EXPECT_EQ(told("F-0001").silence, kStopDoubt);
  house.deliver(TestHouse::said(1, "wamid.2", "BAJA"));
  house.tick();
  EXPECT_FALSE(told("F-0001").is_stop_in_doubt());
}

}  // namespace
}  // namespace puntual::engine
