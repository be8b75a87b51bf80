// Money goes back through its provider, once for each order, and the books follow what the provider
// says.
#include "engine/refunds.h"

#include "engine/provider_test_house.h"
#include "engine/reverse_payment.h"

namespace puntual::engine {
namespace {

class Refunds : public ProviderHouse {
 protected:
  Refunds() {
    paid(ask());
    EXPECT_EQ(told().booked, 1);
    payment_id = known().payment_id;
  }
  Result<Refund> order_back(std::optional<int64_t> minor = {}, std::string why = "pagó dos veces") {
    return house.store->write([&](Tx& tx) {
      return order_refund(
          tx, house.engine.desk(), TestHouse::creditor(),
          {.payment_id = payment_id, .amount_minor = minor, .by = "ana", .why = std::move(why)},
          house.now);
    });
  }
  RefundsReport make() {
    const auto report =
        make_refunds(*house.store, house.engine.desk(), TestHouse::creditor(), house.now);
    EXPECT_TRUE(report.has_value()) << report.error().message;
    return report.value_or(RefundsReport{});
  }
  std::vector<Refund> orders() {
    return house.write([&](Tx& tx) {
      return store::Refunds(tx.db, tx.held).of_payment(TestHouse::kCreditor, payment_id);
    });
  }
  int64_t owed() { return invoice().balance_minor; }
  PaymentId payment_id;
};

TEST_F(Refunds, AreBookedOnceTheProviderSaysSo) {
  EXPECT_EQ(owed(), 0);
  ASSERT_TRUE(order_back(5'000'000));
  EXPECT_EQ(owed(), 0) << "ordered is not given";
  EXPECT_EQ(make().given, 1);
  EXPECT_EQ(provider->refunds.size(), 1u);
  EXPECT_EQ(owed(), 0) << "given is not yet told";
  EXPECT_EQ(look().reversed, 1);
  EXPECT_EQ(owed(), 5'000'000);
  EXPECT_EQ(
      house.count("SELECT COUNT(*) FROM reversal WHERE kind='refund' AND amount_minor=5000000"), 1);
  EXPECT_EQ(orders().at(0).state, RefundState::Given);
  // The rest, without saying how much.
  house.now = house.now + kMinuteMs;
  ASSERT_TRUE(order_back());
  EXPECT_EQ(make().given, 1);
  EXPECT_EQ(look().reversed, 1);
  EXPECT_EQ(owed(), 15'000'000);
  EXPECT_EQ(order_back(1).error().code, ErrorCode::Conflict) << "nothing is left";
}

TEST_F(Refunds, ThatTwoPeopleDecideWaitForTheOther) {
  const auto write = [&](auto act) {
    return house.store->write([&](Tx& tx) { return act(tx, TestHouse::creditor()); });
  };
  const auto ask_two = [&] {
    return write([&](Tx& tx, const Creditor& creditor) {
      return order_refund(tx, house.engine.desk(), creditor,
                          {.payment_id = payment_id,
                           .amount_minor = {},
                           .by = "ana",
                           .why = "pagó dos veces",
                           .needs_approval = true},
                          house.now);
    });
  };
  const auto approve = [&](const std::string& by) {
    return write([&](Tx& tx, const Creditor& creditor) {
      return approve_refund(tx, house.engine.desk(), creditor, payment_id, by, house.now);
    });
  };
  EXPECT_EQ(approve("luis").error().code, ErrorCode::NotFound);
  ASSERT_TRUE(ask_two());
  EXPECT_EQ(make().asked, 0) << "nobody has approved it";
  const auto passed = order_back();
  EXPECT_EQ(passed.error().code, ErrorCode::Conflict) << "nor is it passed by another order";
  const auto by_hand = write([&](Tx& tx, const Creditor& creditor) {
    return reverse_payment(tx, house.engine.desk(), creditor,
                           {.payment_id = payment_id,
                            .kind = ReversalKind::Refund,
                            .amount_minor = 5'000'000,
                            .source_id = "h",
                            .by = "luis",
                            .why = "en efectivo",
                            .is_by_hand = true},
                           house.now);
  });
  for (const auto& error : {passed.error(), by_hand.error()})
    EXPECT_TRUE(error.message.contains("asked for by ana") &&
                error.message.contains("refuse it first"))
        << error.message;
  EXPECT_EQ(approve("Ana ").error().code, ErrorCode::Forbidden);
  ASSERT_TRUE(write([&](Tx& tx, const Creditor& creditor) {
    return refuse_refund(tx, creditor, payment_id, "ana", house.now);
  }));
  EXPECT_EQ(make().asked, 0);
  EXPECT_TRUE(provider->refunds.empty());
  house.now = house.now + kMinuteMs;
  ASSERT_TRUE(ask_two());
  ASSERT_TRUE(approve("luis"));
  EXPECT_EQ(approve("eva").error().code, ErrorCode::NotFound) << "once";
  EXPECT_EQ(make().given, 1);
  EXPECT_EQ(look().reversed, 1);
  EXPECT_EQ(owed(), 15'000'000);
  EXPECT_EQ(orders().at(1).approved_by, "luis");
}

TEST_F(Refunds, AnAnswerThatWasLostGivesNothingBackTwice) {
  ASSERT_TRUE(order_back(5'000'000));
  provider->loses_answers = true;
  EXPECT_EQ(make().failed, 1);
  EXPECT_EQ(orders().at(0).state, RefundState::Wanted);
  EXPECT_EQ(make().asked, 0) << "not at once";
  provider->loses_answers = false;
  house.now = house.now + 2 * kSecondMs;
  EXPECT_EQ(make().given, 1);
  EXPECT_EQ(provider->refunds.size(), 1u) << "its own books said that it had happened";
  look();
  EXPECT_EQ(owed(), 5'000'000);
}

TEST_F(Refunds, OnlyOneIsUnderWayForAPayment) {
  ASSERT_TRUE(order_back(1'000'000));
  EXPECT_EQ(order_back(1'000'000).error().code, ErrorCode::Conflict);
  EXPECT_EQ(make().given, 1);
  EXPECT_EQ(order_back(1'000'000).error().code, ErrorCode::Conflict)
      << "its books have not shown the first";
  look();
  EXPECT_TRUE(order_back(1'000'000));
}

TEST_F(Refunds, ARefusalIsToldToAPersonAndLeavesTheBooks) {
  ASSERT_TRUE(order_back(5'000'000));
  provider->refusal = fail(ErrorCode::Invalid, "too old to be refunded");
  EXPECT_EQ(make().refused, 1);
  EXPECT_EQ(orders().at(0).state, RefundState::Refused);
  EXPECT_EQ(orders().at(0).trouble, "too old to be refunded");
  EXPECT_EQ(owed(), 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM task WHERE kind='money_held'"), 1);
  EXPECT_EQ(make().asked, 0);
  provider->refusal = {};
  EXPECT_TRUE(order_back(5'000'000)) << "another try is another order";
}

// The provider took it, and its books never show it: a person says which, and the next is not
// blocked for ever.
TEST_F(Refunds, OneThatIsNeverConfirmedBecomesATaskWithTwoWaysOut) {
  const auto give_up = [&] {
    return house.write([&](Tx& tx) {
      return give_up_refund(tx, TestHouse::creditor(),
                            *tx.payments.find(TestHouse::kCreditor, payment_id), "ana", house.now);
    });
  };
  ASSERT_TRUE(order_back(5'000'000));
  EXPECT_EQ(make().given, 1);
  provider->payments[0].refunded_minor = 0;
  provider->payments[0].status = ProviderStatus::Paid;
  house.now = house.now + 3 * kDayMs - 1;
  make();
  EXPECT_FALSE(asks(store::TaskKind::MoneyHeld));
  EXPECT_FALSE(give_up()) << "it may yet come";
  house.now = house.now + 1;
  make();
  make();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM task WHERE kind='money_held'"), 1);
  EXPECT_EQ(order_back(5'000'000).error().code, ErrorCode::Conflict) << "nobody has looked";
  EXPECT_TRUE(give_up());
  EXPECT_EQ(orders().at(0).state, RefundState::Refused);
  EXPECT_TRUE(order_back(5'000'000));
  EXPECT_EQ(owed(), 0) << "nothing was booked";
}

TEST_F(Refunds, OneThatIsConfirmedInTimeIsNoTask) {
  ASSERT_TRUE(order_back(5'000'000));
  EXPECT_EQ(make().given, 1);
  EXPECT_EQ(look().reversed, 1);
  house.now = house.now + 4 * kDayMs;
  make();
  EXPECT_FALSE(asks(store::TaskKind::MoneyHeld));
}

// refund.failed, days after the provider had taken the order.
TEST_F(Refunds, OneThatFailsLaterIsMoneyAgainAndMayBeOrderedAnew) {
  for (const int64_t minor : {5'000'000, 15'000'000}) {
    house.now = house.now + kDayMs;
    ASSERT_TRUE(order_back(minor));
    EXPECT_EQ(make().given, 1);
    EXPECT_EQ(look().reversed, 1);
    EXPECT_EQ(owed(), minor);
    house.now = house.now + kDayMs;
    provider->payments[0].status = ProviderStatus::Paid;
    provider->payments[0].refunded_minor = 0;
    EXPECT_EQ(told().reversed, 1);
    EXPECT_EQ(owed(), 0) << "they have paid, and nothing came back to them";
    EXPECT_EQ(orders().back().state, RefundState::Refused);
    EXPECT_TRUE(known().trouble.empty()) << known().trouble;
    EXPECT_EQ(known().state, ProviderStatus::Paid);
    EXPECT_TRUE(asks(store::TaskKind::MoneyHeld));
  }
  EXPECT_TRUE(order_back(5'000'000)) << "nothing is under way any more";
  EXPECT_TRUE(books_add_up());
}

TEST_F(Refunds, WhatCannotBeGivenBackIsSaidAtOnce) {
  EXPECT_EQ(order_back(15'000'001).error().code, ErrorCode::Conflict);
  EXPECT_EQ(order_back(0).error().code, ErrorCode::Conflict);
  EXPECT_EQ(order_back(1, "").error().code, ErrorCode::Invalid);
  provider->gives_back = GivesBack::Whole;
  EXPECT_EQ(order_back(5'000'000).error().code, ErrorCode::Invalid);
  provider->gives_back = GivesBack::Nothing;
  const auto nothing = order_back();
  ASSERT_FALSE(nothing);
  EXPECT_NE(nothing.error().message.find("puntual payments reverse"), std::string::npos)
      << nothing.error().message;
  provider->gives_back = GivesBack::Any;
  house.engine.desk().providers.clear();
  EXPECT_EQ(order_back().error().code, ErrorCode::Invalid);
  pays_in_cash(2, 1'000'000);
  payment_id = house.write([](Tx& tx) {
    return tx.payments.find_by_source(TestHouse::kCreditor, "cli", "cash 2").value_or(Payment{}).id;
  });
  EXPECT_EQ(order_back().error().code, ErrorCode::Invalid) << "it came through no provider";
  EXPECT_TRUE(orders().empty());
}

// The provider does not know of it, so that its next word could not be told from it.
TEST_F(Refunds, WhatWasGivenBackByHandIsGoneOnWithByHand) {
  house.write([&](Tx& tx) {
    EXPECT_TRUE(reverse_payment(tx, house.engine.desk(), TestHouse::creditor(),
                                {.payment_id = payment_id,
                                 .kind = ReversalKind::Refund,
                                 .amount_minor = 1'000'000,
                                 .source_id = "h",
                                 .by = "ana",
                                 .why = "en efectivo"},
                                house.now));
  });
  EXPECT_EQ(order_back(1'000'000).error().code, ErrorCode::Conflict);
  // It was a slip of the pen.
  house.write([&](Tx& tx) {
    EXPECT_TRUE(reverse_payment(tx, house.engine.desk(), TestHouse::creditor(),
                                {.payment_id = payment_id,
                                 .kind = ReversalKind::Reinstated,
                                 .amount_minor = 1'000'000,
                                 .source_id = "h2",
                                 .by = "ana",
                                 .why = "error"},
                                house.now));
  });
  EXPECT_EQ(owed(), 0);
  EXPECT_TRUE(order_back(1'000'000));
}

// A provider that answers 500 has its order still; who writes meanwhile that it went back by hand
// sees it go back twice.
TEST_F(Refunds, WhileOneIsUnderWayNothingIsGivenBackByHand) {
  const auto by_hand = [&](ReversalKind kind, int64_t minor) {
    return house.store->write([&](Tx& tx) {
      return reverse_payment(tx, house.engine.desk(), TestHouse::creditor(),
                             {.payment_id = payment_id,
                              .kind = kind,
                              .amount_minor = minor,
                              .source_id = fmt::format("h{}{}", text_of(kind), house.now.ms),
                              .by = "ana",
                              .why = "en efectivo",
                              .is_by_hand = true},
                             house.now);
    });
  };
  ASSERT_TRUE(order_back(5'000'000));
  provider->trouble = fail(ErrorCode::Unavailable, "500");
  EXPECT_EQ(make().failed, 1);
  for (const auto kind : {ReversalKind::Returned, ReversalKind::Refund, ReversalKind::Void})
    EXPECT_EQ(by_hand(kind, 5'000'000).error().code, ErrorCode::Conflict) << text_of(kind);
  provider->trouble = {};
  house.now = house.now + kMinuteMs;
  EXPECT_EQ(make().given, 1);
  EXPECT_EQ(by_hand(ReversalKind::Refund, 1'000'000).error().code, ErrorCode::Conflict)
      << "its books have not shown it";
  look();
  EXPECT_EQ(owed(), 5'000'000);
  EXPECT_FALSE(asks(store::TaskKind::MoneyHeld));
  EXPECT_TRUE(by_hand(ReversalKind::Refund, 1'000'000));
}

// The bank takes money back whether or not we are giving it.
TEST_F(Refunds, WhatTheBankTookMeanwhileIsNotGivenBackAgain) {
  const auto taken = [&](int64_t minor) {
    house.write([&](Tx& tx) {
      EXPECT_TRUE(reverse_payment(tx, house.engine.desk(), TestHouse::creditor(),
                                  {.payment_id = payment_id,
                                   .kind = ReversalKind::Chargeback,
                                   .amount_minor = minor,
                                   .source_id = "c",
                                   .by = "ana",
                                   .why = "contracargo",
                                   .is_by_hand = true},
                                  house.now));
    });
  };
  ASSERT_TRUE(order_back(5'000'000));
  taken(15'000'000);
  EXPECT_EQ(make().refused, 1);
  EXPECT_TRUE(provider->refunds.empty());
  EXPECT_TRUE(asks(store::TaskKind::MoneyHeld));
}

TEST_F(Refunds, MoneyThatWentTwiceIsToldToAPerson) {
  ASSERT_TRUE(order_back(5'000'000));
  EXPECT_EQ(make().given, 1);
  house.write([&](Tx& tx) {
    EXPECT_TRUE(reverse_payment(tx, house.engine.desk(), TestHouse::creditor(),
                                {.payment_id = payment_id,
                                 .kind = ReversalKind::Chargeback,
                                 .amount_minor = 1'000'000,
                                 .source_id = "c",
                                 .by = "ana",
                                 .why = "contracargo",
                                 .is_by_hand = true},
                                house.now));
  });
  EXPECT_FALSE(asks(store::TaskKind::MoneyHeld));
  look();
  EXPECT_TRUE(asks(store::TaskKind::MoneyHeld));
  EXPECT_EQ(owed(), 5'000'000);
}

}  // namespace
}  // namespace puntual::engine
