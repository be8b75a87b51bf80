// What is Stripe's alone; what it has in common with the others is providers_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "providers/signature.h"
#include "tests/conformance/provider_house.h"

namespace puntual::conformance {
namespace {

const Candidate kStripe{.name = "stripe",
                        .secrets = "secret_key = 'sk_test_a'\n",
                        .signing_secret = "webhook_secret",
                        .currency = "MXN"};
const std::vector<http::Field> kStripeHeaders = {
    {"Authorization", "Bearer sk_test_a"}, {"Content-Type", "application/x-www-form-urlencoded"}};

Money mexican(int64_t minor) { return {minor, Currency::of("MXN")}; }

class StripeTest : public OneProvider {
 protected:
  StripeTest() : OneProvider(kStripe) {}
};

TEST_F(StripeTest, OneReferenceIsOnePlace) {
  const auto place = ask(mexican(1'250'00));
  EXPECT_TRUE(place.provider_link_id.starts_with("plink_"));
  EXPECT_EQ(provider->ask(order)->provider_link_id, place.provider_link_id)
      << "asked again after a time-out";
  order.amount.minor += 1;
  EXPECT_EQ(provider->ask(order).error().code, ErrorCode::Invalid)
      << "the same key with other words";
}

TEST_F(StripeTest, CountsInTheUnitOfEachCurrency) {
  for (const Money amount :
       {mexican(1'250'55), Money{125'000'00, Currency::of("COP")},
        Money{125'000, Currency::of("CLP")}, Money{900'000, Currency::of("PYG")}}) {
    EXPECT_EQ(payment(pay(ask(amount))).amount, amount);
  }
  EXPECT_EQ(provider->ask(house.order({10, Currency::of("UYI")})).error().code, ErrorCode::Invalid);
}

TEST_F(StripeTest, FindsAPaymentByItsIntentItsSessionAndItsLink) {
  const auto place = ask(mexican(1'250'00));
  EXPECT_TRUE(look_up({.provider_link_id = place.provider_link_id}).empty())
      << "nobody has paid yet";
  const auto id = pay(place);
  const auto told = payment(id);
  EXPECT_EQ(told.status, ProviderStatus::Paid);
  EXPECT_EQ(told.amount, mexican(1'250'00));
  EXPECT_EQ(told.reference, order.reference);
  EXPECT_EQ(told.provider_link_id, place.provider_link_id);
  EXPECT_EQ(told.method, "card");
  EXPECT_EQ(told.paid_at, house.now);
  EXPECT_TRUE(told.is_ours);
  EXPECT_EQ(look_up({.provider_link_id = place.provider_link_id}), std::vector{told});
  EXPECT_EQ(look_up({.provider_link_id = "cs_test_" + id.substr(3)}), std::vector{told});
  EXPECT_TRUE(pay(place).empty()) << "for one payment only";
}

TEST_F(StripeTest, TellsTwoEventsOfOnePayment) {
  const auto id = pay(ask(mexican(10'00)));
  std::set<std::string> keys;
  for (const auto& heard : this->heard()) {
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
  EXPECT_EQ(this->heard().at(0).status, ProviderStatus::Pending);
  EXPECT_EQ(payment(id).status, ProviderStatus::Pending);
  EXPECT_EQ(payment(id).paid_at, std::nullopt);
  house.now = house.now + 3 * kDayMs;
  house.at_provider("settle", {{"payment", id}});
  EXPECT_EQ(this->heard().at(0).status, ProviderStatus::Paid);
  EXPECT_EQ(payment(id).status, ProviderStatus::Paid);
  EXPECT_EQ(payment(id).method, "oxxo");
  EXPECT_EQ(payment(id).paid_at, std::nullopt) << "only the voucher's own age is known";

  const auto never = pay(ask(mexican(500'00)), {{"outcome", "pending"}});
  house.notices();
  house.now = house.now + 3 * kDayMs;
  house.at_provider("settle", {{"payment", never}, {"outcome", "declined"}});
  EXPECT_EQ(this->heard().at(0).status, ProviderStatus::Failed);
  EXPECT_EQ(payment(never).status, ProviderStatus::Failed);
}

TEST_F(StripeTest, FollowsRefundsAndDisputes) {
  const auto refunded = pay(ask(mexican(100'00)));
  house.notices();
  house.at_provider("refund", {{"payment", refunded}, {"amount_minor", 40'00}});
  EXPECT_EQ(this->heard().at(0).status, ProviderStatus::PartiallyRefunded);
  EXPECT_EQ(payment(refunded).status, ProviderStatus::PartiallyRefunded);
  EXPECT_EQ(payment(refunded).refunded_minor, 40'00);
  house.at_provider("refund", {{"payment", refunded}});
  EXPECT_EQ(this->heard().at(0).status, ProviderStatus::Refunded);
  EXPECT_EQ(payment(refunded).status, ProviderStatus::Refunded);

  for (const auto& [verb, status] : {std::pair{"win", ProviderStatus::Paid},
                                     std::pair{"chargeback", ProviderStatus::Chargeback}}) {
    const auto fought = pay(ask(mexican(100'00)));
    house.notices();
    house.at_provider("dispute", {{"payment", fought}});
    EXPECT_EQ(this->heard().at(0).status, ProviderStatus::Disputed);
    EXPECT_EQ(payment(fought).status, ProviderStatus::Disputed);
    house.at_provider(verb, {{"payment", fought}});
    EXPECT_EQ(this->heard().at(0).status, status);
    EXPECT_EQ(payment(fought).status, status);
  }
}

TEST_F(StripeTest, SignsEachRepetitionAnew) {
  pay(ask(mexican(10'00)));
  const auto first = house.notices(500);
  house.now = house.now + 10 * kMinuteMs;
  auto again = house.notices();
  ASSERT_EQ(again.size(), first.size());
  for (size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(again[i].body, first[i].body);
    EXPECT_EQ(provider->hear(again[i]).signature, NoticeSignature::Valid);
    ProviderNotice replayed = first[i];
    replayed.received_at = house.now;
    EXPECT_EQ(provider->hear(replayed).signature, NoticeSignature::Invalid)
        << "the bytes of ten minutes ago";
  }
}

TEST_F(StripeTest, HearsASecretThatIsBeingReplaced) {
  pay(ask(mexican(10'00)));
  const auto notice = house.notices().at(0);
  for (const auto secret : {kNewSecret, kOldSecret}) {
    EXPECT_EQ(house.client(fmt::format("'{}'", secret))->hear(notice).signature,
              NoticeSignature::Valid)
        << "signed with both for a day";
  }
  EXPECT_EQ(house.client("'whsec_otro'")->hear(notice).signature, NoticeSignature::Invalid);
}

TEST_F(StripeTest, AWithdrawnPlaceTakesNoMoreAndClosesThePagesThatAreOpen) {
  const auto place = ask(mexican(10'00));
  const auto tried = pay(place, {{"outcome", "declined"}});
  EXPECT_EQ(payment(tried).status, ProviderStatus::Failed);
  const std::string session = "/v1/checkout/sessions/cs_test_" + tried.substr(3);
  EXPECT_EQ(
      text_in(*parse_json(house.call(http::Method::Get, session, kStripeHeaders).body), "status"),
      "open");
  ASSERT_TRUE(provider->withdraw(place.provider_link_id));
  EXPECT_EQ(
      text_in(*parse_json(house.call(http::Method::Get, session, kStripeHeaders).body), "status"),
      "expired");
  EXPECT_TRUE(pay(place).empty());
  EXPECT_TRUE(provider->withdraw(place.provider_link_id)) << "done before";
  EXPECT_TRUE(provider->withdraw("plink_unknown"));
}

TEST_F(StripeTest, OffersAMethodWhereStripeHasIt) {
  for (const auto& one : provider->traits().currencies) {
    const Currency currency = Currency::of(one.code);
    for (const std::string_view method : {"card", "oxxo", "boleto", "pix"}) {
      const std::string form = fmt::format(
          "line_items[0][quantity]=1&line_items[0][price_data][currency]={}&line_items[0][price_"
          "data][unit_amount]=50000"
          "&line_items[0][price_data][product_data][name]=Factura&payment_method_types[0]={}",
          providers::lower_case(one.code), method);
      const int status =
          house.call(http::Method::Post, "/v1/payment_links", kStripeHeaders, form).status;
      EXPECT_EQ(status == 200, provider->traits().has_method(method, currency))
          << one.code << " by " << method;
    }
  }
  EXPECT_FALSE(provider->traits().has_method("oxxo", Currency::of("HNL")));
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
  const std::string form =
      "mode=payment&line_items[0][quantity]=1&line_items[0][price_data][currency]=mxn&line_items[0]"
      "[price_data][unit_amount]=5000"
      "&line_items[0][price_data][product_data][name]=Factura&client_reference_id=PT-DE-OTRO";
  const auto made = house.call(http::Method::Post, "/v1/checkout/sessions", kStripeHeaders, form);
  ASSERT_EQ(made.status, 200) << made.body;
  const auto session = text_in(*parse_json(made.body), "id");
  const auto id = text_in(house.at_provider("pay", {{"link", session}}), "id");
  const auto told = look_up({.provider_link_id = session});
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].id, id);
  EXPECT_EQ(told[0].reference, "") << "what the payer can write is not booked by";
  EXPECT_EQ(this->heard().at(0).reference, "PT-DE-OTRO");
}

TEST(StripeEnvironment, IsOneOrTheOther) {
  static const Candidate kRestricted{.name = "stripe",
                                     .secrets = "secret_key = 'rk_a'\n",
                                     .signing_secret = "webhook_secret",
                                     .currency = "MXN"};
  House house(kRestricted);  // A key that says nothing of its environment.
  const auto test = house.client_of(kRestricted.secrets),
             live =
                 house.client_of(kRestricted.secrets, 10'000, providers::ProviderEnvironment::Live);
  const auto place = test->ask(house.order(mexican(10'00))).value();
  const auto id = text_in(house.at_provider("pay", {{"link", place.provider_link_id}}), "id");
  EXPECT_TRUE(test->look_up({.provider_payment_id = id})->at(0).is_ours);
  EXPECT_EQ(live->look_up({.provider_payment_id = id})->at(0).trouble, "wrong_environment");
}

}  // namespace
}  // namespace puntual::conformance
