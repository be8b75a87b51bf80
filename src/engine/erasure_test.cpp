// An erased person is silent for ever, whatever comes in about them.
#include <gtest/gtest.h>

#include "engine/test_house.h"

namespace puntual::engine {
namespace {

DebtorId person_of(TestHouse& house) {
  return house.write(
      [](Tx& tx) { return tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->debtor_id; });
}

TEST(Erasure, WhatIsPlannedIsNotSentAndNothingIsPlannedAgain) {
  TestHouse house;
  house.now = *parse_rfc3339("2026-11-24T03:00:00-05:00");  // In the night: planned, and not sent.
  house.add_people(2);
  house.tick();
  ASSERT_EQ(house.state(1), MessageState::Planned);
  ASSERT_TRUE(*house.store->erase(TestHouse::kCreditor, person_of(house), house.now));
  for (int day = 0; day < 40; ++day) {
    house.now = house.now + kDayMs / 2;
    house.tick();
  }
  EXPECT_EQ(house.messages(1).size(), 1U);
  EXPECT_EQ(house.state(1), MessageState::Cancelled);
  for (const auto& one : house.channel.submitted) EXPECT_NE(one.recipient, "+573000000001");
  EXPECT_FALSE(house.channel.submitted.empty());  // The other one is reminded.
}

// The person is in the planner's and the dispatcher's hands already.
TEST(Erasure, TheGateOfDispatchRefusesThemByItself) {
  TestHouse house;
  house.now = *parse_rfc3339("2026-11-24T03:00:00-05:00");
  house.add_people(1);
  house.tick();
  const DebtorId id = person_of(house);
  ASSERT_TRUE(*house.store->erase(TestHouse::kCreditor, id, house.now));
  house.write([&](Tx& tx) {
    tx.db.run("UPDATE outbox SET state='planned' WHERE creditor_id=1 AND debtor_id=$1", {id});
    tx.db.run("UPDATE debtor SET review_at=0 WHERE creditor_id=1 AND id=$1", {id});
  });
  house.now = *parse_rfc3339("2026-11-24T10:00:00-05:00");
  house.tick();
  house.tick();
  EXPECT_TRUE(house.channel.submitted.empty());
  EXPECT_EQ(house.messages(1).front().reasons, "ERASED");
  EXPECT_EQ(house.messages(1).size(), 1U);
}

TEST(Erasure, TheSamePersonInAFileIsRejectedAndTheirInvoicesStay) {
  TestHouse house;
  house.add_people(2);
  ASSERT_TRUE(*house.store->erase(TestHouse::kCreditor, person_of(house), house.now));
  const auto report =
      house.import(std::string(TestHouse::kTitles) + TestHouse::row(1, 1, 150'000, 90'000) +
                   TestHouse::row(1, 7, 10, 10) + TestHouse::row(2, 2, 150'000, 150'000));
  EXPECT_EQ(report.rejected, 2);
  EXPECT_EQ(report.unchanged, 1);
  EXPECT_TRUE(report.rejects.contains("person_erased")) << report.rejects;
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM debtor"), 2);
  EXPECT_EQ(house.count("SELECT balance_minor FROM invoice WHERE number='F-0001'"), 150'000'00);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM invoice WHERE number='F-0007'"), 0);
}

TEST(Erasure, TheirWordsAreNotKeptTheirStopIsAndTheirMoneyIsBookedWithoutThanks) {
  TestHouse house;
  house.add_people(1);
  const DebtorId id = person_of(house);
  ASSERT_TRUE(*house.store->erase(TestHouse::kCreditor, id, house.now));
  house.deliver(TestHouse::said(1, "wamid.1", "BAJA"));
  house.tick();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM opt_out"), 1);
  house.write([&](Tx& tx) {
    EXPECT_EQ(tx.conversation.of_debtor(TestHouse::kCreditor, id).at(0).text, "");
  });
  house.import(
      "Factura;Fecha de pago;Valor pagado;ID transacción\nF-0001;24/11/2026;150000,00;T-1\n");
  house.tick();
  EXPECT_EQ(house.count("SELECT balance_minor FROM invoice"), 0);
  EXPECT_TRUE(house.channel.submitted.empty());
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox"), 0);
}

}  // namespace
}  // namespace puntual::engine
