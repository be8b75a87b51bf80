// What is Stripe's alone; what it has in common with the others is providers_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/conformance/provider_bench.h"

namespace puntual::conformance {
namespace {

constexpr std::string_view kStripeSecrets = R"(
secret_key = "sk_test_DemoCobranza"
webhook_secret = "whsec_DemoCobranza1a2B3c4D5e6F7g8H9i0J"
old_webhook_secret = "whsec_DemoCobranzaOLDz9Y8x7W6v5U4t3S2r1Q"
)";
const std::vector<http::Field> kStripeHeaders = {{"Authorization", "Bearer sk_test_DemoCobranza"}, {"Content-Type", "application/x-www-form-urlencoded"}};

Money mexican(int64_t minor) { return {minor, Currency::of("MXN")}; }

class StripeTest : public testing::Test {
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

  ProviderBench bench{"stripe", std::string(kStripeSecrets)};
  PaymentOrder order;
};

TEST_F(StripeTest, OneReferenceIsOnePlace) {
  const auto place = ask(mexican(1'250'00));
  EXPECT_TRUE(place.provider_link_id.starts_with("plink_"));
  EXPECT_EQ(bench.provider().ask(order)->provider_link_id, place.provider_link_id) << "asked again after a time-out";
  order.amount.minor += 1;
  EXPECT_EQ(bench.provider().ask(order).error().code, ErrorCode::Invalid) << "the same key with other words";
}

TEST_F(StripeTest, CountsInTheUnitOfEachCurrency) {
  for (const Money amount : {mexican(1'250'55), Money{125'000'00, Currency::of("COP")}, Money{125'000, Currency::of("CLP")}, Money{900'000, Currency::of("PYG")}}) {
    EXPECT_EQ(payment(pay(ask(amount))).amount, amount);
  }
  EXPECT_EQ(bench.provider().ask(bench.order({10, Currency::of("UYI")})).error().code, ErrorCode::Invalid);
}

TEST_F(StripeTest, FindsAPaymentByItsIntentItsSessionAndItsLink) {
  const auto place = ask(mexican(1'250'00));
  EXPECT_TRUE(look_up({.provider_link_id = place.provider_link_id}).empty()) << "nobody has paid yet";
  const auto id = pay(place);
  const auto told = payment(id);
  EXPECT_EQ(told.status, ProviderStatus::Paid);
  EXPECT_EQ(told.amount, mexican(1'250'00));
  EXPECT_EQ(told.reference, order.reference);
  EXPECT_EQ(told.provider_link_id, place.provider_link_id);
  EXPECT_EQ(told.method, "card");
  EXPECT_EQ(told.paid_at, bench.now());
  EXPECT_TRUE(told.is_ours);
  EXPECT_EQ(look_up({.provider_link_id = place.provider_link_id}), std::vector{told});
  EXPECT_EQ(look_up({.provider_link_id = "cs_test_" + id.substr(3)}), std::vector{told});
  EXPECT_TRUE(pay(place).empty()) << "for one payment only";
}

TEST_F(StripeTest, TellsTwoEventsOfOnePayment) {
  const auto id = pay(ask(mexican(10'00)));
  std::set<std::string> keys;
  for (const auto& heard : bench.heard()) {
    EXPECT_EQ(heard.signature, NoticeSignature::Valid) << heard.why;
    EXPECT_EQ(heard.status, ProviderStatus::Paid);
    EXPECT_EQ(heard.provider_payment_id, id);
    EXPECT_EQ(heard.reference, order.reference);
    EXPECT_EQ(heard.amount, mexican(10'00));
    keys.insert(heard.event_key);
  }
  EXPECT_EQ(keys.size(), 2u);
}

TEST_F(StripeTest, CashIsCompletedFirstAndPaidForDaysLater) {
  const auto place = ask(mexican(500'00));
  const auto id = pay(place, {{"outcome", "pending"}});
  EXPECT_EQ(bench.heard().at(0).status, ProviderStatus::Pending);
  EXPECT_EQ(payment(id).status, ProviderStatus::Pending);
  EXPECT_EQ(payment(id).paid_at, std::nullopt);
  bench.pass(3 * kDayMs);
  bench.act("settle", {{"payment", id}});
  EXPECT_EQ(bench.heard().at(0).status, ProviderStatus::Paid);
  EXPECT_EQ(payment(id).status, ProviderStatus::Paid);
  EXPECT_EQ(payment(id).method, "oxxo");
  EXPECT_EQ(payment(id).paid_at, std::nullopt) << "only the voucher's own age is known";

  const auto never = pay(ask(mexican(500'00)), {{"outcome", "pending"}});
  bench.notices();
  bench.pass(3 * kDayMs);
  bench.act("settle", {{"payment", never}, {"outcome", "declined"}});
  EXPECT_EQ(bench.heard().at(0).status, ProviderStatus::Failed);
  EXPECT_EQ(payment(never).status, ProviderStatus::Failed);
}

TEST_F(StripeTest, FollowsRefundsAndDisputes) {
  const auto refunded = pay(ask(mexican(100'00)));
  bench.notices();
  bench.act("refund", {{"payment", refunded}, {"amount_minor", 40'00}});
  EXPECT_EQ(bench.heard().at(0).status, ProviderStatus::PartiallyRefunded);
  EXPECT_EQ(payment(refunded).status, ProviderStatus::PartiallyRefunded);
  EXPECT_EQ(payment(refunded).refunded_minor, 40'00);
  bench.act("refund", {{"payment", refunded}});
  EXPECT_EQ(bench.heard().at(0).status, ProviderStatus::Refunded);
  EXPECT_EQ(payment(refunded).status, ProviderStatus::Refunded);

  for (const auto& [verb, status] : {std::pair{"win", ProviderStatus::Paid}, std::pair{"chargeback", ProviderStatus::Chargeback}}) {
    const auto fought = pay(ask(mexican(100'00)));
    bench.notices();
    bench.act("dispute", {{"payment", fought}});
    EXPECT_EQ(bench.heard().at(0).status, ProviderStatus::Disputed);
    EXPECT_EQ(payment(fought).status, ProviderStatus::Disputed);
    bench.act(verb, {{"payment", fought}});
    EXPECT_EQ(bench.heard().at(0).status, status);
    EXPECT_EQ(payment(fought).status, status);
  }
}

TEST_F(StripeTest, SignsEachRepetitionAnew) {
  pay(ask(mexican(10'00)));
  const auto first = bench.notices(500);
  bench.pass(10 * kMinuteMs);
  auto again = bench.notices();
  ASSERT_EQ(again.size(), first.size());
  for (size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(again[i].body, first[i].body);
    EXPECT_EQ(bench.provider().hear(again[i]).signature, NoticeSignature::Valid);
    ProviderNotice replayed = first[i];
    replayed.received_at = bench.now();
    EXPECT_EQ(bench.provider().hear(replayed).signature, NoticeSignature::Invalid) << "the bytes of ten minutes ago";
  }
}

TEST_F(StripeTest, HearsASecretThatIsBeingReplaced) {
  pay(ask(mexican(10'00)));
  const auto notice = bench.notices().at(0);
  EXPECT_EQ(bench.client("webhook_secret = \"whsec_DemoCobranzaOLDz9Y8x7W6v5U4t3S2r1Q\"")->hear(notice).signature, NoticeSignature::Valid);
  EXPECT_EQ(bench.client("webhook_secret = \"whsec_otro\"")->hear(notice).signature, NoticeSignature::Invalid);
}

TEST_F(StripeTest, WithstandsSpoiltNotices) {
  const auto heard_with = [&](std::string_view fault) {
    const auto place = ask(mexican(10'00));
    bench.fault(fault);
    pay(place);
    return bench.heard().at(0);
  };
  EXPECT_EQ(heard_with("wrong_signature").signature, NoticeSignature::Invalid);
  EXPECT_EQ(heard_with("altered_body").signature, NoticeSignature::Invalid);
  EXPECT_EQ(heard_with("upper_case").signature, NoticeSignature::Valid);
  EXPECT_EQ(heard_with("extra_fields").signature, NoticeSignature::Valid);
  const auto unknown = heard_with("unknown_type");
  EXPECT_EQ(unknown.signature, NoticeSignature::Valid);
  EXPECT_TRUE(unknown.provider_payment_id.empty() && !unknown.event_key.empty());
}

TEST_F(StripeTest, AWithdrawnPlaceTakesNoMoreAndClosesThePagesThatAreOpen) {
  const auto place = ask(mexican(10'00));
  const auto tried = pay(place, {{"outcome", "declined"}});
  EXPECT_EQ(payment(tried).status, ProviderStatus::Failed);
  const std::string session = "/v1/checkout/sessions/cs_test_" + tried.substr(3);
  EXPECT_EQ(text_in(*parse_json(bench.call(http::Method::Get, session, kStripeHeaders).body), "status"), "open");
  ASSERT_TRUE(bench.provider().withdraw(place.provider_link_id));
  EXPECT_EQ(text_in(*parse_json(bench.call(http::Method::Get, session, kStripeHeaders).body), "status"), "expired");
  EXPECT_TRUE(pay(place).empty());
  EXPECT_TRUE(bench.provider().withdraw(place.provider_link_id)) << "done before";
  EXPECT_TRUE(bench.provider().withdraw("plink_unknown"));
}

TEST_F(StripeTest, ReadsEveryPageOfManyTries) {
  const auto place = ask(mexican(10'00));
  for (int i = 0; i < 230; ++i) pay(place, {{"outcome", "declined"}});
  const auto paid = pay(place);
  const auto found = look_up({.provider_link_id = place.provider_link_id});
  ASSERT_EQ(found.size(), 231u);
  EXPECT_EQ(found.front().id, paid);
}

TEST_F(StripeTest, ReadsASessionThatSomebodyElseMade) {
  const std::string form = "mode=payment&line_items[0][quantity]=1&line_items[0][price_data][currency]=mxn&line_items[0][price_data][unit_amount]=5000"
                           "&line_items[0][price_data][product_data][name]=Factura&client_reference_id=PT-DE-OTRO";
  const auto made = bench.call(http::Method::Post, "/v1/checkout/sessions", kStripeHeaders, form);
  ASSERT_EQ(made.status, 200) << made.body;
  const auto session = text_in(*parse_json(made.body), "id");
  const auto id = text_in(bench.act("pay", {{"link", session}}), "id");
  const auto told = look_up({.provider_link_id = session});
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].id, id);
  EXPECT_EQ(told[0].reference, "") << "what the payer can write is not booked by";
  EXPECT_EQ(bench.heard().at(0).reference, "PT-DE-OTRO");
}

TEST_F(StripeTest, TellsWhoseMoneyItIs) {
  bench.fault("other_merchant");
  const auto foreign = bench.provider().look_up({.provider_payment_id = pay(ask(mexican(10'00)))});
  EXPECT_EQ(foreign.error().code, ErrorCode::NotFound) << "our key does not see another account's";
  const auto id = pay(ask(mexican(10'00)));
  EXPECT_EQ(bench.client("secret_key = \"sk_test_otra\"")->look_up({.provider_payment_id = id}).error().code, ErrorCode::Forbidden);
  EXPECT_EQ(bench.client("")->look_up({.provider_payment_id = id}).error().code, ErrorCode::Forbidden);
}

TEST(StripeEnvironment, IsOneOrTheOther) {
  const std::string secrets = "secret_key = \"rk_DemoRestringida\"";  // Says nothing of its environment.
  ProviderBench bench("stripe", secrets);
  const auto test = bench.client(secrets, providers::ProviderEnvironment::Test), live = bench.client(secrets, providers::ProviderEnvironment::Live);
  const auto place = test->ask(bench.order(mexican(10'00))).value();
  const auto id = text_in(bench.act("pay", {{"link", place.provider_link_id}}), "id");
  EXPECT_TRUE(test->look_up({.provider_payment_id = id})->at(0).is_ours);
  EXPECT_EQ(live->look_up({.provider_payment_id = id})->at(0).trouble, "wrong_environment");
}

}  // namespace
}  // namespace puntual::conformance
