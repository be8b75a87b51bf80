// Money at providers: whatever they tell, in whatever order and how often, it is booked once, and
// what cannot be booked is seen.
#include "engine/provider_news.h"

#include <rapidcheck.h>

#include "engine/held_money.h"
#include "engine/provider_test_house.h"

namespace puntual::engine {
namespace {

using enum ProviderStatus;
using store::SuspensionKind;
using store::TaskKind;

class ProviderNews : public ProviderHouse {};

TEST_F(ProviderNews, TwoTapsMakeOneRequest) {
  const PaymentRequest first = ask();
  const auto second = open(order());
  ASSERT_TRUE(second.has_value());
  EXPECT_FALSE(second->is_new);
  EXPECT_EQ(second->request.id, first.id);
  EXPECT_EQ(second->request.url, "https://pay.example/" + first.reference);
  EXPECT_TRUE(open(order(1, 7'000'000))->is_new) << "another sum is another request";
  RequestOrder by_card = order();
  by_card.method = "CARD";
  const auto third = open(by_card);
  EXPECT_TRUE(third->is_new) << "another method has another page";
  EXPECT_EQ(open(by_card)->request.id, third->request.id);
  house.now = house.now + 3 * kDayMs;
  EXPECT_TRUE(open(order())->is_new) << "the first one has expired";
}

TEST_F(ProviderNews, NothingIsAskedForThatIsNotOwedOrByALinkThatHasEnded) {
  EXPECT_EQ(open(order(1, 15'000'001)).error().code, ErrorCode::Conflict);
  EXPECT_EQ(open(order(1, 0)).error().code, ErrorCode::Invalid);
  RequestOrder ended = order();
  ended.link.revoked_at = house.now;
  EXPECT_EQ(open(ended).error().code, ErrorCode::Forbidden);
  ended = order();
  ended.link.expires_at = house.now;
  EXPECT_EQ(open(ended).error().code, ErrorCode::Forbidden);
}

TEST_F(ProviderNews, WhatCouldNotBeMadeIsTriedAnewAndFoundAllTheSame) {
  provider->trouble = fail(ErrorCode::Unavailable, "no answer");
  const PaymentRequest failed = ask();
  EXPECT_EQ(failed.state, Failed);
  EXPECT_EQ(failed.trouble, "no answer");
  provider->trouble = {};
  EXPECT_NE(ask().id, failed.id);
  // It had been made after all, and somebody paid there.
  paid(failed).reference = failed.reference;
  house.now = house.now + kMinuteMs;
  EXPECT_EQ(look().booked, 1);
  EXPECT_EQ(owed(), 0);
  EXPECT_EQ(state_of(failed), Paid);
}

TEST_F(ProviderNews, NoticeIsLookedUpBookedOnceAndThankedOnce) {
  const PaymentRequest request = ask();
  paid(request);
  EXPECT_EQ(told().booked, 1);
  EXPECT_EQ(owed(), 0);
  EXPECT_EQ(state_of(request), Paid);
  EXPECT_EQ(thanks(), 1);
  EXPECT_EQ(told().booked, 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment"), 1);
  EXPECT_EQ(thanks(), 1);
  EXPECT_TRUE(books_add_up());
}

TEST_F(ProviderNews, NoticeMayComeBeforeThePaymentCanBeRead) {
  const PaymentRequest request = ask();
  EXPECT_EQ(told("p1").booked, 0);
  EXPECT_EQ(look().looked_up, 0) << "not again at once";
  paid(request);
  house.now = house.now + 2 * kSecondMs;
  EXPECT_EQ(look().booked, 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM provider_check"), 0);
}

// A provider may tell of a void before its own books show it; what it says then is the same event.
TEST_F(ProviderNews, NoticeThatIsSaidAgainIsLookedUpAgain) {
  paid(ask());
  (void)told();
  notice("payment p1", "void");
  (void)house.tick();
  EXPECT_EQ(look().reversed, 0) << "it still says paid";
  provider->payments[0].status = Voided;
  notice("payment p1", "void");
  (void)house.tick();
  EXPECT_EQ(look().reversed, 1);
  EXPECT_EQ(owed(), 15'000'000);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM inbox WHERE event_key='void'"), 1);
  EXPECT_TRUE(books_add_up());
}

TEST_F(ProviderNews, SilentProviderIsAskedEverMoreSeldomAndSeenAfterADay) {
  provider->trouble = fail(ErrorCode::Unavailable, "no answer");
  (void)told();
  int looks = 0;
  for (int minute = 0; minute < 26 * 60; ++minute) {
    house.now = house.now + kMinuteMs;
    looks += look().looked_up;
  }
  EXPECT_LT(looks, 40);
  EXPECT_GT(looks, 20);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM provider_check WHERE trouble='unavailable'"), 1);
}

TEST_F(ProviderNews, NewsDuringALookIsNotLostWithIt) {
  const PaymentRequest request = ask();
  ProviderPayment& payment = paid(request, "p1", Pending);
  notice("payment p1");
  (void)house.tick();
  const auto due =
      house.write([&](Tx& tx) { return checks_due(tx, TestHouse::kCreditor, house.now, 8); });
  ASSERT_EQ(due.size(), 1u);
  const auto answer = provider->look_up(due[0].lookup);
  payment.status = Paid;
  notice("payment p1");  // While the answer from before is on its way.
  (void)house.tick();
  house.write([&](Tx& tx) {
    (void)provider_told(tx, house.engine.desk(), TestHouse::creditor(), due[0], answer, house.now);
  });
  EXPECT_EQ(look().booked, 1);
}

TEST_F(ProviderNews, WhatNobodyTellsOfIsFoundByTheSweep) {
  const PaymentRequest request = ask();
  house.now = house.now + kMinuteMs;
  EXPECT_EQ(look().booked, 0);
  paid(request);
  EXPECT_EQ(look().looked_up, 0);
  house.now = request.created_at + 5 * kMinuteMs;
  EXPECT_EQ(look().booked, 1);
  EXPECT_EQ(owed(), 0);
}

TEST_F(ProviderNews, RequestThatNobodyPaysExpiresAndIsForgottenAfterAMonth) {
  const PaymentRequest request = ask();
  for (int day = 0; day < 35; ++day) {
    house.now = house.now + kDayMs;
    (void)look();
    EXPECT_EQ(state_of(request), day < 2 ? Created : Expired);
  }
  EXPECT_EQ(
      house.count("SELECT COUNT(*) FROM payment_request WHERE next_check_at IS NULL AND url=''"),
      1);
  EXPECT_LT(provider->looks, 40);
}

TEST_F(ProviderNews, MoneyAfterTheExpiryIsMoney) {
  const PaymentRequest request = ask();
  house.now = house.now + 4 * kDayMs;
  (void)look();
  EXPECT_EQ(state_of(request), Expired);
  paid(request);
  EXPECT_EQ(told().booked, 1);
  EXPECT_EQ(owed(), 0);
  EXPECT_EQ(state_of(request), Paid);
}

TEST_F(ProviderNews, FailedAttemptIsFollowedByOneThatSucceeds) {
  const PaymentRequest request = ask();
  paid(request, "p1", Failed);
  (void)told("p1");
  EXPECT_EQ(state_of(request), Failed);
  paid(request, "p2");
  EXPECT_EQ(told("p2").booked, 1);
  EXPECT_EQ(state_of(request), Paid);
  (void)told("p1");
  EXPECT_EQ(state_of(request), Paid);
}

TEST_F(ProviderNews, NobodyIsRemindedWhileTheirPaymentIsUnderWay) {
  const PaymentRequest request = ask();
  paid(request, "p1", Pending);
  (void)told();
  EXPECT_TRUE(rests(SuspensionKind::Claim));
  EXPECT_FALSE(rests(SuspensionKind::Claim, 2));
  EXPECT_EQ(owed(), 15'000'000);
  provider->payments[0].status = Failed;
  (void)told();
  EXPECT_FALSE(rests(SuspensionKind::Claim));
}

TEST_F(ProviderNews, PartOfItAndMoreThanItAreMoney) {
  const PaymentRequest request = ask();
  paid(request, "p1").amount.minor = 5'000'000;
  (void)told("p1");
  EXPECT_EQ(owed(), 10'000'000);
  paid(request, "p2").amount.minor = 12'000'000;
  (void)told("p2");
  EXPECT_EQ(owed(), 0);
  EXPECT_EQ(house.count("SELECT unapplied_minor FROM payment WHERE source_id='p2'"), 2'000'000);
  EXPECT_EQ(owed(2), 15'000'000) << "never another debtor's";
  EXPECT_TRUE(books_add_up());
}

TEST_F(ProviderNews, OtherCurrencyIsHeldAndAPersonAsked) {
  const PaymentRequest request = ask();
  paid(request).amount = {5'000, Currency::of("USD")};
  EXPECT_EQ(told().held, 1);
  EXPECT_EQ(owed(), 15'000'000);
  EXPECT_EQ(known().trouble, "wrong_currency");
  EXPECT_EQ(house.count("SELECT unapplied_minor FROM payment WHERE currency='USD'"), 5'000);
  EXPECT_TRUE(asks(TaskKind::MoneyHeld));
  EXPECT_TRUE(books_add_up());
}

TEST_F(ProviderNews, UnknownReferenceIsKeptForAPersonAndAnInvoicesNumberIsNot) {
  provider->payments = {
      {.id = "p1", .reference = "tienda-17", .status = Paid, .amount = {100, kCop}},
      {.id = "p2", .reference = "F-0002", .status = Paid, .amount = {15'000'000, kCop}}};
  EXPECT_EQ(told("p1").held, 1);
  EXPECT_EQ(known("p1").trouble, "unknown_reference");
  EXPECT_EQ(house.count("SELECT unapplied_minor FROM payment WHERE debtor_id=0"), 100);
  EXPECT_EQ(told("p2").booked, 1);
  EXPECT_EQ(owed(2), 0);
  EXPECT_EQ(owed(1), 15'000'000);
}

TEST_F(ProviderNews, MoneyOfAnotherAccountIsHeldAndNotBooked) {
  ProviderPayment& payment = paid(ask());
  payment.is_ours = false;
  payment.trouble = "wrong_environment";
  EXPECT_EQ(told().held, 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment"), 0);
  EXPECT_EQ(known().trouble, "wrong_environment");
  EXPECT_TRUE(asks(TaskKind::MoneyHeld));
}

TEST_F(ProviderNews, RefundsAreTakenBackPartByPart) {
  const PaymentRequest request = ask();
  paid(request);
  (void)told();
  provider->payments[0].status = PartiallyRefunded;
  provider->payments[0].refunded_minor = 4'000'000;
  EXPECT_EQ(told().reversed, 1);
  EXPECT_EQ(owed(), 4'000'000);
  EXPECT_EQ(told().reversed, 0);
  provider->payments[0].status = Refunded;
  provider->payments[0].refunded_minor = 15'000'000;
  EXPECT_EQ(told().reversed, 1);
  EXPECT_EQ(owed(), 15'000'000);
  EXPECT_TRUE(rests(SuspensionKind::Reversal)) << "reminders do not begin again by themselves";
  EXPECT_TRUE(asks(TaskKind::PaymentReversed));
  EXPECT_TRUE(books_add_up());
}

TEST_F(ProviderNews, ChargebackIsLostOrWon) {
  const PaymentRequest request = ask();
  paid(request);
  (void)told();
  provider->payments[0].status = Disputed;
  EXPECT_EQ(told().reversed, 0);
  EXPECT_EQ(owed(), 0);
  EXPECT_TRUE(rests(SuspensionKind::Reversal));
  provider->payments[0].status = Paid;
  (void)told();
  EXPECT_FALSE(rests(SuspensionKind::Reversal)) << "won";
  for (int i = 0; i < 2; ++i) {
    house.now = house.now + kDayMs;
    provider->payments[0].status = Chargeback;
    EXPECT_EQ(told().reversed, 1);
    EXPECT_EQ(owed(), 15'000'000);
    provider->payments[0].status = Paid;
    EXPECT_EQ(told().reversed, 1);
    EXPECT_EQ(owed(), 0) << "given back to the seller after all";
  }
  EXPECT_TRUE(books_add_up());
}

// Mercado Pago's orders name their payments; a notice of the number 777 may come that says nothing
// of the order.
TEST_F(ProviderNews, OnePaymentByTwoNamesIsBookedOnceWhicheverComesFirst) {
  for (const int number : {1, 2}) {
    const PaymentRequest request = ask(number, 6'000'000);
    const std::string first = fmt::format("{}:PAY1", request.provider_link_id),
                      second = fmt::format("{}:PAY2", request.provider_link_id),
                      bare = fmt::format("77{}", number);
    paid(request, first);
    ProviderPayment& twin = paid(request, bare);
    twin.reference = request.reference;
    twin.provider_link_id.clear();
    EXPECT_EQ(told(number == 1 ? first : bare).booked, 1);
    EXPECT_EQ(told(number == 1 ? bare : first).booked, 0);
    EXPECT_EQ(owed(number), 9'000'000);
    paid(request, second);
    EXPECT_EQ(told(second).booked, 1) << "the place names two";
    EXPECT_EQ(owed(number), 3'000'000);
    // Both tell what went back of it: it went once.
    for (auto& one : provider->payments) {
      if (one.id != first && one.id != bare) continue;
      one.status = Refunded;
      one.refunded_minor = one.amount.minor;
    }
    EXPECT_EQ(told(first).reversed + told(bare).reversed, 1);
    EXPECT_EQ(owed(number), 9'000'000);
  }
  EXPECT_TRUE(books_add_up());
}

TEST_F(ProviderNews, AThousandNoticesThatNobodySignedKeepNoMoneyWaiting) {
  const PaymentRequest request = ask();
  paid(request);
  house.write([&](Tx& tx) {
    for (int i = 0; i < 1'000; ++i)
      tx.provider_payments.want(TestHouse::kCreditor, "wompi", fmt::format("payment invented{}", i),
                                house.now, false);
  });
  house.now = house.now + kSecondMs;
  EXPECT_EQ(told().booked, 1) << "the signed one first";
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM provider_check WHERE tries > 0"), 1)
      << "and one of the others beside it";
}

TEST_F(ProviderNews, ForgedOrOrphanedNoticeIsSetAside) {
  notice("nonsense");
  EXPECT_EQ(house.tick().inbox.poison, 1);
  house.engine.desk().providers.clear();
  notice("payment p1");
  EXPECT_EQ(house.tick().inbox.poison, 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM provider_check"), 0);
}

TEST_F(ProviderNews, PaymentThatComesInWhileTheReminderIsClaimedStopsIt) {
  const PaymentRequest request = ask();
  paid(request);
  (void)house.engine.desk();
  house.channel.room = 0;
  (void)house.tick();
  ASSERT_EQ(house.state(1), MessageState::Planned);
  DispatchReport report;
  // The claim of the other node waits for the person, whom the payment holds; it is asked again,
  // and finds nothing owed.
  EXPECT_EQ(told().booked, 1);
  EXPECT_EQ(house.state(1), MessageState::Cancelled) << "with the payment, not by the claim";
  // And whatever it was that left it planned, what is paid is not asked for.
  house.write([&](Tx& tx) { tx.db.run("UPDATE outbox SET state='planned', ended_at=NULL"); });
  const auto sends = house.write([&](Tx& tx) {
    return claim_allowed(tx, house.engine.desk(), TestHouse::creditor(), house.now,
                         {.whatsapp = 10}, report);
  });
  EXPECT_TRUE(std::ranges::none_of(
      sends, [&](const SendRequest& one) { return one.message_id == house.messages(1).at(0).id; }));
  EXPECT_EQ(house.state(1), MessageState::Cancelled);
}

// By PSE a payment comes by the provider and by the bank; here the bank's file was first.
TEST_F(ProviderNews, WhatTheBankHasBroughtIsHeldUntilAPersonSaysWhetherItIsTheSame) {
  const auto by_bank = [&](std::string_view id, CivilDate on) {
    house.write([&](Tx& tx) {
      return record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                            {.source = "bank",
                             .source_id = std::string(id),
                             .reference = "F-0001",
                             .debtor_id = {},
                             .amount = {5'000'000, kCop},
                             .method = "Banco",
                             .paid_on = on,
                             .paid_at = {}},
                            house.now);
    });
  };
  by_bank("b0", date_of(2026, 11, 23));
  by_bank("b1", date_of(2026, 11, 24));
  const auto request = ask(1, 5'000'000);
  paid(request);
  EXPECT_EQ(told().held, 1);
  EXPECT_EQ(known().trouble, kPossibleDuplicate);
  EXPECT_EQ(owed(), 5'000'000) << "nothing is booked twice";
  EXPECT_TRUE(asks(TaskKind::MoneyHeld));
  EXPECT_TRUE(rests(SuspensionKind::Claim)) << "who has paid is not reminded meanwhile";
  EXPECT_EQ(told().held, 1) << "told again it is held still";

  const auto held = known();
  const auto take = [&] {
    return house.store->write(
        [&](Tx& tx) { return take_as_same(tx, TestHouse::creditor(), held, house.now); });
  };
  const auto same = take();
  ASSERT_TRUE(same) << same.error().message;
  EXPECT_FALSE(rests(SuspensionKind::Claim));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment WHERE source='bank' AND source_id='b1' AND "
                        "id = (SELECT payment_id FROM provider_payment)"),
            1)
      << "the bank is never earlier than the provider";
  EXPECT_EQ(take().error().code, ErrorCode::Conflict);
  provider->payments.back().status = Refunded;
  EXPECT_EQ(told().reversed, 1);
  EXPECT_EQ(owed(), 10'000'000) << "what was the same is given back once";
  EXPECT_TRUE(books_add_up());
}

// Somebody at the counter was shown it on a phone, and wrote it down.
TEST_F(ProviderNews, WhatAPersonHasWrittenDownIsHeldUntilItIsSaidWhetherItIsTheSame) {
  const PaymentInput by_hand{.source = "api",
                             .source_id = "caja-1",
                             .reference = "F-0001",
                             .debtor_id = {},
                             .amount = {5'000'000, kCop},
                             .method = "transfer",
                             .paid_on = date_of(2026, 11, 24),
                             .paid_at = {}};
  house.write([&](Tx& tx) {
    return record_payment(tx, house.engine.desk(), TestHouse::creditor(), by_hand, house.now);
  });
  paid(ask(1, 5'000'000));
  EXPECT_EQ(told().held, 1);
  EXPECT_EQ(known().trouble, kPossibleDuplicate);
  EXPECT_EQ(owed(), 10'000'000) << "nothing is booked twice";
  const auto held = known();
  ASSERT_TRUE(house.store->write(
      [&](Tx& tx) { return take_as_same(tx, TestHouse::creditor(), held, house.now); }));
  provider->payments.back().status = Refunded;
  EXPECT_EQ(told().reversed, 1);
  EXPECT_EQ(owed(), 15'000'000) << "what was the same is given back once";
}

TEST_F(ProviderNews, WhatIsNotWhatTheBankHasBroughtIsBooked) {
  house.write([&](Tx& tx) {
    return record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                          {.source = "bank",
                           .source_id = "b1",
                           .reference = "F-0001",
                           .debtor_id = {},
                           .amount = {5'000'000, kCop},
                           .method = "Banco",
                           .paid_on = date_of(2026, 11, 25),
                           .paid_at = {}},
                          house.now);
  });
  paid(ask(1, 5'000'000));
  EXPECT_EQ(told().held, 1);
  const auto held = known();
  ASSERT_TRUE(house.store->write([&](Tx& tx) {
    return book_as_other(tx, house.engine.desk(), TestHouse::creditor(), held, house.now);
  }));
  EXPECT_EQ(owed(), 5'000'000);
  EXPECT_EQ(known().trouble, "");
  EXPECT_EQ(told().booked, 0);
  EXPECT_EQ(owed(), 5'000'000);
  EXPECT_TRUE(books_add_up());
}

TEST(ProviderEnvelope, KeepsEveryByteAndNothingElseIsOne) {
  ProviderNotice notice{.received_at = {1'795'528'800'123},
                        .method = "POST",
                        .path = "/webhooks/payments/wompi",
                        .query = {{"id", "1"}, {"id", "\xff"}},
                        .headers = {{"X-Signature", "t=1,v1=ab"}},
                        .body = std::string("{\"a\":\0\xfe}", 8)};
  const auto read = notice_in(envelope_of(notice));
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(read->received_at, notice.received_at);
  EXPECT_EQ(read->method, notice.method);
  EXPECT_EQ(read->path, notice.path);
  EXPECT_EQ(read->query, notice.query);
  EXPECT_EQ(read->headers, notice.headers);
  EXPECT_EQ(read->body, notice.body);
  for (const char* text :
       {"", "{}", "[]", R"({"received_at":1})",
        R"({"received_at":1,"method":"!","path":"","query":[],"headers":[],"body":""})"}) {
    EXPECT_FALSE(notice_in(text)) << text;
  }
}

// What is looked up is always how it stands; the looks come late, doubled, or not at all: only the
// last one counts.
TEST(ProviderNewsProperty, AnyLooksAtAPaymentsLifeEndInTheSameBooks) {
  EXPECT_TRUE(rc::check("same books", [] {
    static const std::vector<std::vector<std::pair<ProviderStatus, int64_t>>> kLives = {
        {{Pending, 0}, {Paid, 0}},
        {{Pending, 0}, {Failed, 0}},
        {{Pending, 0},
         {Paid, 0},
         {PartiallyRefunded, 4'000'000},
         {PartiallyRefunded, 9'000'000},
         {Refunded, 15'000'000}},
        {{Paid, 0}, {Voided, 0}},
        {{Paid, 0}, {Disputed, 0}, {Chargeback, 0}},
        {{Paid, 0}, {Disputed, 0}, {Chargeback, 0}, {Paid, 0}},
        {{Expired, 0}, {Paid, 0}, {PartiallyRefunded, 1}}};
    const auto& life = *rc::gen::elementOf(kLives);
    const auto looks =
        *rc::gen::container<std::vector<bool>>(life.size() - 1, rc::gen::arbitrary<bool>());
    const bool is_twice = *rc::gen::arbitrary<bool>();

    struct Ended {
      int64_t owed = 0;
      ProviderStatus state = Created;
      bool adds_up = false;
    };
    const auto live = [&](auto is_looked_at, int times) {
      struct House : ProviderNews {
        void TestBody() override {}
        using ProviderNews::ask, ProviderNews::books_add_up, ProviderNews::house,
            ProviderNews::known, ProviderNews::owed, ProviderNews::paid, ProviderNews::provider,
            ProviderNews::told;
      } house;
      house.paid(house.ask());
      for (size_t i = 0; i < life.size(); ++i) {
        house.provider->payments[0].status = life[i].first;
        house.provider->payments[0].refunded_minor = life[i].second;
        house.house.now = house.house.now + kMinuteMs;
        for (int n = 0; n < times && is_looked_at(i); ++n) (void)house.told();
      }
      return Ended{
          .owed = house.owed(), .state = house.known().state, .adds_up = house.books_add_up()};
    };
    const Ended all = live([](size_t) { return true; }, 1);
    const Ended some =
        live([&](size_t i) { return i + 1 == life.size() || looks[i]; }, is_twice ? 2 : 1);
    RC_ASSERT(some.owed == all.owed);
    RC_ASSERT(some.adds_up && all.adds_up);
  }));
}

}  // namespace
}  // namespace puntual::engine
