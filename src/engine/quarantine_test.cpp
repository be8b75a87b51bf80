// A database that does not know what was sent from it: nothing leaves, and afterwards nothing is
// said twice.
#include "engine/quarantine.h"

#include "engine/test_house.h"

namespace puntual::engine {
namespace {

void raise(TestHouse& house) {
  house.write([&](Tx& tx) { raise_quarantine(tx, "restored", house.now); });
}

Result<GapReport> lift(TestHouse& house, Instant sent_until) {
  return lift_quarantine(*house.store, house.engine.desk(),
                         {.sent_until = sent_until, .by = "Marta Ruiz"}, house.now);
}

int days_without_a_word(TestHouse& house, int days) {
  house.write([&](Tx& tx) { tx.debtors.review_everybody(TestHouse::kCreditor, Instant{0}); });
  for (int day = 0; day < days; ++day, house.now = house.now + kDayMs) {
    for (int i = 0; i < 3; ++i) house.tick();
    if (!house.channel.submitted.empty()) return day;
  }
  return days;
}

TEST(Quarantine, NothingLeavesAndWhatComesInIsHeard) {
  TestHouse house;
  house.add_people(2);
  raise(house);
  house.deliver(TestHouse::said(1, "wamid.1", "BAJA"));
  for (int i = 0; i < 5; ++i) house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM opt_out"), 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='quarantined'"), 1);
}

TEST(Quarantine, OutlivesARestart) {
  TestHouse house;
  house.add_people(1);
  raise(house);
  Engine next(*house.store, house.channel, house.engine.desk());
  ASSERT_TRUE(next.start(house.now));
  ASSERT_TRUE(next.tick(house.now));
  EXPECT_TRUE(house.channel.submitted.empty());
}

TEST(Quarantine, StepsOfTheGapAreNotSaidAndTheNextOneIs) {
  TestHouse house;
  house.add_people(3);
  raise(house);
  house.tick();  // Planned after the restore, about what the lost server has said.
  const auto report = lift(house, house.now);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->people, 3);
  EXPECT_EQ(report->cancelled, 3);
  for (int i = 0; i < 20; ++i, house.now = house.now + 20 * kMinuteMs) house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
  // The plan goes on with the first step after the cut-off.
  const int days = days_without_a_word(house, 10);
  EXPECT_GT(days, 0);
  EXPECT_LT(days, 10);
  EXPECT_EQ(
      house.count("SELECT COUNT(*) FROM outbox WHERE state='cancelled' AND reasons='QUARANTINE'"),
      3);
  EXPECT_EQ(house.count(
                "SELECT COUNT(DISTINCT debtor_id) FROM conversation_message WHERE type='possible'"),
            3);
}

TEST(Quarantine, WhatWasNotYetPlannedIsNotSaidEither) {
  TestHouse house;
  house.add_people(1);
  raise(house);
  ASSERT_TRUE(lift(house, house.now));  // Before any turn of the engine.
  for (int i = 0; i < 20; ++i, house.now = house.now + 20 * kMinuteMs) house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
}

TEST(Quarantine, WhoOwedNothingIsNotTouched) {
  TestHouse house;
  ASSERT_EQ(
      house.import(std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 150'000, 0)).created, 1);
  house.now = house.now + 2 * kDayMs;
  house.tick();
  raise(house);
  house.now = house.now + kHourMs;
  const auto report = lift(house, house.now);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->people, 0);
}

int64_t possible_contacts(TestHouse& house) {
  return house.count("SELECT COUNT(*) FROM conversation_message WHERE type='possible'");
}

// Restored, and the newer file is imported before the lift: the lost server may have reminded of
// what is paid by now.
TEST(Quarantine, WhoHasPaidSinceMayHaveBeenWrittenToAllTheSame) {
  TestHouse house;
  house.add_people(2);
  house.tick();
  raise(house);
  house.now = house.now + kDayMs;
  house.import(std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 150'000, 0));
  house.write([&](Tx& tx) -> Result<SettledPayment> {
    return record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                          {.source = "api",
                           .source_id = "1",
                           .reference = "F-0002",
                           .debtor_id = {},
                           .amount = {15'000'000, Currency::of("COP")},
                           .method = "",
                           .paid_on = date_of(2026, 11, 20),
                           .paid_at = {}},
                          house.now);
  });
  ASSERT_EQ(house.count("SELECT COUNT(*) FROM invoice WHERE balance_minor > 0"), 0);
  const auto report = lift(house, house.now);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->people, 2);
  // Another debt of the same day finds them contacted.
  house.channel.submitted.clear();
  house.import(std::string(TestHouse::kTitles) + TestHouse::row(1, 11, 90'000, 90'000) +
               TestHouse::row(2, 12, 90'000, 90'000));
  for (int i = 0; i < 20; ++i, house.now = house.now + 20 * kMinuteMs) house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
}

