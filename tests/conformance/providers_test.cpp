// One suite for every payment provider: its client against its simulator, over HTTP on this
// machine. What holds for one of them for the engine, holds for all; where a provider can do less,
// its line in the list says so.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "sandbox/pay/simulator.h"
#include "tests/conformance/provider_house.h"

namespace puntual::conformance {
namespace {

const Candidate kCandidates[] = {
    {.name = "wompi",
     .secrets = "public_key = 'pub_test_a'\nprivate_key = 'prv_test_a'\nintegrity_secret = "
                "'test_integrity_a'\n",
     .signing_secret = "events_secret",
     .wrong_secrets = "public_key = 'pub_test_b'\nprivate_key = 'prv_test_b'\n",
     .finds_by_reference = false,  // A link does not take it.
     .limits_method = false,
     .gives_back = GivesBack::Whole},
    {.name = "mercadopago",
     .secrets = "access_token = 'TEST-1234567890123456-112100-0123456789abcdef-99001122'\n",
     .signing_secret = "webhook_secret",
     .wrong_secrets = "access_token = 'TEST-1234567890123456-112100-fedcba9876543210-55667788'\n",
     .currency = "PEN",
     .minor = 459'90,
     .undo = "refund",
     .undone = ProviderStatus::Refunded,
     .gives_back = GivesBack::Any},
    {.name = "stripe",
     .secrets = "secret_key = 'sk_test_a'\n",
     .signing_secret = "webhook_secret",
     .wrong_secrets = "secret_key = 'sk_test_b'\n",
     .currency = "MXN",
     .minor = 1'250'00,
     .undo = "refund",
     .undone = ProviderStatus::Refunded,
     .sees_foreign = false,
     .finds_by_reference = false,
     .gives_back = GivesBack::Any},
    {.name = "bold",
     .secrets = "identity_key = 'identidad-a'\nmerchant_id = 'CKK1'\n",
     .signing_secret = "secret_key",
     .wrong_secrets = "identity_key = 'identidad-b'\n",
     .can_withdraw = false},
    {.name = "payu",
     .secrets =
         "api_login = 'login-a'\nmerchant_id = 508029\naccount_id = 512321\nalgorithm = 'MD5'\n",
     .signing_secret = "api_key",
     .wrong_secrets =
         "api_key = 'llave-b'\napi_login = 'login-b'\nmerchant_id = 508029\naccount_id = 512321\n",
     .undo = "refund",
     .undone = ProviderStatus::Refunded,
     .can_withdraw = false,
     .sees_foreign = false,
     .makes_forms = true,
     .tells_undoing = false},
    {.name = "culqi",
     .secrets = "secret_key = 'sk_test_a'\nwebhook_user = 'cobranza'\ncontact_email = "
                "'pagos@example.com'\ncontact_phone = '999555010'\n",
     .signing_secret = "webhook_password",
     .wrong_secrets = "secret_key = 'sk_test_b'\n",
     .currency = "PEN",
     .minor = 450'50,
     .undo = "",
     .sees_foreign = false,
     .is_one_payment = true,
     .knows_refusals = false,
     .leads_back = false,
     .limits_method = false,
     .signs_body = false},
};

const Candidate& candidate(std::string_view name) {
  return *std::ranges::find(kCandidates, name, &Candidate::name);
}

class Provider : public testing::TestWithParam<Candidate> {
 protected:
  House house{GetParam()};
  std::unique_ptr<PaymentProvider> provider = house.client();

  PaymentPlace asked(int64_t minor = 0) {
    last_order = house.order(minor);
    const auto place = provider->ask(last_order);
    EXPECT_TRUE(place) << place.error().message;
    return place.value_or(PaymentPlace{});
  }
  ProviderLookup lookup_of(const PaymentPlace& place) const {
    return {.provider_payment_id = {},
            .provider_link_id = place.provider_link_id,
            .reference = last_order.reference};
  }
  std::vector<ProviderPayment> found(const ProviderLookup& lookup) {
    const auto payments = provider->look_up(lookup);
    EXPECT_TRUE(payments) << payments.error().message;
    return payments.value_or(std::vector<ProviderPayment>{});
  }
  // As a notice of it leads there.
  ProviderLookup lookup_by_id(const std::string& id) const {
    return {.provider_payment_id = id,
            .provider_link_id = {},
            .reference = GetParam().makes_forms ? last_order.reference : std::string()};
  }
  ProviderPayment found_by_id(const std::string& id) {
    const auto payments = found(lookup_by_id(id));
    EXPECT_EQ(payments.size(), 1u);
    return payments.empty() ? ProviderPayment{} : payments.front();
  }

