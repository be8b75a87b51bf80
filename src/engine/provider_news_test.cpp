#include "engine/provider_news.h"

#include "engine/test_house.h"

namespace puntual::engine {
namespace {

HeardNotice unsigned_notice(std::string payment) {
  HeardNotice notice;
  notice.signature = NoticeSignature::Unsigned;
  notice.provider_payment_id = std::move(payment);
  return notice;
}

// A provider whose notices nobody signs: strangers fill what is kept for those.
TEST(ProviderNews, AFloodOfStrangersKeepsNothingOfOursOut) {
  TestHouse house;
  house.write([&](Tx& tx) {
    tx.provider_payments.save({.creditor_id = TestHouse::kCreditor,
                               .provider = "culqi",
                               .provider_payment_id = "ours",
                               .amount = {10'000, Currency::of("PEN")},
                               .method = {},
                               .trouble = {},
                               .first_seen_at = house.now,
                               .changed_at = house.now,
                               .paid_at = {}});
    int taken = 0;
    for (int i = 0; i < 1'100; ++i)
      taken += hear_notice(tx, TestHouse::kCreditor, "culqi",
                           unsigned_notice(fmt::format("x{}", i)), house.now);
    EXPECT_EQ(taken, 1'000);
    EXPECT_FALSE(has_room(tx, TestHouse::kCreditor, "culqi", unsigned_notice("x")));
    EXPECT_TRUE(has_room(tx, TestHouse::kCreditor, "wompi", unsigned_notice("x")));
    EXPECT_TRUE(hear_notice(tx, TestHouse::kCreditor, "culqi", unsigned_notice("ours"), house.now));
    const auto next = checks_due(tx, TestHouse::kCreditor, house.now, 2);
    EXPECT_EQ(next.size(), 2U) << "what nobody signed takes one place";
    EXPECT_EQ(next.at(0).lookup.provider_payment_id, "ours") << "and is looked up first";
  });
}

// Signed by our keys, of another account: nobody can look it up, so that it would be gone.
TEST(ProviderNews, MoneyOfAnotherAccountIsHeldForAPerson) {
  TestHouse house;
  HeardNotice notice{.signature = NoticeSignature::Valid, .provider_payment_id = "t1"};
  notice.amount = Money{10'000, Currency::of("PEN")};
  notice.status = ProviderStatus::Paid;
  notice.reference = "PT-0000000000009";
  notice.is_ours = false;
  house.write([&](Tx& tx) {
    for (int times = 0; times < 2; ++times)
      EXPECT_TRUE(hear_notice(tx, TestHouse::kCreditor, "payu", notice, house.now));
    const auto held = tx.provider_payments.find(TestHouse::kCreditor, "payu", "t1");
    ASSERT_TRUE(held);
    EXPECT_EQ(held->trouble, "foreign_account");
    EXPECT_EQ(held->amount, *notice.amount);
    EXPECT_FALSE(held->payment_id);
    EXPECT_TRUE(checks_due(tx, TestHouse::kCreditor, house.now + kDayMs, 9).empty());

    notice.status = ProviderStatus::Failed;
    notice.provider_payment_id = "t2";
    EXPECT_FALSE(hear_notice(tx, TestHouse::kCreditor, "payu", notice, house.now))
        << "no money, nothing to look at";
    EXPECT_FALSE(tx.provider_payments.find(TestHouse::kCreditor, "payu", "t2"));
  });
}

}  // namespace
}  // namespace puntual::engine
