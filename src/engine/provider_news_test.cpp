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

}  // namespace
}  // namespace puntual::engine
