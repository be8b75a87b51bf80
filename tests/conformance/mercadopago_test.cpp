// What is Mercado Pago's alone; what it has in common with the others is providers_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/conformance/provider_house.h"

namespace puntual::conformance {
namespace {

constexpr std::string_view kToken = "TEST-1234567890123456-112100-0123456789abcdef-99001122";
const Candidate kMercadoPago{
    .name = "mercadopago",
    .secrets = "access_token = 'TEST-1234567890123456-112100-0123456789abcdef-99001122'\n",
    .signing_secret = "webhook_secret",
    .currency = "PEN"};

Money soles(int64_t minor) { return {minor, Currency::of("PEN")}; }

class MercadoPagoTest : public OneProvider {
 protected:
  MercadoPagoTest() : OneProvider(kMercadoPago) {}
};

TEST_F(MercadoPagoTest, OneReferenceIsOnePlace) {
  const auto place = ask(soles(459'90));
  EXPECT_TRUE(place.provider_link_id.starts_with("99001122-")) << place.provider_link_id;
  EXPECT_EQ(provider->ask(order)->provider_link_id, place.provider_link_id)
      << "asked again after a time-out";
  EXPECT_NE(ask(soles(459'90)).provider_link_id, place.provider_link_id);
}

TEST_F(MercadoPagoTest, AsksForWholePesosOnly) {
  for (const auto& [minor, code] :
       {std::pair{int64_t{125'000'50}, "COP"}, std::pair{int64_t{100}, "USD"}}) {
    const auto refused = provider->ask(house.order({minor, Currency::of(code)}));
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
  EXPECT_EQ(told.paid_at, house.now);
  EXPECT_TRUE(told.is_ours);
}

TEST_F(MercadoPagoTest, TwoMethodsAreTwoPaymentsOfOnePlace) {
  const auto place = ask(soles(459'90));
  const std::set<std::string> both = {pay(place, {{"amount_minor", 200'00}}),
                                      pay(place, {{"amount_minor", 259'90}})};
  for (const ProviderLookup& lookup :
       {ProviderLookup{.reference = order.reference},
        ProviderLookup{.provider_link_id = place.provider_link_id},
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
    const auto notices = house.notices();
    ASSERT_EQ(notices.size(), 2u);
    for (const auto& notice : notices) {
      const auto heard = provider->hear(notice);
      EXPECT_EQ(heard.signature, NoticeSignature::Valid) << heard.why;
      EXPECT_EQ(heard.provider_payment_id, id);
      EXPECT_TRUE(heard.must_reread);
      keys.insert(heard.event_key);
      const auto signature = std::ranges::find(notice.headers, "x-signature",
                                               [](const auto& header) { return header.first; });
      digits.insert(signature->second.find(','));
    }
  }
  EXPECT_EQ(keys.size(), 16u);
  EXPECT_EQ(digits, (std::set<size_t>{13, 16}));
}

TEST_F(MercadoPagoTest, HearsNoOlderNoticesBesideItsOwn) {
  order = house.order(soles(10'00));
  order.notice_url = "https://pagos.example.com/webhooks/payments/mercadopago";
  pay(*provider->ask(order));
  for (const auto& notice : house.notices())
    EXPECT_EQ(provider->hear(notice).signature, NoticeSignature::Valid);
  // Made without source_news=webhooks, by somebody else.
  const std::string by_hand =
      R"({"items":[{"title":"Factura","quantity":1,"currency_id":"PEN","unit_price":10.5}],"notification_url":"https://pagos.example.com/mp"})";
  const auto made = house.call(http::Method::Post, "/checkout/preferences",
                               {{"Authorization", fmt::format("Bearer {}", kToken)}}, by_hand);
  ASSERT_EQ(made.status, 201) << made.body;
  const auto id =
      text_in(house.at_provider("pay", {{"link", text_in(*parse_json(made.body), "id")}}), "id");
  const auto heard = this->heard();
  ASSERT_EQ(heard.size(), 3u);
  EXPECT_EQ(heard.back().signature, NoticeSignature::Unsigned);
  EXPECT_EQ(heard.back().provider_payment_id, id);
  EXPECT_EQ(payment(id).amount, soles(10'50));
}

TEST_F(MercadoPagoTest, FollowsAPaymentThatIsGivenBackOrFoughtOver) {
  const auto refunded = pay(ask(soles(100'00)));
  house.at_provider("refund", {{"payment", refunded}, {"amount_minor", 40'00}});
  EXPECT_EQ(payment(refunded).status, ProviderStatus::PartiallyRefunded);
  EXPECT_EQ(payment(refunded).refunded_minor, 40'00);
  house.at_provider("refund", {{"payment", refunded}});
  EXPECT_EQ(payment(refunded).status, ProviderStatus::Refunded);
  EXPECT_EQ(payment(refunded).refunded_minor, 100'00);

  const auto fought = pay(ask(soles(100'00)));
  house.at_provider("dispute", {{"payment", fought}});
  EXPECT_EQ(payment(fought).status, ProviderStatus::Disputed);
  house.at_provider("win", {{"payment", fought}});
  EXPECT_EQ(payment(fought).status, ProviderStatus::Paid);

  house.notices();
  house.now = house.now + 60 * kDayMs;
  house.at_provider("chargeback", {{"payment", fought}});
  const auto heard = this->heard();
  const auto about = std::ranges::find_if(heard, [](const HeardNotice& one) {
    return one.provider_link_id.starts_with("v1/chargebacks/");
  });
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
  house.now = house.now + 3 * kDayMs;
  house.at_provider("settle", {{"payment", paid}});
  house.at_provider("settle", {{"payment", run_out}, {"outcome", "expired"}});
  EXPECT_EQ(payment(paid).status, ProviderStatus::Paid);
  EXPECT_EQ(payment(run_out).status, ProviderStatus::Expired);
}

TEST_F(MercadoPagoTest, AWithdrawnPlaceTakesNoMore) {
  const auto place = ask(soles(10'00));
  ASSERT_TRUE(provider->withdraw(place.provider_link_id));
  ASSERT_TRUE(provider->withdraw(place.provider_link_id)) << "done before";
  EXPECT_TRUE(provider->withdraw("99001122-unknown"));
  EXPECT_TRUE(pay(place).empty());
  EXPECT_FALSE(pay(place, {{"anyway", true}}).empty());
  EXPECT_EQ(look_up({.reference = order.reference}).size(), 1u) << "money that came late is money";
}

TEST_F(MercadoPagoTest, TellsWhoseMoneyItIs) {
  house.fault("other_merchant");
  const auto foreign = payment(pay(ask(soles(10'00))));
  EXPECT_FALSE(foreign.is_ours);
  EXPECT_EQ(foreign.trouble, "foreign_account");

  const auto id = pay(ask(soles(10'00)));
  const auto other =
      house.client_of(fmt::format("access_token = '{}'\ncollector_id = 55667788", kToken))
          ->look_up({.provider_payment_id = id});
  EXPECT_EQ(other->at(0).trouble, "foreign_account");
  const auto nobody =
      house.client_of("access_token = 'TEST-without-number'")->look_up({.provider_payment_id = id});
  EXPECT_TRUE(nobody.error().message.contains("collector_id")) << nobody.error().message;
}

TEST(MercadoPagoEnvironment, IsOneOrTheOther) {
  static const Candidate kLive{
      .name = "mercadopago",
      .secrets = "access_token = 'APP_USR-1234567890123456-112100-0123456789abcdef-99001122'\n",
      .signing_secret = "webhook_secret",
      .currency = "PEN"};
  House house(kLive);
  const auto live = house.client_of(kLive.secrets, 10'000, providers::ProviderEnvironment::Live),
             test = house.client_of(kLive.secrets);
  const auto place = live->ask(house.order(soles(10'00))).value();
  const auto id = text_in(house.at_provider("pay", {{"url", place.url}}), "id");
  EXPECT_TRUE(live->look_up({.provider_payment_id = id})->at(0).is_ours);
  EXPECT_EQ(test->look_up({.provider_payment_id = id})->at(0).trouble, "wrong_environment");
}

// The newer form: checkout = 'orders'.
const Candidate kOrders{
    .name = "mercadopago",
    .secrets =
        "access_token = 'TEST-1234567890123456-112100-0123456789abcdef-99001122'\ncheckout = "
        "'orders'\ncurrency = 'BRL'\n",
    .signing_secret = "webhook_secret",
    .currency = "BRL"};

class MercadoPagoOrders : public OneProvider {
 protected:
  MercadoPagoOrders() : OneProvider(kOrders) {}
  static Money reais(int64_t minor) { return {minor, Currency::of("BRL")}; }
  // All payments that the notices of this moment lead to, by their ids.
  std::map<std::string, ProviderPayment> told() {
    std::map<std::string, ProviderPayment> found;
    for (const auto& one : heard()) {
      EXPECT_EQ(one.signature, NoticeSignature::Valid) << one.why;
      EXPECT_TRUE(one.must_reread);
      for (auto& payment : look_up({.provider_payment_id = one.provider_payment_id}))
        found[payment.id] = payment;
    }
    return found;
  }
};

TEST_F(MercadoPagoOrders, OneReferenceIsOneOrderWithAPageOfItsOwn) {
  const auto place = ask(reais(100'00));
  EXPECT_TRUE(place.provider_link_id.starts_with("ORD")) << place.provider_link_id;
  EXPECT_EQ(provider->ask(order)->provider_link_id, place.provider_link_id)
      << "asked again after a time-out";
  EXPECT_TRUE(
      look_up({.provider_link_id = place.provider_link_id, .reference = order.reference}).empty());
  EXPECT_EQ(provider->ask(house.order({100, Currency::of("USD")})).error().code,
            ErrorCode::Invalid);
}

// An order tells of itself, and of each payment by a number besides: both lead to the same
// payments.
TEST_F(MercadoPagoOrders, SeveralPixOfOneOrderAreEachOnePaymentHoweverTheyAreToldOf) {
  const auto place = ask(reais(100'00));
  EXPECT_FALSE(pay(place, {{"amount_minor", 60'00}, {"method", "pix"}}).empty());
  EXPECT_FALSE(pay(place, {{"amount_minor", 40'00}, {"method", "pix"}}).empty());
  const auto notices = heard();
  EXPECT_EQ(notices.size(), 4u);
  std::set<std::string> spoken_of;
  for (const auto& one : notices) spoken_of.insert(one.provider_payment_id);
  EXPECT_EQ(spoken_of.size(), 3u) << "the order twice, and two numbers";
  for (const auto& id : spoken_of) {
    const auto found = look_up({.provider_payment_id = id});
    ASSERT_EQ(found.size(), 2u) << id;
    EXPECT_NE(found[0].id, found[1].id);
    EXPECT_EQ(found[0].amount.minor + found[1].amount.minor, 100'00);
    for (const auto& one : found) {
      EXPECT_TRUE(one.id.starts_with(place.provider_link_id + ":PAY")) << one.id;
      EXPECT_EQ(one.status, ProviderStatus::Paid);
      EXPECT_EQ(one.reference, order.reference);
      EXPECT_EQ(one.method, "pix");
      EXPECT_EQ(one.paid_at, house.now);
      EXPECT_TRUE(one.is_ours) << one.trouble;
    }
  }
  for (const ProviderLookup& lookup : {ProviderLookup{.provider_link_id = place.provider_link_id},
                                       ProviderLookup{.reference = order.reference}}) {
    EXPECT_EQ(look_up(lookup).size(), 2u) << lookup.reference;
  }
  const auto first = look_up({.provider_payment_id = *spoken_of.begin()}).front();
  EXPECT_EQ(look_up({.provider_payment_id = first.id}), std::vector{first});
  EXPECT_EQ(
      provider->look_up({.provider_payment_id = place.provider_link_id + ":PAY9"}).error().code,
      ErrorCode::NotFound);
}

TEST_F(MercadoPagoOrders, OnePaymentOfAnOrderGoesBackAndTheOtherStays) {
  const auto place = ask(reais(100'00));
  pay(place, {{"amount_minor", 60'00}}), pay(place, {{"amount_minor", 40'00}});
  const auto paid = told();
  ASSERT_EQ(paid.size(), 2u);
  const auto& [id, payment] = *paid.begin();
  house.fault("lost_answer");
  const RefundOrder back{.key = "refund-1", .provider_payment_id = id, .amount = reais(10'00)};
  EXPECT_EQ(provider->give_back(back).error().code, ErrorCode::Unavailable);
  EXPECT_TRUE(provider->give_back(back)) << "asked again";
  const auto after = told();
  EXPECT_EQ(after.at(id).refunded_minor, 10'00);
  EXPECT_EQ(after.at(id).status, ProviderStatus::PartiallyRefunded);
  EXPECT_EQ(after.rbegin()->second.refunded_minor, 0);
}

TEST_F(MercadoPagoOrders, OfARefusalAnotherPaymentComesAndPendingOnesEnd) {
  const auto place = ask(reais(10'00));
  pay(place, {{"outcome", "declined"}});
  const auto pending = pay(place, {{"outcome", "pending"}});
  house.now = house.now + kDayMs;
  const auto found = look_up({.provider_link_id = place.provider_link_id});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].status, ProviderStatus::Failed);
  EXPECT_EQ(found[0].status, ProviderStatus::Pending);
  EXPECT_EQ(found[0].paid_at, std::nullopt);
  house.at_provider("settle", {{"payment", pending}});
  EXPECT_EQ(look_up({.provider_link_id = place.provider_link_id})[0].status, ProviderStatus::Paid);
}

TEST_F(MercadoPagoOrders, IsCancelledUnlessItIsPaid) {
  const auto place = ask(reais(10'00));
  EXPECT_EQ(provider->withdraw(place.provider_link_id), true);
  EXPECT_EQ(provider->withdraw(place.provider_link_id), true) << "done before";
  EXPECT_TRUE(pay(place).empty());
  const auto paid = ask(reais(10'00));
  EXPECT_FALSE(pay(paid).empty());
  EXPECT_EQ(provider->withdraw(paid.provider_link_id), false);
  EXPECT_EQ(provider->withdraw("ORDUNKNOWN"), true);
}

TEST_F(MercadoPagoOrders, TroubleIsForLaterAndForeignMoneyIsSeen) {
  house.fault("server_error");
  EXPECT_EQ(provider->ask(house.order(reais(10'00))).error().code, ErrorCode::Unavailable);
  house.fault("unreadable", 60);
  const auto place = ask(reais(10'00));
  pay(place);
  EXPECT_TRUE(look_up({.provider_payment_id = place.provider_link_id}).empty())
      << "told before it can be read";
  house.now = house.now + kMinuteMs;
  EXPECT_EQ(look_up({.provider_payment_id = place.provider_link_id}).size(), 1u);
  house.fault("other_merchant");
  const auto foreign = ask(reais(10'00));
  pay(foreign);
  EXPECT_EQ(look_up({.provider_link_id = foreign.provider_link_id}).at(0).trouble,
            "foreign_account");
}

}  // namespace
}  // namespace puntual::conformance