  PaymentOrder last_order;
};
INSTANTIATE_TEST_SUITE_P(All, Provider, testing::ValuesIn(kCandidates),
                         [](const auto& info) { return std::string(info.param.name); });

TEST_P(Provider, TellsOfAPaymentAndHasItWhenAsked) {
  const auto place = asked();
  ASSERT_TRUE(place.url.starts_with("http://127.0.0.1:"));
  const std::string id = house.pay(place);
  const auto heard = provider->hear(house.notice());
  EXPECT_EQ(heard.signature, NoticeSignature::Valid) << heard.why;
  EXPECT_EQ(heard.provider_payment_id, id);
  EXPECT_EQ(heard.is_found_by_reference, GetParam().makes_forms);
  const auto payment = found_by_id(id);
  EXPECT_EQ(payment.id, id);
  EXPECT_EQ(payment.status, ProviderStatus::Paid);
  EXPECT_EQ(payment.amount, last_order.amount);
  EXPECT_EQ(payment.refunded_minor, 0);
  EXPECT_EQ(payment.paid_at, GetParam().tells_paid_at ? std::optional(house.now) : std::nullopt);
  EXPECT_TRUE(payment.is_ours) << payment.trouble;
  EXPECT_TRUE(
      payment.reference == last_order.reference ||
      (!payment.provider_link_id.empty() && payment.provider_link_id == place.provider_link_id));
}

TEST_P(Provider, FindsAPaymentThatNobodyToldOf) {
  const auto place = asked();
  EXPECT_TRUE(found(lookup_of(place)).empty());
  house.fault("drop");
  const std::string id = house.pay(place);
  EXPECT_TRUE(house.notices().empty());
  house.now = house.now + kDayMs;
  const auto payments = found(lookup_of(place));
  ASSERT_EQ(payments.size(), 1u);
  EXPECT_EQ(payments[0].id, id);
  EXPECT_EQ(payments[0].status, ProviderStatus::Paid);
}

TEST_P(Provider, FindsNothingOfOthers) {
  const auto mine = asked();
  const auto lookup = lookup_of(mine);
  house.pay(asked());
  EXPECT_TRUE(found(lookup).empty());
}

// Of one that cannot search, NotFound is the answer: Unavailable would have the whole provider
// asked later.
TEST_P(Provider, OurReferenceAloneFindsItsPaymentsOrIsNotFound) {
  const auto place = asked();
  const std::string id = house.pay(place);
  const auto payments = provider->look_up(
      {.provider_payment_id = {}, .provider_link_id = {}, .reference = last_order.reference});
  if (!GetParam().finds_by_reference) {
    EXPECT_TRUE(payments ? payments->empty() : payments.error().code == ErrorCode::NotFound);
    return;
  }
  ASSERT_TRUE(payments) << payments.error().message;
  ASSERT_EQ(payments->size(), 1u);
  EXPECT_EQ(payments->front().id, id);
}

TEST_P(Provider, RepetitionsAreTheSameEvent) {
  house.fault("duplicate");
  house.fault("parallel");
  house.pay(asked());
  house.now = house.now + kMinuteMs;
  std::map<std::string, int> times;
  for (const auto& notice : house.notices()) {
    EXPECT_EQ(provider->hear(notice).signature, NoticeSignature::Valid);
    ++times[provider->hear(notice).event_key];
  }
  EXPECT_FALSE(times.empty());
  for (const auto& [key, count] : times) EXPECT_EQ(count, 3) << key;
  house.pay(asked());
  EXPECT_FALSE(times.contains(provider->hear(house.notice()).event_key));
}

TEST_P(Provider, SendsAgainWhatWasNotTaken) {
  house.pay(asked());
  std::set<std::string> first, again;
  for (const auto& notice : house.notices(500)) first.insert(notice.body);
  EXPECT_TRUE(house.notices().empty());
  ASSERT_TRUE(house.sandbox().next_due());
  house.now = *house.sandbox().next_due();
  for (const auto& notice : house.notices()) {
    again.insert(notice.body);
    EXPECT_EQ(provider->hear(notice).signature,
              NoticeSignature::Valid);  // However late: what it is, decides.
  }
  EXPECT_FALSE(first.empty());
  EXPECT_EQ(again, first);
}

TEST_P(Provider, RefusesForgedAndAlteredNotices) {
  for (const std::string_view kind : {"wrong_signature", "old_secret", "altered_body"}) {
    if (kind == "altered_body" && !GetParam().signs_body) break;
    house.fault(kind);
    house.pay(asked());
    const auto heard = provider->hear(house.notice());
    EXPECT_EQ(heard.signature, NoticeSignature::Invalid) << kind;
    EXPECT_FALSE(heard.why.empty()) << kind;
    EXPECT_FALSE(heard.why.contains(kNewSecret)) << kind;
  }
}

TEST_P(Provider, TakesTheOldSecretWhileItIsReplaced) {
  const auto rotating = house.client(fmt::format("['{}', '{}']", kNewSecret, kOldSecret));
  house.fault("old_secret");
  house.pay(asked());
  house.pay(asked());
  const auto notices = house.notices();
  ASSERT_GE(notices.size(), 2u);
  for (const auto& notice : notices)
    EXPECT_EQ(rotating->hear(notice).signature, NoticeSignature::Valid);
}

TEST_P(Provider, UnusualNoticesDoNoHarm) {
  for (const std::string_view kind : {"extra_fields", "null_reference", "upper_case"}) {
    house.fault(kind);
    const std::string id = house.pay(asked());
    const auto heard = provider->hear(house.notice());
    EXPECT_EQ(heard.signature, NoticeSignature::Valid) << kind;
    EXPECT_EQ(heard.provider_payment_id, id) << kind;
    EXPECT_EQ(found_by_id(id).amount, last_order.amount) << kind << ": the books know better";
  }
  house.fault("unknown_type");
  const std::string renamed = house.pay(asked());
  const auto unknown = provider->hear(house.notice());
  EXPECT_EQ(unknown.signature, NoticeSignature::Valid);
  EXPECT_EQ(found_by_id(renamed).status, ProviderStatus::Paid);
  EXPECT_EQ(unknown.status, std::nullopt);
  EXPECT_FALSE(unknown.event_key.empty());
  for (const std::string_view body : {"", "null", "[]", "{\"data\":[1,2]}", "\xFF\xFE"}) {
    const auto heard =
        provider->hear({.received_at = house.now, .path = "/", .body = std::string(body)});
    EXPECT_NE(heard.signature, NoticeSignature::Valid) << body;
    EXPECT_FALSE(heard.event_key.empty());
  }
}

// A notice that lies is found out by reading the payment again.
TEST_P(Provider, WhatANoticeGetsWrongItsBooksHaveRight) {
  for (const std::string_view kind : {"altered_body", "unknown_type"}) {
    house.fault(kind);
    const auto payment = found_by_id(house.pay(asked()));
    EXPECT_EQ(payment.amount, last_order.amount) << kind;
    EXPECT_EQ(payment.status, ProviderStatus::Paid) << kind;
  }
}

TEST_P(Provider, ARefusalDoesNotEndTheRequest) {
  const auto place = asked();
  if (!GetParam().knows_refusals) {
    EXPECT_EQ(
        text_in(house.at_provider("pay", {{"url", place.url}, {"outcome", "declined"}}), "id"), "")
        << "the simulator knows refusals after all";
    return;
  }
  const std::string refused = house.pay(place, {{"outcome", "declined"}});
  house.now = house.now + kMinuteMs;
  const std::string paid = house.pay(place);
  EXPECT_NE(refused, paid);
  const auto payments = found(lookup_of(place));
  ASSERT_EQ(payments.size(), 2u);
  EXPECT_EQ(payments[0].id, paid);
  EXPECT_EQ(payments[0].status, ProviderStatus::Paid);
  EXPECT_EQ(payments[1].id, refused);
  EXPECT_EQ(payments[1].status, ProviderStatus::Failed);
}

TEST_P(Provider, CanBePendingForDays) {
  const auto place = asked();
  const std::string id = house.pay(place, {{"outcome", "pending"}});
  for (const auto& payment : found(lookup_of(place)))
    EXPECT_EQ(payment.status, ProviderStatus::Pending);
  house.now = house.now + 5 * kDayMs;
  house.notices();
  house.at_provider("settle", {{"payment", id}, {"outcome", "approved"}});
  EXPECT_EQ(provider->hear(house.notice()).status.value_or(ProviderStatus::Paid),
            ProviderStatus::Paid);
  const auto payments = found(lookup_of(place));
  ASSERT_EQ(payments.size(), 1u);
  EXPECT_EQ(payments[0].id, id);
  EXPECT_EQ(payments[0].status, ProviderStatus::Paid);
  EXPECT_EQ(payments[0].amount, last_order.amount);
}

TEST_P(Provider, MoneyCanGoBack) {
  const auto place = asked();
  const std::string id = house.pay(place, {{"method", "CARD"}});
  const auto paid = provider->hear(house.notice());
  house.now = house.now + kHourMs;
  if (GetParam().undo.empty()) {
    for (const auto* verb : {"void", "refund"})
      EXPECT_FALSE(text_in(house.at_provider(verb, {{"payment", id}}), "error").empty())
          << verb << " is possible after all";
    return;
  }
  house.at_provider(GetParam().undo, {{"payment", id}});
  if (GetParam().tells_undoing) {
    const auto undone = provider->hear(house.notice());
    EXPECT_EQ(undone.signature, NoticeSignature::Valid) << undone.why;
    EXPECT_NE(undone.event_key, paid.event_key);
  }
  for (const auto& payment : {found_by_id(id), found(lookup_of(place)).at(0)}) {
    EXPECT_EQ(payment.status, GetParam().undone);
    EXPECT_EQ(payment.amount, last_order.amount);
    EXPECT_EQ(payment.refunded_minor, last_order.amount.minor);
  }
}

TEST_P(Provider, GivesBackWhatItIsToldToOnceForEachOrder) {
  const auto place = asked();
  const std::string id = house.pay(place, {{"method", "CARD"}});
  const Money whole = last_order.amount, part{1'00, whole.currency};
  EXPECT_EQ(provider->traits().gives_back, GetParam().gives_back);
  if (GetParam().gives_back == GivesBack::Nothing) {
    const auto refused =
        provider->give_back({.key = "refund-1", .provider_payment_id = id, .amount = whole});
    EXPECT_EQ(refused.error().code, ErrorCode::Invalid);
    EXPECT_TRUE(refused.error().message.contains("puntual payments reverse"))
        << refused.error().message;
    EXPECT_EQ(found(lookup_of(place)).at(0).refunded_minor, 0);
    return;
  }
  if (GetParam().gives_back == GivesBack::Any) {
    house.fault("lost_answer");
    const RefundOrder order{.key = "refund-1", .provider_payment_id = id, .amount = part};
    EXPECT_EQ(provider->give_back(order).error().code, ErrorCode::Unavailable);
    for (int i = 0; i < 2; ++i)
      EXPECT_TRUE(provider->give_back(order)) << "it is one order, however often it is asked for";
    EXPECT_EQ(found_by_id(id).refunded_minor, 1'00);
    EXPECT_EQ(found_by_id(id).status, ProviderStatus::PartiallyRefunded);
    EXPECT_EQ(provider->give_back({.key = "refund-2", .provider_payment_id = id, .amount = whole})
                  .error()
                  .code,
              ErrorCode::Invalid)
        << "so much is not left";
    EXPECT_TRUE(provider->give_back({.key = "refund-3",
                                     .provider_payment_id = id,
                                     .amount = {whole.minor - 1'00, whole.currency}}));
  } else {
    house.now = house.now + kHourMs;
    EXPECT_TRUE(
        provider->give_back({.key = "refund-1", .provider_payment_id = id, .amount = whole}));
  }
  house.notices();
  EXPECT_EQ(found_by_id(id).status, GetParam().undone);
  EXPECT_EQ(found_by_id(id).refunded_minor, whole.minor);
  EXPECT_EQ(provider->give_back({.key = "refund-4", .provider_payment_id = id, .amount = part})
                .error()
                .code,
            ErrorCode::Invalid)
      << "nothing is left";
}

TEST_P(Provider, MoneyThatComesTooLateOrTwiceIsMoney) {
  const auto place = asked();
  house.pay(place);
  house.now = house.now + 4 * kDayMs;
  EXPECT_EQ(text_in(house.at_provider("pay", {{"url", house.opened(place)}}), "id"), "")
      << "the simulator takes money after the expiry";
  if (GetParam().is_one_payment) return;
  house.pay(place, {{"anyway", true}});
  const auto payments = found(lookup_of(place));
  ASSERT_EQ(payments.size(), 2u);
  for (const auto& payment : payments) EXPECT_EQ(payment.status, ProviderStatus::Paid);
  EXPECT_NE(payments[0].id, payments[1].id);
}

TEST_P(Provider, SaysWhatWasPaidNotWhatWasAsked) {
  house.fault("amount_less");
  const auto less = found_by_id(house.pay(asked()));
  EXPECT_EQ(less.amount.minor,
            last_order.amount.minor - last_order.amount.currency.minor_per_major());
  house.fault("other_currency");
  const auto other = found_by_id(house.pay(asked()));
  EXPECT_NE(other.amount.currency, last_order.amount.currency);
  house.fault("other_merchant");
  const std::string id = house.pay(asked());
  const auto foreign = provider->look_up(lookup_by_id(id));
  if (!GetParam().sees_foreign) {
    EXPECT_EQ(foreign.error().code, ErrorCode::NotFound);
    return;
  }
  ASSERT_TRUE(foreign) << foreign.error().message;
  EXPECT_FALSE(foreign->at(0).is_ours);
  EXPECT_EQ(foreign->at(0).trouble, "foreign_account");
}

TEST_P(Provider, AsksForWhatItMay) {
  const ProviderCurrency bounds = *provider->traits().bounds(Currency::of(GetParam().currency));
  if (bounds.minor_min > 1) {
    asked(bounds.minor_min);
    EXPECT_EQ(provider->ask(house.order(bounds.minor_min - 100)).error().code, ErrorCode::Invalid);
  }
  if (bounds.minor_max < INT64_MAX) {
    asked(bounds.minor_max);
    EXPECT_EQ(provider->ask(house.order(bounds.minor_max + 100)).error().code, ErrorCode::Invalid);
  }
  auto order = house.order();
  if (order.amount.currency.minor_digits() == 2) {
    order.amount.minor += 50;
    const auto place = provider->ask(order);
    last_order = order;
    EXPECT_EQ(place.has_value(), !bounds.whole_units);
    if (place)
      EXPECT_EQ(found_by_id(house.pay(*place)).amount, order.amount);
    else
      EXPECT_EQ(place.error().code, ErrorCode::Invalid);
  }
  auto foreign = house.order();
  foreign.amount.currency = Currency::of("UYI");  // An index, not money to be paid with.
  EXPECT_EQ(provider->ask(foreign).error().code, ErrorCode::Invalid);
}

TEST_P(Provider, MakesAPlaceForTheMethodThatWasChosen) {
  const Currency currency = Currency::of(GetParam().currency);
  const auto methods = provider->traits().methods_for(currency);
  for (const auto* method : methods) {
    last_order = house.order();
    last_order.method = method->code;
    const auto place = provider->ask(last_order);
    ASSERT_TRUE(place) << method->code << ": " << place.error().message;
    const std::string url = house.opened(*place),
                      own(method->code.substr(0, method->code.find(',')));
    for (const auto* other : methods) {
      if (!GetParam().limits_method || other == method) continue;
      const auto refused = house.at_provider(
          "pay", {{"url", url}, {"method", other->code.substr(0, other->code.find(','))}});
      EXPECT_EQ(text_in(refused, "id"), "") << method->code << " paid by " << other->code;
    }
    EXPECT_NE(text_in(house.at_provider("pay", {{"url", url}, {"method", own}}), "id"), "") << own;
    EXPECT_EQ(found(lookup_of(*place)).size(), 1u);
  }
  auto order = house.order();
  order.method = "trueque";
  EXPECT_EQ(provider->ask(order).error().code, ErrorCode::Invalid);
}

TEST_P(Provider, KnowsItsOwnKeys) {
  EXPECT_TRUE(provider->check_keys());
  for (const auto& stranger : {house.client_of(GetParam().wrong_secrets), house.client_of("")})
    EXPECT_EQ(stranger->check_keys().error().code, ErrorCode::Forbidden);
  house.fault("server_error");
  EXPECT_EQ(provider->check_keys().error().code, ErrorCode::Unavailable);
}

TEST_P(Provider, KeysThatAreNotOursAreForbidden) {
  const auto place = asked();
  for (const auto& stranger : {house.client_of(GetParam().wrong_secrets), house.client_of("")}) {
    const auto strange = stranger->ask(house.order());
    if (strange && GetParam().makes_forms)
      EXPECT_EQ(house.post_form(*strange).status, 400) << "the provider takes a form of anybody";
    else
      EXPECT_EQ(strange.error().code, ErrorCode::Forbidden);
    EXPECT_EQ(stranger->look_up(lookup_of(place)).error().code, ErrorCode::Forbidden);
  }
}

TEST_P(Provider, ANoticeMayComeBeforeTheProviderKnowsThePayment) {
  house.fault("unreadable", 120);
  const std::string id = house.pay(asked());
  const auto heard = provider->hear(house.notice());
  if (GetParam().is_one_payment)
    EXPECT_EQ(found_by_id(heard.provider_payment_id).status, ProviderStatus::Pending);
  else
    EXPECT_EQ(provider->look_up(lookup_by_id(heard.provider_payment_id)).error().code,
              ErrorCode::NotFound);
  house.now = house.now + 120 * kSecondMs;
  EXPECT_EQ(found_by_id(id).status, ProviderStatus::Paid);
}

TEST_P(Provider, TroubleOfTheNetworkIsForLater) {
  const auto place = asked();
  const std::string id = house.pay(place);
  const auto hasty = house.client(House::kNewSecretText, 300);
  for (const std::string_view kind : {"server_error", "busy", "no_json", "hang"}) {
    house.fault(kind);
    EXPECT_EQ(hasty->look_up(lookup_by_id(id)).error().code, ErrorCode::Unavailable) << kind;
    if (GetParam().makes_forms) continue;
    house.fault(kind);
    EXPECT_EQ(hasty->ask(house.order()).error().code, ErrorCode::Unavailable) << kind;
  }
  house.fault("slow");
  EXPECT_EQ(found_by_id(id).status, ProviderStatus::Paid);
}

TEST_P(Provider, WithdrawsWhatItMade) {
  const auto place = asked();
  EXPECT_EQ(provider->withdraw(place.provider_link_id), GetParam().can_withdraw);
  EXPECT_EQ(provider->withdraw(place.provider_link_id), GetParam().can_withdraw);
  const bool can_be_paid =
      !text_in(house.at_provider("pay", {{"url", house.opened(place)}}), "id").empty();
  EXPECT_EQ(can_be_paid, !GetParam().can_withdraw);
}

TEST_P(Provider, ItsPageLetsAPersonChoose) {
  const auto place = asked();
  const std::string url = house.opened(place), target = url.substr(url.find('/', 8));
  const auto page = house.say({.target = target});
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(page.body.contains("Pagar") && page.body.contains("Rechazar") &&
              page.body.contains("Dejar pendiente"));
  EXPECT_TRUE(house.notices().empty());  // Looking changes nothing.
  const auto done = house.say(
      {.method = http::Method::Post, .target = target, .body = "outcome=approved&method=PSE"});
  EXPECT_EQ(done.status, GetParam().leads_back ? 303 : 200);
  EXPECT_EQ(provider->hear(house.notice()).signature, NoticeSignature::Valid);
  EXPECT_EQ(found(lookup_of(place)).at(0).status, ProviderStatus::Paid);
}

// What is added to one of these lists alone would be half a provider.
TEST(Providers, StandInEveryListThatTheyBelongTo) {
  const auto simulated = sandbox::pay_simulator_names();
  for (const auto name : providers::names()) {
    const bool makes_places = (*providers::open(name, {}, {}))->traits().makes_places;
    for (const std::string_view file : {"toml", "in.jsonl", "out.jsonl"}) {
      EXPECT_TRUE(
          std::filesystem::exists(fmt::format("tests/cli/payments_vectors/{}.{}", name, file)))
          << name;
    }
    EXPECT_EQ(std::ranges::find(simulated, name) != simulated.end(), makes_places) << name;
    EXPECT_EQ(std::ranges::find(kCandidates, name, &Candidate::name) != std::end(kCandidates),
              makes_places)
        << name;
  }
  EXPECT_EQ(simulated.size(), std::size(kCandidates));
}

// Wompi's web checkout: an address that the integrity secret seals, whose payments keep our
// reference.
TEST(WompiCheckout, IsSealedAndKeepsTheReference) {
  House house(candidate("wompi"));
  const auto provider = house.client_of(fmt::format("{}checkout = 'web'\nevents_secret = '{}'\n",
                                                    candidate("wompi").secrets, kNewSecret));
  const auto order = house.order();
  const auto place = provider->ask(order);
  ASSERT_TRUE(place) << place.error().message;
  EXPECT_TRUE(place->provider_link_id.empty());
  const std::string id = house.pay(*place);
  EXPECT_EQ(provider->hear(house.notice()).reference, order.reference);
  const auto payments =
      provider->look_up({.provider_payment_id = id, .provider_link_id = {}, .reference = {}});
  ASSERT_TRUE(payments) << payments.error().message;
  EXPECT_EQ(payments->at(0).reference, order.reference);
  EXPECT_EQ(payments->at(0).amount, order.amount);
  EXPECT_EQ(
      provider
          ->look_up(
              {.provider_payment_id = {}, .provider_link_id = {}, .reference = order.reference})
          ->at(0)
          .id,
      id);

  house.fault("other_merchant");
  const auto others =
      provider->look_up({.provider_payment_id = house.pay(*place, {{"anyway", true}}),
                         .provider_link_id = {},
                         .reference = {}});
  ASSERT_TRUE(others) << others.error().message;
  EXPECT_FALSE(others->at(0).is_ours);
  EXPECT_TRUE(
      provider->look_up({.provider_payment_id = id, .provider_link_id = {}, .reference = {}})
          ->at(0)
          .is_ours);

  PaymentPlace cheaper = *place;
  cheaper.url.replace(cheaper.url.find("12500000"), 8, "00500000");
  EXPECT_EQ(text_in(house.at_provider("pay", {{"url", cheaper.url}}), "id"), "");
}

// Cards alone, and on their day.
TEST(WompiVoid, IsOfACardAndOfToday) {
  House house(candidate("wompi"));
  const auto provider = house.client();
  const auto paid_by = [&](const char* method) {
    const auto order = house.order();
    return RefundOrder{
        .key = "k",
        .provider_payment_id = house.pay(*provider->ask(order), {{"method", method}}),
        .amount = order.amount};
  };
  EXPECT_EQ(provider->give_back(paid_by("PSE")).error().code, ErrorCode::Invalid);
  const auto card = paid_by("CARD");
  house.now = house.now + kDayMs;
  EXPECT_EQ(provider->give_back(card).error().code, ErrorCode::Invalid);
  EXPECT_EQ(provider->look_up({.provider_payment_id = card.provider_payment_id})->at(0).status,
            ProviderStatus::Paid);
}

TEST(BoldLink, OfTheOtherEnvironmentIsNotOurs) {
  Candidate live = candidate("bold");
  live.secrets = "identity_key = 'identidad-a'\nmerchant_id = 'CKK1'\nenvironment = 'live'\n";
  House house(live);
  const auto provider = house.client();  // Of the test environment, as all of this suite.
  const auto order = house.order();
  const auto place = provider->ask(order);
  ASSERT_TRUE(place) << place.error().message;
  house.pay(*place);
  const auto payments = provider->look_up({.provider_payment_id = {},
                                           .provider_link_id = place->provider_link_id,
                                           .reference = order.reference});
  ASSERT_EQ(payments->size(), 1u);
  EXPECT_FALSE(payments->at(0).is_ours);
  EXPECT_EQ(payments->at(0).trouble, "wrong_environment");
}

}  // namespace
}  // namespace puntual::conformance
