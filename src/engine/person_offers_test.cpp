// Offers that a person sends: they leave with buttons, within the mandate, and the machine notes
// what is taken.
#include "engine/person_offers.h"

#include "engine/agreements.h"
#include "engine/person_reply.h"
#include "engine/suspend.h"
#include "engine/test_house.h"

namespace puntual::engine {
namespace {

class OffersAreSent : public testing::Test {
 protected:
  OffersAreSent() {
    house.add_people(1);
    ana = house.write([&](Tx& tx) {
      return tx.invoices.find_by_number(TestHouse::kCreditor, "F-0001")->debtor_id;
    });
    hear("wamid.1", "Buenas");
  }
  void hear(std::string_view id, std::string_view text) {
    house.deliver(TestHouse::said(1, id, text));
    house.tick();
    house.now = house.now + kMinuteMs;
    house.tick();
  }
  Result<PersonReply> send(std::vector<Offer> offers, std::string key = "k1") {
    return house.store->write([&](Tx& tx) {
      return reply_by_person(
          tx, house.engine.desk(), creditor, ana,
          {.offers = std::move(offers), .author = "laura", .key = std::move(key)}, house.now);
    });
  }
  std::vector<Offer> offered() {
    return house.write([&](Tx& tx) {
      tx.debtors.hold_with_kin(creditor.id, ana);
      const auto open = negotiation_with(tx, house.engine.desk(), creditor,
                                         *tx.debtors.find(creditor.id, ana), house.now);
      return agreements::offers(*open.mandate, open.debt, {});
    });
  }
  void rest(store::SuspensionKind kind) {
    house.write([&](Tx& tx) {
      tx.debtors.hold(creditor.id, {ana});
      suspend(tx, creditor.id, ana,
              {.kind = kind, .since = house.now, .until = {}, .through = "chat"}, house.now);
    });
  }
  std::optional<Agreement> agreed() {
    return house.write([&](Tx& tx) { return tx.agreements.active_of(creditor.id, ana); });
  }
  TestHouse house;
  const Creditor creditor = TestHouse::creditor();
  DebtorId ana;
};

TEST_F(OffersAreSent, WithButtonsAndTheChoiceIsNoted) {
  rest(store::SuspensionKind::Person);  // Laura had the conversation.
  const auto offers = offered();
  ASSERT_EQ(offers.size(), 3U);
  const auto sent = send(offers);
  ASSERT_TRUE(sent && sent->refusals.empty()) << sent.error().message;
  EXPECT_TRUE(sent->text.contains("2) ")) << sent->text;
  EXPECT_EQ(send(offers)->id, sent->id);  // The same key: once.
  house.tick();
  const auto message = house.messages().back();
  EXPECT_EQ(message.kind, "interactive");
  EXPECT_TRUE(message.body.contains("OPCION_3"));
  EXPECT_EQ(message.state, MessageState::InFlight);
  hear("wamid.2", "la segunda");
  const auto made = agreed();
  ASSERT_TRUE(made);
  EXPECT_EQ(made->instalments, offers[1].instalments);
  EXPECT_EQ(made->through, "chat");
}

TEST_F(OffersAreSent, OneIsAskedAboutWithAYes) {
  const std::vector<Offer> one = {offered().front()};
  const auto sent = send(one);
  ASSERT_TRUE(sent && sent->refusals.empty());
  EXPECT_TRUE(sent->text.starts_with("Podemos anotar ")) << sent->text;
  hear("wamid.2", "sí");
  ASSERT_TRUE(agreed());
  EXPECT_EQ(agreed()->instalments, one.front().instalments);
}

TEST_F(OffersAreSent, OnlyWithinTheMandateAndNotOverADispute) {
  Offer late = offered().front();
  late.instalments.front().due_on = late.instalments.front().due_on + 200;
  EXPECT_EQ(send({late}).error().code, ErrorCode::Forbidden);
  const auto offers = offered();
  rest(store::SuspensionKind::Dispute);
  EXPECT_EQ(send(offers).error().code, ErrorCode::Forbidden);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE step='person'"), 0);
}

TEST_F(OffersAreSent, NotAtNightAndNotOverOthersThatWait) {
  const auto offers = offered();
  ASSERT_TRUE(send({offers[0]}));
  EXPECT_EQ(send({offers[1]}, "k2").error().code, ErrorCode::Conflict);
  house.now = *parse_rfc3339("2026-11-24T21:30:00-05:00");
  EXPECT_EQ(send({offers[0]}, "k3").error().code, ErrorCode::Conflict);
}

TEST_F(OffersAreSent, WhatIsOwedHasChangedTheyAreNotSent) {
  const auto offers = offered();
  ASSERT_TRUE(send(offers));
  house.write([&](Tx& tx) {
    return settle_payment(tx, house.engine.desk(), creditor,
                          {.source_id = "p-1",
                           .reference = {},
                           .debtor_id = ana,
                           .amount = {5'000'000, Currency::of("COP")},
                           .method = {},
                           .paid_on = *parse_date("2026-11-24"),
                           .paid_at = {}},
                          house.now)
        .has_value();
  });
  house.tick();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE step='person' AND state='cancelled'"),
            1);
  house.write([&](Tx& tx) { EXPECT_TRUE(on_table(tx, creditor.id, ana).empty()); });
}

}  // namespace
}  // namespace puntual::engine
