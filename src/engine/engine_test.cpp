// A tick after a start: what the process before us left, and listening before speaking.
#include "engine/engine.h"

#include "engine/test_house.h"

namespace puntual::engine {
namespace {

TEST(EngineStart, WhatWasInFlightIsUncertain) {
  TestHouse house;
  house.add_people(2);
  house.channel.room = 1;
  house.tick();
  Engine next(*house.store, house.channel, house.engine.desk());
  ASSERT_TRUE(next.start(house.now));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE state='uncertain'"), 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE state='planned'"), 1);
}

TEST(EngineStart, AfterDowntimeItListensBeforeItSpeaks) {
  TestHouse house;
  house.tick();  // It was alive.
  house.add_people(1);
  house.now = house.now + 20 * kMinuteMs;
  ASSERT_TRUE(house.engine.start(house.now));
  house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
  const auto wake = house.engine.next_wake();
  ASSERT_TRUE(wake && *wake);
  // Meanwhile the payment of the time we were away arrives.
  house.write([&](Tx& tx) -> Result<SettledPayment> {
    return record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                          {.source = "api",
                           .source_id = "1",
                           .reference = "F-0001",
                           .debtor_id = {},
                           .amount = {15'000'000, Currency::of("COP")},
                           .method = "",
                           .paid_on = date_of(2026, 11, 24),
                           .paid_at = house.now},
                          house.now);
  });
  house.now = house.now + 14 * kMinuteMs;
  house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
  house.now = house.now + kMinuteMs;
  house.tick();
  ASSERT_EQ(house.channel.submitted.size(), 1u);
  EXPECT_TRUE(house.channel.submitted[0].body.contains("pago_puntual"))
      << house.channel.submitted[0].body;
}

TEST(EngineStart, ShortAbsenceNeedsNoHoldOff) {
  TestHouse house;
  house.tick();
  house.add_people(1);
  house.now = house.now + 4 * kMinuteMs;
  ASSERT_TRUE(house.engine.start(house.now));
  house.tick();
  EXPECT_EQ(house.channel.submitted.size(), 1u);
}

TEST(EngineStart, DyingWhileItListensBeginsItAnew) {
  TestHouse house;
  house.tick();
  house.now = house.now + kHourMs;
  ASSERT_TRUE(house.engine.start(house.now));
  house.now = house.now + 10 * kMinuteMs;
  ASSERT_TRUE(house.engine.start(house.now));
  house.add_people(1);
  house.now = house.now + 14 * kMinuteMs;
  house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
  house.now = house.now + kMinuteMs;
  house.tick();
  EXPECT_EQ(house.channel.submitted.size(), 1u);
}

TEST(EngineTick, BacklogIsHeardToTheEndBeforeAnythingIsSaid) {
  TestHouse house;
  house.add_people(1);
  for (int i = 0; i < house.engine.desk().settings.inbox_batch; ++i) {
    house.deliver(TestHouse::said(2, fmt::format("wamid.{}", i), "hola"));
  }
  house.deliver(TestHouse::said(1, "wamid.last", "BAJA"));
  EXPECT_TRUE(house.tick().more);
  EXPECT_TRUE(house.channel.submitted.empty());
  house.tick();
  ASSERT_FALSE(house.channel.submitted.empty());  // That the stop was heard.
  for (const auto& request : house.channel.submitted)
    EXPECT_FALSE(request.body.contains("vence_hoy"));
}

TEST(EngineTick, PausedCreditorIsSilentAndGoesOnAfterwards) {
  TestHouse house;
  house.add_people(1);
  house.write([&](Tx& tx) { tx.creditors.pause(TestHouse::kCreditor, house.now, "prueba"); });
  house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
  house.write([](Tx& tx) { tx.creditors.resume(TestHouse::kCreditor); });
  house.tick();
  EXPECT_EQ(house.channel.submitted.size(), 1u);
}

TEST(EngineTick, NobodyIsWrittenToTwiceOnADayHoweverOftenItTurns) {
  TestHouse house;
  house.add_people(5);
  for (int i = 0; i < 50; ++i, house.now = house.now + 10 * kMinuteMs) {
    for (const auto& request : house.channel.submitted)
      house.channel.answer(request, SendOutcome::Accepted);
    house.write([](Tx& tx) { tx.debtors.review_everybody(TestHouse::kCreditor, Instant{0}); });
    house.tick();
  }
  EXPECT_EQ(house.channel.submitted.size(), 5u);
}

}  // namespace
}  // namespace puntual::engine