TEST(Quarantine, EachDayOfTheGapCountsAsAContact) {
  for (const auto& [days, contacts] : {std::pair(0, 1), std::pair(3, 4), std::pair(30, 8)}) {
    TestHouse house;
    house.add_people(1);
    house.tick();
    raise(house);
    house.now = house.now + days * kDayMs;
    ASSERT_TRUE(lift(house, house.now));
    EXPECT_EQ(possible_contacts(house), contacts) << days;
    EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='possibly_contacted'"), 1);
    EXPECT_EQ(house.count("SELECT MAX(at) FROM conversation_message WHERE type='possible'"),
              house.now.ms);
  }
}

TEST(Quarantine, WhereNothingIsKnownOfTheServerAWholeWeekCounts) {
  TestHouse house;
  house.add_people(1);
  raise(house);
  ASSERT_TRUE(lift(house, house.now));
  EXPECT_EQ(possible_contacts(house), 8);
}

TEST(Quarantine, ThanksForAnOldPaymentAreNotRepeated) {
  TestHouse house;
  house.add_people(1);
  house.tick();
  house.channel.submitted.clear();
  raise(house);
  house.now = house.now + kHourMs;
  house.write([&](Tx& tx) -> Result<SettledPayment> {
    return record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                          {.source = "api",
                           .source_id = "1",
                           .reference = "F-0001",
                           .debtor_id = {},
                           .amount = {15'000'000, Currency::of("COP")},
                           .method = "",
                           .paid_on = date_of(2026, 11, 24),
                           .paid_at = house.now - 10 * kMinuteMs},
                          house.now);
  });
  house.tick();
  ASSERT_TRUE(lift(house, house.now - 5 * kMinuteMs));
  for (int i = 0; i < 5; ++i) house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
}

TEST(Quarantine, ACutOffMustBePossible) {
  TestHouse house;
  house.add_people(1);
  house.tick();
  EXPECT_EQ(lift(house, house.now).error().code, ErrorCode::Conflict);
  raise(house);
  EXPECT_EQ(lift(house, house.now + kMinuteMs).error().code, ErrorCode::Invalid);
  EXPECT_EQ(lift(house, house.now - kMinuteMs).error().code,
            ErrorCode::Invalid);  // It was alive after that.
}

TEST(Quarantine, TheLaterMomentAtWhichAServerWasAliveIsTheBound) {
  TestHouse house;
  house.add_people(1);
  house.tick();
  const auto known_to = [&] {
    return house.store->read([](Tx& tx) { return quarantine_of(tx); }).value()->known_to;
  };
  const Instant seen =
      house.now + kHourMs;  // By the witness; the database itself knows of house.now.
  house.write([&](Tx& tx) { raise_quarantine(tx, "older_database", house.now, seen); });
  EXPECT_EQ(known_to(), seen);
  house.write([&](Tx& tx) { raise_quarantine(tx, "failover", house.now, seen - kMinuteMs); });
  EXPECT_EQ(known_to(), seen);
  house.write([&](Tx& tx) { raise_quarantine(tx, "failover", house.now, seen + kMinuteMs); });
  EXPECT_EQ(known_to(), seen + kMinuteMs);
  house.now = seen + 2 * kMinuteMs;
  EXPECT_EQ(lift(house, seen).error().code, ErrorCode::Invalid);
  EXPECT_TRUE(lift(house, seen + kMinuteMs));
}

TEST(QuarantineRaisedByItself, WhenTheDatabaseIsOlderOrAnotherTookItsPlace) {
  TestHouse house;
  const auto why = [&](const DatabaseMark& remembered, std::string_view incarnation,
                       bool synchronous) -> std::string {
    return house.store
        ->read([&](Tx& tx) {
          return std::string(why_quarantine(tx, remembered, incarnation, synchronous).value_or(""));
        })
        .value();
  };
  EXPECT_EQ(why({}, "7/1", false), "");
  EXPECT_EQ(why({.deployment = "a", .incarnation = "7/1"}, "7/1", false), "older_database")
      << "it has no name yet";
  house.write([&](Tx& tx) { name_deployment(tx, house.random); });
  house.add_people(1);
  house.tick();
  const DatabaseMark known =
      house.store->read([&](Tx& tx) { return mark_of(tx, "7/1", house.now); }).value();
  EXPECT_EQ(why(known, "7/1", false), "");
  EXPECT_EQ(why(known, "7/2", false), "failover");
  EXPECT_EQ(why(known, "7/2", true), "");
  DatabaseMark lost = known;
  lost.newest_record -= 1 << 22;  // Older than the newest, and not there all the same.
  EXPECT_EQ(why(lost, "7/1", true), "older_database");
  lost.deployment = "b";
  EXPECT_EQ(why(lost, "", false), "") << "the witness of another house";
}

}  // namespace
}  // namespace puntual::engine
