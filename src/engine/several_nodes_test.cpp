// The engine as one of several: who sends, who waits, and what the others have said.
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

class SeveralNodes : public testing::Test {
 protected:
  // Node 9 is alive, and sends for our number.
  void let_another_send() {
    house.write([](Tx& tx) {
      tx.db.run("UPDATE node SET owner='other', fence=7, until={{now_ms}} + 60000 WHERE number=9");
      tx.db.run("INSERT INTO lease (name, node, fence) VALUES ('send:106540352242922', 9, 7)");
    });
  }
  size_t sent() {
    house.tick();
    return house.channel.submitted.size();
  }
  TestHouse house;
};

TEST_F(SeveralNodes, OneSendsForANumberUntilItIsGone) {
  house.add_people(2);
  let_another_send();
  EXPECT_EQ(sent(), 0U);
  EXPECT_EQ(house.state(), MessageState::Planned);
  house.write([](Tx& tx) { tx.db.run("UPDATE node SET until=0 WHERE number=9"); });
  EXPECT_EQ(sent(), 2U);
  EXPECT_EQ(house.count("SELECT fence FROM node WHERE number=9"),
            8);  // It cannot come back as who it was.
  EXPECT_EQ(house.count("SELECT node FROM lease WHERE name LIKE 'send:%'"),
            house.store->node().number);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox o JOIN lease l ON l.node = o.node WHERE "
                        "l.name LIKE 'send:%'"),
            2);
}

TEST_F(SeveralNodes, WhatAnotherHasHeldOffIsHeldOffHere) {
  house.add_people(1);
  house.write([&](Tx& tx) {
    tx.creditors.set_fact("hold_until", std::to_string((house.now + kMinuteMs).ms));
  });
  EXPECT_EQ(sent(), 0U);
  house.now = house.now + kMinuteMs;
  EXPECT_EQ(sent(), 1U);
}

TEST_F(SeveralNodes, StandingStillIsNoDowntimeWhileAnotherIsAwake) {
  house.add_people(1);
  ASSERT_TRUE(house.engine.start(house.now));
  const auto stand_still = [&](Instant alive_at) {
    house.write([&](Tx& tx) { tx.creditors.set_fact("alive_at", std::to_string(alive_at.ms)); });
    ASSERT_TRUE(house.engine.note_standstill(house.now));
  };
  stand_still(house.now - 6 * kMinuteMs);
  EXPECT_EQ(sent(), 0U);
  house.now = house.now + 15 * kMinuteMs;
  stand_still(house.now - kMinuteMs);
  EXPECT_EQ(sent(), 1U);
}

// What a machine with a clock ahead of ours has just taken in is not passed over: it counts once we
// are there.
TEST_F(SeveralNodes, AnAuthorisationOfTheNearFutureIsWaitedFor) {
  const Instant theirs = house.now + 300;
  const Instant ours = std::exchange(house.now, theirs);
  house.add_people(1);
  house.now = ours;
  EXPECT_EQ(sent(), 0U);
  house.now = theirs;
  EXPECT_EQ(sent(), 1U);
}

TEST_F(SeveralNodes, AMessageNeverOutlivesItsSendersLease) {
  house.add_people(1);
  ASSERT_EQ(sent(), 1U);
  EXPECT_LE(house.channel.submitted[0].deadline,
            house.now + house.engine.desk().settings.send_deadline_ms);
  EXPECT_LE(house.engine.desk().settings.send_deadline_ms, 2 * kSecondMs);  // As pauses promise.
}

// With another process in the middle of a transaction.
class BesideAnother : public SeveralNodes {
 protected:
  void SetUp() override {
    if (!tests::TestDatabase::on_postgres()) GTEST_SKIP() << "one process writes to a SQLite file";
    other = house.database.open();
  }
  template <class F>
  void while_other(F&& f) {
    const auto done = other->write(std::forward<F>(f));
    ASSERT_TRUE(done) << done.error().message;
  }
  DebtorId person() {
    return house.write([](Tx& tx) {
      return tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->debtor_id;
    });
  }
  std::unique_ptr<Store> other;
};

TEST_F(BesideAnother, WhomItHoldsIsLeftForTheNextTurn) {
  house.add_people(3);
  while_other([&, who = person()](Tx& tx) {
    tx.debtors.hold(TestHouse::kCreditor, {who});
    EXPECT_EQ(sent(), 2U);
  });
  EXPECT_EQ(sent(), 3U);
}

TEST_F(BesideAnother, WhatBecameOfASendIsRecordedOnceThePersonIsFree) {
  house.add_people(1);
  ASSERT_EQ(sent(), 1U);
  house.channel.answer(house.channel.submitted[0], SendOutcome::Accepted);
  while_other([&, who = person()](Tx& tx) {
    tx.debtors.hold(TestHouse::kCreditor, {who});
    house.tick();
  });
  EXPECT_EQ(house.state(), MessageState::InFlight);
  house.tick();
  EXPECT_EQ(house.state(), MessageState::Accepted);
}

TEST_F(BesideAnother, NothingIsSaidWhileWhatItIsReadingIsOld) {
  house.add_people(1);
  house.deliver(TestHouse::said(1, "wamid.1", "BAJA"));
  house.now = house.now + 3 * kSecondMs;
  while_other([&](Tx& tx) {
    EXPECT_EQ(tx.inbox.claim(TestHouse::kCreditor, 9).size(), 1U);
    EXPECT_TRUE(house.tick().inbox.is_behind);
    EXPECT_TRUE(house.channel.submitted.empty());
  });
  house.tick();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM opt_out"), 1);
}

TEST_F(BesideAnother, AnEventAboutWhomItHoldsWaits) {
  house.add_people(2);
  house.deliver(TestHouse::said(1, "wamid.1", "BAJA"));
  house.deliver(TestHouse::said(2, "wamid.2", "hola"));
  while_other([&, who = person()](Tx& tx) {
    tx.debtors.hold(TestHouse::kCreditor, {who});
    EXPECT_EQ(house.tick().inbox.events, 1);
  });
  EXPECT_EQ(house.tick().inbox.stops, 1);
}

}  // namespace
}  // namespace puntual::engine
