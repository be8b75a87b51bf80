// What is Mercado Pago's alone; what it has in common with the others is providers_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/conformance/provider_bench.h"

namespace puntual::conformance {
namespace {

constexpr std::string_view kMercadoPagoSecrets = R"(
access_token = "TEST-1234567890123456-112100-0123456789abcdef0123456789abcdef-99001122"
webhook_secret = "mpdemo9f2c7a1e5b4d8360aa11bb22cc33dd44ee55ff66"
old_webhook_secret = "mpdemo-antiguo-9f2c7a1e5b4d8360aa11bb22cc33"
)";

Money soles(int64_t minor) { return {minor, Currency::of("PEN")}; }

class MercadoPagoTest : public testing::Test {
 protected:
  PaymentPlace ask(Money amount) {
    order = bench.order(amount);
    return bench.provider().ask(order).value();
  }
  std::string pay(const PaymentPlace& place, json::object how = {}) {
    how["url"] = place.url;
    return text_in(bench.act("pay", how), "id");
  }
  std::vector<ProviderPayment> look_up(const ProviderLookup& lookup) { return bench.provider().look_up(lookup).value(); }
  ProviderPayment payment(const std::string& id) { return look_up({.provider_payment_id = id}).at(0); }

  ProviderBench bench{"mercadopago", std::string(kMercadoPagoSecrets)};
  PaymentOrder order;
};

TEST_F(MercadoPagoTest, OneReferenceIsOnePlace) {
  const auto place = ask(soles(459'90));
  EXPECT_TRUE(place.provider_link_id.starts_with("99001122-")) << place.provider_link_id;
  EXPECT_EQ(bench.provider().ask(order)->provider_link_id, place.provider_link_id) << "asked again after a time-out";
  EXPECT_NE(ask(soles(459'90)).provider_link_id, place.provider_link_id);
}

TEST_F(MercadoPagoTest, AsksForWholePesosOnly) {
  for (const auto& [minor, code] : {std::pair{int64_t{125'000'50}, "COP"}, std::pair{int64_t{100}, "USD"}}) {
    const auto refused = bench.provider().ask(bench.order({minor, Currency::of(code)}));
    ASSERT_FALSE(refused) << code;
    EXPECT_EQ(refused.error().code, ErrorCode::Invalid);
  }
  const auto pesos = pay(ask({125'000'00, Currency::of("COP")}));
  EXPECT_EQ(payment(pesos).amount, (Money{125'000'00, Currency::of("COP")}));
  const auto chile = pay(ask({125'000, Currency::of("CLP")}));
  EXPECT_EQ(payment(chile).amount, (Money{125'000, Currency::of("CLP")}));
}

TEST_F(MercadoPagoTest, BooksWhatTheDebtorPaidOffNotTheInterestNorTheRestOfTheFee) {
  const auto told = payment(pay(ask(soles(459'90))));
  EXPECT_EQ(told.amount, soles(459'90));
  EXPECT_EQ(told.fee_minor, 13'00);
  EXPECT_EQ(told.status, ProviderStatus::Paid);
  EXPECT_EQ(told.reference, order.reference);
  EXPECT_EQ(told.method, "visa");
  EXPECT_EQ(told.paid_at, bench.now());
  EXPECT_TRUE(told.is_ours);
}

TEST_F(MercadoPagoTest, TwoMethodsAreTwoPaymentsOfOnePlace) {
  const auto place = ask(soles(459'90));
  const std::set<std::string> both = {pay(place, {{"amount_minor", 200'00}}), pay(place, {{"amount_minor", 259'90}})};
  for (const ProviderLookup& lookup : {ProviderLookup{.reference = order.reference}, ProviderLookup{.provider_link_id = place.provider_link_id},
                                       ProviderLookup{.provider_link_id = "merchant_orders/27000000000"}}) {
    std::set<std::string> found;
    int64_t sum = 0;
    for (const auto& one : look_up(lookup)) found.insert(one.id), sum += one.amount.minor;
    EXPECT_EQ(found, both);
    EXPECT_EQ(sum, 459'90);
  }
}

TEST_F(MercadoPagoTest, ReadsEveryPageOfManyTries) {
  const auto place = ask(soles(10'00));
  for (int i = 0; i < 120; ++i) pay(place, {{"outcome", "declined"}});
  const auto paid = pay(place);
  const auto found = look_up({.reference = order.reference});
  ASSERT_EQ(found.size(), 121u);
  EXPECT_EQ(found.front().id, paid) << "the newest first";
  EXPECT_EQ(std::ranges::count(found, ProviderStatus::Failed, &ProviderPayment::status), 120);
}

TEST_F(MercadoPagoTest, TellsOfANewPaymentTwiceAndSignsSecondsOrMilliseconds) {
  std::set<std::string> keys;
  std::set<size_t> digits;
  for (int i = 0; i < 8; ++i) {
    const auto id = pay(ask(soles(10'00)));
    const auto notices = bench.notices();
    ASSERT_EQ(notices.size(), 2u);
    for (const auto& notice : notices) {
      const auto heard = bench.provider().hear(notice);
      EXPECT_EQ(heard.signature, NoticeSignature::Valid) << heard.why;
      EXPECT_EQ(heard.provider_payment_id, id);
      EXPECT_TRUE(heard.must_reread);
      keys.insert(heard.event_key);
      const auto signature = std::ranges::find(notice.headers, "x-signature", [](const auto& header) { return header.first; });
      digits.insert(signature->second.find(','));
    }
  }
  EXPECT_EQ(keys.size(), 16u);
  EXPECT_EQ(digits, (std::set<size_t>{13, 16}));
}

TEST_F(MercadoPagoTest, ANoticeMayComeBeforeThePayment) {
  const auto place = ask(soles(10'00));
  bench.fault("unreadable", 1, 5);
  pay(place);
  const auto heard = bench.heard().at(0);
  const auto early = bench.provider().look_up({.provider_payment_id = heard.provider_payment_id});
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, ErrorCode::NotFound);
  bench.pass(5 * kSecondMs);
  EXPECT_EQ(payment(heard.provider_payment_id).status, ProviderStatus::Paid);
}

TEST_F(MercadoPagoTest, HearsNoOlderNoticesBesideItsOwn) {
  order = bench.order(soles(10'00));
  order.notice_url = "https://pagos.example.com/webhooks/payments/mercadopago";
  pay(*bench.provider().ask(order));
  for (const auto& notice : bench.notices()) EXPECT_EQ(bench.provider().hear(notice).signature, NoticeSignature::Valid);
  // Made without source_news=webhooks, by somebody else.
  const std::string by_hand = R"({"items":[{"title":"Factura","quantity":1,"currency_id":"PEN","unit_price":10.5}],"notification_url":"https://pagos.example.com/mp"})";
  const auto made = bench.call(http::Method::Post, "/checkout/preferences",
                               {{"Authorization", "Bearer TEST-1234567890123456-112100-0123456789abcdef0123456789abcdef-99001122"}}, by_hand);
  ASSERT_EQ(made.status, 201) << made.body;
  const auto id = text_in(bench.act("pay", {{"link", text_in(*parse_json(made.body), "id")}}), "id");
  const auto heard = bench.heard();
  ASSERT_EQ(heard.size(), 3u);
  EXPECT_EQ(heard.back().signature, NoticeSignature::Unsigned);
  EXPECT_EQ(heard.back().provider_payment_id, id);
  EXPECT_EQ(payment(id).amount, soles(10'50));
}

TEST_F(MercadoPagoTest, FollowsAPaymentThatIsGivenBackOrFoughtOver) {
  const auto refunded = pay(ask(soles(100'00)));
  bench.act("refund", {{"payment", refunded}, {"amount_minor", 40'00}});
  EXPECT_EQ(payment(refunded).status, ProviderStatus::PartiallyRefunded);
  EXPECT_EQ(payment(refunded).refunded_minor, 40'00);
  bench.act("refund", {{"payment", refunded}});
  EXPECT_EQ(payment(refunded).status, ProviderStatus::Refunded);
  EXPECT_EQ(payment(refunded).refunded_minor, 100'00);

  const auto fought = pay(ask(soles(100'00)));
  bench.act("dispute", {{"payment", fought}});
  EXPECT_EQ(payment(fought).status, ProviderStatus::Disputed);
  bench.act("win", {{"payment", fought}});
  EXPECT_EQ(payment(fought).status, ProviderStatus::Paid);

  bench.notices();
  bench.pass(60 * kDayMs);
  bench.act("chargeback", {{"payment", fought}});
  const auto heard = bench.heard();
  const auto about = std::ranges::find_if(heard, [](const HeardNotice& one) { return one.provider_link_id.starts_with("v1/chargebacks/"); });
  ASSERT_NE(about, heard.end());
  const auto told = look_up({.provider_link_id = about->provider_link_id});
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].id, fought);
  EXPECT_EQ(told[0].status, ProviderStatus::Chargeback);
}

TEST_F(MercadoPagoTest, CashIsPendingUntilItIsPaidOrRunsOut) {
  const auto paid = pay(ask(soles(10'00)), {{"outcome", "pending"}});
  const auto run_out = pay(ask(soles(10'00)), {{"outcome", "pending"}});
  EXPECT_EQ(payment(paid).status, ProviderStatus::Pending);
  bench.pass(3 * kDayMs);
  bench.act("settle", {{"payment", paid}});
  bench.act("settle", {{"payment", run_out}, {"outcome", "expired"}});
  EXPECT_EQ(payment(paid).status, ProviderStatus::Paid);
  EXPECT_EQ(payment(run_out).status, ProviderStatus::Expired);
}

TEST_F(MercadoPagoTest, AWithdrawnPlaceTakesNoMore) {
  const auto place = ask(soles(10'00));
  ASSERT_TRUE(bench.provider().withdraw(place.provider_link_id));
  ASSERT_TRUE(bench.provider().withdraw(place.provider_link_id)) << "done before";
  EXPECT_TRUE(bench.provider().withdraw("99001122-unknown"));
  EXPECT_TRUE(pay(place).empty());
  EXPECT_FALSE(pay(place, {{"anyway", true}}).empty());
  EXPECT_EQ(look_up({.reference = order.reference}).size(), 1u) << "money that came late is money";
}

TEST_F(MercadoPagoTest, TellsWhoseMoneyItIs) {
  bench.fault("other_merchant");
  const auto foreign = payment(pay(ask(soles(10'00))));
  EXPECT_FALSE(foreign.is_ours);
  EXPECT_EQ(foreign.trouble, "foreign_account");

  const auto id = pay(ask(soles(10'00)));
  const std::string token = "access_token = \"TEST-1234567890123456-112100-0123456789abcdef0123456789abcdef-99001122\"\n";
  const auto other = bench.client(token + "collector_id = 55667788")->look_up({.provider_payment_id = id});
  EXPECT_EQ(other->at(0).trouble, "foreign_account");
  EXPECT_EQ(bench.client("access_token = \"TEST-wrong-1\"")->look_up({.provider_payment_id = id}).error().code, ErrorCode::Forbidden);
  EXPECT_EQ(bench.client("access_token = \"TEST-without-number\"")->look_up({.provider_payment_id = id}).error().code, ErrorCode::Forbidden);
  EXPECT_EQ(bench.client("")->look_up({.provider_payment_id = id}).error().code, ErrorCode::Forbidden);
}

TEST(MercadoPagoEnvironment, IsOneOrTheOther) {
  const std::string live = "access_token = \"APP_USR-1234567890123456-112100-0123456789abcdef-99001122\"\n";
  ProviderBench bench("mercadopago", live);
  const auto place = bench.provider().ask(bench.order(soles(10'00))).value();
  const auto id = text_in(bench.act("pay", {{"url", place.url}}), "id");
  EXPECT_TRUE(bench.provider().look_up({.provider_payment_id = id})->at(0).is_ours);
  const auto in_test = bench.client(live, providers::ProviderEnvironment::Test)->look_up({.provider_payment_id = id});
  EXPECT_EQ(in_test->at(0).trouble, "wrong_environment");
}

TEST_F(MercadoPagoTest, WithstandsSpoiltNotices) {
  const auto heard_with = [&](std::string_view fault) {
    const auto place = ask(soles(10'00));
    bench.fault(fault);
    pay(place);
    return bench.heard().at(0);
  };
  EXPECT_EQ(heard_with("wrong_signature").signature, NoticeSignature::Invalid);
  EXPECT_EQ(heard_with("old_secret").signature, NoticeSignature::Invalid);
  EXPECT_EQ(heard_with("altered_body").signature, NoticeSignature::Invalid);
  EXPECT_EQ(heard_with("upper_case").signature, NoticeSignature::Valid);
  EXPECT_EQ(heard_with("extra_fields").signature, NoticeSignature::Valid);
  EXPECT_TRUE(heard_with("unknown_type").provider_payment_id.empty());

  const auto both = bench.client("webhook_secret = [\"nuevo-secreto\", \"mpdemo9f2c7a1e5b4d8360aa11bb22cc33dd44ee55ff66\"]");
  pay(ask(soles(10'00)));
  for (const auto& notice : bench.notices()) EXPECT_EQ(both->hear(notice).signature, NoticeSignature::Valid);
}

TEST_F(MercadoPagoTest, ARepetitionIsTheSameEvent) {
  pay(ask(soles(10'00)));
  std::set<std::string> first, second;
  for (const auto& heard : bench.heard(503)) first.insert(heard.event_key);
  bench.pass(15 * kMinuteMs);
  for (const auto& heard : bench.heard()) second.insert(heard.event_key);
  EXPECT_EQ(first.size(), 2u);
  EXPECT_EQ(first, second);
}

}  // namespace
}  // namespace puntual::conformance
