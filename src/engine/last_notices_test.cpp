// A person reads last notices, one by one: what they let leave passes the gate like any other, what
// they hold back stays unsaid.
#include "engine/last_notices.h"

#include "engine/person_commands.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

class LastNoticesWait : public testing::Test {
 protected:
  LastNoticesWait() {
    EXPECT_TRUE(house.engine.start(house.now));
    house.add_people(3);
    house.write([](Tx& tx) {
      tx.db.run(
          "UPDATE invoice SET due_on = due_on - 220, last_step_day = 180, last_step_on = due_on - "
          "40");
    });
    house.tick();
  }
  WaitingNotices waiting(int limit = 10, DebtorId after = {}) {
    return house.write([&](Tx& tx) {
      return *waiting_notices(tx, house.engine.desk(), creditor, after, limit, house.now);
    });
  }
  Result<bool> decide(DebtorId who, bool is_released, std::string why = "Pidió un plazo.") {
    ASSIGN_OR_RETURN(
        const NoticeEnd end,
        release(who, {.is_released = is_released, .by = "sara", .why = std::move(why)}));
    return end == NoticeEnd::Decided;
  }
  Result<NoticeEnd> release(DebtorId who, const NoticeDecision& decision) {
    return house.store->write([&](Tx& tx) {
      return decide_notice(tx, house.engine.desk(), creditor, who, decision, house.now);
    });
  }
  int64_t said_to(DebtorId who) {
    return house.count(
        fmt::format("SELECT COUNT(*) FROM outbox WHERE step='last_210' AND debtor_id={}", who.value)
            .c_str());
  }

  TestHouse house;
  const Creditor creditor = TestHouse::creditor();
};

// A box could be ticked, and a notice let out, of which nobody had seen a word.
TEST_F(LastNoticesWait, WhatWouldNotBeSaidTodayIsReadAllTheSame) {
  house.write([&](Tx& tx) {
    tx.db.run("UPDATE invoice SET last_step_on=$1",
              {Zone::of("America/Bogota").local(house.now).date});
  });
  const auto all = waiting();
  ASSERT_EQ(all.notices.size(), 3U);
  EXPECT_FALSE(all.notices[0].silence.empty());
  EXPECT_FALSE(all.notices[0].text.empty());
}

TEST_F(LastNoticesWait, EachIsReadAsItsPersonWould) {
  const auto all = waiting();
  EXPECT_EQ(all.count, 3);
  ASSERT_EQ(all.notices.size(), 3U);
  EXPECT_TRUE(all.notices[0].text.find(all.notices[0].name.substr(
                  0, all.notices[0].name.find(' '))) != std::string::npos)
      << all.notices[0].text << all.notices[0].silence << all.notices[0].name;
  EXPECT_EQ(all.notices[0].step, "last_210");
  EXPECT_FALSE(all.next);
  const auto first = waiting(2);
  ASSERT_TRUE(first.next);
  EXPECT_EQ(waiting(2, first.next).notices.size(), 1U);
}

TEST_F(LastNoticesWait, OnlyWhatWasReleasedLeavesAndAsItWasRead) {
  const auto all = waiting().notices;
  EXPECT_TRUE(*decide(all[1].debtor, true));
  house.tick();
  ASSERT_EQ(house.channel.submitted.size(), 1U);
  EXPECT_EQ(said_to(all[1].debtor), 1);
  EXPECT_EQ(waiting().count, 2);
  EXPECT_FALSE(*decide(all[1].debtor, true)) << "nothing of theirs waits any more";
  house.now = house.now + kDayMs;
  house.tick();
  EXPECT_EQ(house.channel.submitted.size(), 1U) << "once";
}

TEST_F(LastNoticesWait, WhereTheHouseWantsFourEyesNobodyLetsItLeaveAlone) {
  const DebtorId who = waiting().notices[0].debtor;
  const auto by = [&](std::string name) {
    return *release(who,
                    {.is_released = true, .by = std::move(name), .why = {}, .needs_two = true});
  };
  EXPECT_EQ(by("sara"), NoticeEnd::Asked);
  EXPECT_EQ(by("Sara "), NoticeEnd::Asked) << "the same person again";
  house.tick();
  EXPECT_EQ(said_to(who), 0);
  EXPECT_EQ(waiting().notices[0].asked_by, "Sara ");
  EXPECT_EQ(by("luis"), NoticeEnd::Decided);
  house.tick();
  EXPECT_EQ(said_to(who), 1);
}

TEST_F(LastNoticesWait, WhatIsHeldBackStaysUnsaidThoughItsStepIsReviewedLater) {
  const auto all = waiting().notices;
  EXPECT_EQ(decide(all[0].debtor, false, "").error().code, ErrorCode::Invalid);
  EXPECT_TRUE(*decide(all[0].debtor, false));
  house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
  EXPECT_EQ(waiting().count, 2);
  Strategy& strategy = house.engine.desk().strategies.at("estandar");
  strategy.version += "-reviewed";
  for (auto& cadence : strategy.cadences) {
    for (auto& step : cadence.steps) step.reviewed = true;
  }
  ASSERT_TRUE(house.engine.start(house.now));
  house.tick();
  EXPECT_EQ(house.channel.submitted.size(), 2U);
  EXPECT_EQ(said_to(all[0].debtor), 0);
}

TEST_F(LastNoticesWait, AReleaseOpensNoGate) {
  const auto who = waiting().notices[0].debtor;
  EXPECT_TRUE(*decide(who, true));
  ASSERT_TRUE(house.store->write([&](Tx& tx) {
    return stop_person(tx, creditor, who, {.channel = {}, .by = "operator", .why = "Lo pidió."},
                       house.now);
  }));
  house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
}

}  // namespace
}  // namespace puntual::engine
