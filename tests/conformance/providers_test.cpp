// One suite for every payment provider: its client against its simulator, over HTTP on this machine. What holds for one of them
// for the engine, holds for all; where a provider can do less, its line in the list says so.
#include <gtest/gtest.h>

#include <mutex>

#include "base/json.h"
#include "http/server.h"
#include "providers/registry.h"
#include "sandbox/pay/pay_sandbox.h"

namespace puntual {
namespace {

struct Candidate {
  std::string_view name;
  std::string_view secrets;         // Of both sides; the signing secret is added.
  std::string_view signing_secret;  // Its name.
  std::string_view wrong_secrets;   // Keys that the provider does not know.
  std::string_view currency = "COP";
  int64_t minor = 12'500'000;
  std::string_view undo = "void";   // How money goes back there: "void" or "refund".
  ProviderStatus undone = ProviderStatus::Voided;
  bool can_withdraw = true;
};

const Candidate kCandidates[] = {
    {.name = "wompi",
     .secrets = "public_key = 'pub_test_a'\nprivate_key = 'prv_test_a'\nintegrity_secret = 'test_integrity_a'\n",
     .signing_secret = "events_secret",
     .wrong_secrets = "public_key = 'pub_test_b'\nprivate_key = 'prv_test_b'\n"},
    {.name = "bold",
     .secrets = "identity_key = 'identidad-a'\nmerchant_id = 'CKK1'\n",
     .signing_secret = "secret_key",
     .wrong_secrets = "identity_key = 'identidad-b'\n",
     .can_withdraw = false},
};

constexpr std::string_view kNewSecret = "test_secreto_nuevo_1", kOldSecret = "test_secreto_viejo_1";

// The provider's simulator behind a real port, on a clock that the test moves, and our client of it.
class House {
 public:
  explicit House(const Candidate& candidate)
      : candidate_(candidate),
        sandbox_(*sandbox::PaySandbox::make({.providers = {std::string(candidate.name)},
                                             .secrets = fmt::format("{}{} = '{}'\nold_{} = '{}'\n", candidate.secrets, candidate.signing_secret, kNewSecret,
                                                                    candidate.signing_secret, kOldSecret),
                                             .notice_url = "http://127.0.0.1:1/webhooks/payments"})) {
    http::Router router;
    router.add_any("/{path...}", [this](http::Request&& request, http::Reply reply) {
      const std::lock_guard lock(mutex_);
      if (auto response = sandbox_.handle(request, now)) reply(*std::move(response));
      else unanswered_.push_back(std::move(reply));
    });
    server_ = *http::Server::start(std::move(router), {.stop_grace_ms = 10});
    sandbox_.set_base_url(server_->base_url());
  }
  ~House() { server_->stop(); }

  [[nodiscard]] std::unique_ptr<PaymentProvider> client(std::string_view signing_secrets = kNewSecretText, int64_t patience_ms = 10'000) {
    return client_of(fmt::format("{}{} = {}\n", candidate_.secrets, candidate_.signing_secret, signing_secrets), patience_ms);
  }
  [[nodiscard]] std::unique_ptr<PaymentProvider> client_of(std::string_view secrets, int64_t patience_ms = 10'000) {
    const auto ready = sandbox_.ready();
    return *providers::open(candidate_.name, *providers::ProviderSecrets::read(secrets, candidate_.name, "secrets.toml"),
                            {.environment = providers::ProviderEnvironment::Test, .base_url = text_in(ready.at(candidate_.name), "base_url"),
                             .now = [this] { return now; }, .patience_ms = patience_ms});
  }

  [[nodiscard]] PaymentOrder order(int64_t minor = 0) {
    const std::string reference = fmt::format("PT-{:013}", ++orders_);
    return {.reference = reference, .amount = {minor == 0 ? candidate_.minor : minor, Currency::of(candidate_.currency)}, .title = "Factura FV-1029",
            .description = "Saldo a noviembre", .now = now, .expires_at = now + 3 * kDayMs, .return_url = "https://pagos.example.com/p/x",
            .notice_url = fmt::format("http://127.0.0.1:1/webhooks/payments/{}", candidate_.name), .payer_email = "ana@example.com"};
  }

  // Something happens at the provider; the payment that it happened to.
  json::value at_provider(std::string_view verb, const json::object& what) {
    http::Request request{.method = http::Method::Post, .target = fmt::format("/_pay/{}/{}", candidate_.name, verb), .body = to_json(what)};
    return *parse_json(say(request).body);
  }
  http::Response say(const http::Request& request) {
    const std::lock_guard lock(mutex_);
    return *sandbox_.handle(request, now);
  }
  std::string pay(const PaymentPlace& place, json::object more = {}) {
    more["url"] = place.url;
    const json::value paid = at_provider("pay", more);
    EXPECT_FALSE(text_in(paid, "id").empty()) << to_json(paid);
    return text_in(paid, "id");
  }
  void fault(std::string_view kind, int64_t delay_seconds = 60) {
    const auto loaded = sandbox_.load_faults(fmt::format("[[pay]]\nkind = '{}'\ndelay_seconds = {}\n", kind, delay_seconds), "faults");
    ASSERT_TRUE(loaded) << loaded.error().message;
  }
  // What has been sent to us by now, and taken.
  std::vector<ProviderNotice> notices() {
    const std::lock_guard lock(mutex_);
    std::vector<ProviderNotice> notices;
    for (const auto& delivery : sandbox_.advance(now)) {
      notices.push_back(notice_of(delivery));
      sandbox_.delivered(delivery.id, 200, now);
    }
    return notices;
  }
  // The one notice of what has just happened.
  ProviderNotice notice() {
    auto all = notices();
    EXPECT_EQ(all.size(), 1u);
    return all.empty() ? ProviderNotice{} : all.front();
  }

  sandbox::PaySandbox& sandbox() { return sandbox_; }
  Instant now{1'795'273'400'000};
  static constexpr std::string_view kNewSecretText = "'test_secreto_nuevo_1'";

 private:
  ProviderNotice notice_of(const sandbox::WebhookDelivery& delivery) const {
    http::Request target;
    target.target = delivery.url.substr(std::string_view("http://127.0.0.1:1").size());
    ProviderNotice notice{.received_at = now, .path = std::string(target.path()), .body = delivery.body};
    for (auto& field : target.query_fields()) notice.query.emplace_back(field.name, field.value);
    for (const auto& line : delivery.headers) notice.headers.emplace_back(line.substr(0, line.find(": ")), line.substr(line.find(": ") + 2));
    return notice;
  }

  const Candidate& candidate_;
  std::mutex mutex_;
  sandbox::PaySandbox sandbox_;
  std::vector<http::Reply> unanswered_;
  std::unique_ptr<http::Server> server_;
  int orders_ = 0;
};

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
  ProviderLookup lookup_of(const PaymentPlace& place) const { return {.provider_payment_id = {}, .provider_link_id = place.provider_link_id, .reference = last_order.reference}; }
  std::vector<ProviderPayment> found(const ProviderLookup& lookup) {
    const auto payments = provider->look_up(lookup);
    EXPECT_TRUE(payments) << payments.error().message;
    return payments.value_or(std::vector<ProviderPayment>{});
  }
  ProviderPayment found_by_id(const std::string& id) {
    const auto payments = found({.provider_payment_id = id, .provider_link_id = {}, .reference = {}});
    EXPECT_EQ(payments.size(), 1u);
    return payments.empty() ? ProviderPayment{} : payments.front();
  }

  PaymentOrder last_order;
};
INSTANTIATE_TEST_SUITE_P(All, Provider, testing::ValuesIn(kCandidates), [](const auto& info) { return std::string(info.param.name); });

TEST_P(Provider, TellsOfAPaymentAndHasItWhenAsked) {
  const auto place = asked();
  ASSERT_TRUE(place.url.starts_with("http://127.0.0.1:"));
  const std::string id = house.pay(place);
  const auto heard = provider->hear(house.notice());
  EXPECT_EQ(heard.signature, NoticeSignature::Valid) << heard.why;
  EXPECT_EQ(heard.provider_payment_id, id);
  const auto payment = found_by_id(id);
  EXPECT_EQ(payment.id, id);
  EXPECT_EQ(payment.status, ProviderStatus::Paid);
  EXPECT_EQ(payment.amount, last_order.amount);
  EXPECT_EQ(payment.refunded_minor, 0);
  EXPECT_EQ(payment.paid_at, house.now);
  EXPECT_TRUE(payment.is_ours) << payment.trouble;
  EXPECT_TRUE(payment.reference == last_order.reference || (!payment.provider_link_id.empty() && payment.provider_link_id == place.provider_link_id));
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

TEST_P(Provider, RepetitionsAreTheSameEvent) {
  house.fault("duplicate");
  house.fault("parallel");
  house.pay(asked());
  house.now = house.now + kMinuteMs;
  const auto notices = house.notices();
  ASSERT_EQ(notices.size(), 3u);
  for (const auto& notice : notices) {
    EXPECT_EQ(provider->hear(notice).signature, NoticeSignature::Valid);
    EXPECT_EQ(provider->hear(notice).event_key, provider->hear(notices.front()).event_key);
  }
  house.pay(asked());
  EXPECT_NE(provider->hear(house.notice()).event_key, provider->hear(notices.front()).event_key);
}

TEST_P(Provider, SendsAgainWhatWasNotTaken) {
  house.pay(asked());
  auto& sandbox = house.sandbox();
  const auto first = sandbox.advance(house.now);
  ASSERT_EQ(first.size(), 1u);
  sandbox.delivered(first[0].id, 500, house.now);
  EXPECT_TRUE(sandbox.advance(house.now).empty());
  ASSERT_TRUE(sandbox.next_due());
  house.now = *sandbox.next_due();
  const auto again = house.notice();
  EXPECT_EQ(again.body, first[0].body);
  EXPECT_EQ(provider->hear(again).signature, NoticeSignature::Valid);  // However late: what it is, decides.
}

TEST_P(Provider, RefusesForgedAndAlteredNotices) {
  for (const std::string_view kind : {"wrong_signature", "altered_body", "old_secret"}) {
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
  ASSERT_EQ(notices.size(), 2u);
  for (const auto& notice : notices) EXPECT_EQ(rotating->hear(notice).signature, NoticeSignature::Valid);
}

TEST_P(Provider, UnusualNoticesDoNoHarm) {
  for (const std::string_view kind : {"extra_fields", "null_reference", "upper_case"}) {
    house.fault(kind);
    const std::string id = house.pay(asked());
    const auto heard = provider->hear(house.notice());
    EXPECT_EQ(heard.signature, NoticeSignature::Valid) << kind;
    EXPECT_EQ(heard.provider_payment_id, id) << kind;
  }
  house.fault("unknown_type");
  house.pay(asked());
  const auto unknown = provider->hear(house.notice());
  EXPECT_EQ(unknown.signature, NoticeSignature::Valid);
  EXPECT_EQ(unknown.status, std::nullopt);
  EXPECT_FALSE(unknown.event_key.empty());
  for (const std::string_view body : {"", "null", "[]", "{\"data\":[1,2]}", "\xFF\xFE"}) {
    const auto heard = provider->hear({.received_at = house.now, .path = "/", .body = std::string(body)});
    EXPECT_NE(heard.signature, NoticeSignature::Valid) << body;
    EXPECT_FALSE(heard.event_key.empty());
  }
}

TEST_P(Provider, ARefusalDoesNotEndTheRequest) {
  const auto place = asked();
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
  for (const auto& payment : found(lookup_of(place))) EXPECT_EQ(payment.status, ProviderStatus::Pending);
  house.now = house.now + 5 * kDayMs;
  house.notices();
  house.at_provider("settle", {{"payment", id}, {"outcome", "approved"}});
  EXPECT_EQ(provider->hear(house.notice()).status.value_or(ProviderStatus::Paid), ProviderStatus::Paid);
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
  house.at_provider(GetParam().undo, {{"payment", id}});
  const auto undone = provider->hear(house.notice());
  EXPECT_EQ(undone.signature, NoticeSignature::Valid) << undone.why;
  EXPECT_NE(undone.event_key, paid.event_key);
  for (const auto& payment : {found_by_id(id), found(lookup_of(place)).at(0)}) {
    EXPECT_EQ(payment.status, GetParam().undone);
    EXPECT_EQ(payment.amount, last_order.amount);
    EXPECT_EQ(payment.refunded_minor, last_order.amount.minor);
  }
}

TEST_P(Provider, MoneyThatComesTooLateOrTwiceIsMoney) {
  const auto place = asked();
  house.pay(place);
  house.now = house.now + 4 * kDayMs;
  EXPECT_EQ(text_in(house.at_provider("pay", {{"url", place.url}}), "id"), "") << "the simulator takes money after the expiry";
  house.pay(place, {{"anyway", true}});
  const auto payments = found(lookup_of(place));
  ASSERT_EQ(payments.size(), 2u);
  for (const auto& payment : payments) EXPECT_EQ(payment.status, ProviderStatus::Paid);
  EXPECT_NE(payments[0].id, payments[1].id);
}

TEST_P(Provider, SaysWhatWasPaidNotWhatWasAsked) {
  house.fault("amount_less");
  const auto less = found_by_id(house.pay(asked()));
  EXPECT_EQ(less.amount.minor, last_order.amount.minor - last_order.amount.currency.minor_per_major());
  house.fault("other_currency");
  const auto other = found_by_id(house.pay(asked()));
  EXPECT_NE(other.amount.currency, last_order.amount.currency);
  house.fault("other_merchant");
  const auto foreign = found_by_id(house.pay(asked()));
  EXPECT_FALSE(foreign.is_ours);
  EXPECT_EQ(foreign.trouble, "foreign_account");
}

TEST_P(Provider, AsksForWhatItMay) {
  const auto& traits = provider->traits();
  if (traits.minor_min > 0) {
    asked(traits.minor_min);
    EXPECT_EQ(provider->ask(house.order(traits.minor_min - 100)).error().code, ErrorCode::Invalid);
  }
  if (traits.minor_max > 0) {
    asked(traits.minor_max);
    EXPECT_EQ(provider->ask(house.order(traits.minor_max + 100)).error().code, ErrorCode::Invalid);
  }
  auto order = house.order();
  if (order.amount.currency.minor_digits() == 2) {
    order.amount.minor += 50;
    const auto place = provider->ask(order);
    EXPECT_EQ(place.has_value(), !traits.takes_whole_units_only);
    if (place) EXPECT_EQ(found_by_id(house.pay(*place)).amount, order.amount);
    else EXPECT_EQ(place.error().code, ErrorCode::Invalid);
  }
  auto foreign = house.order();
  foreign.amount.currency = Currency::of("GTQ");  // None of them takes it.
  EXPECT_EQ(provider->ask(foreign).error().code, ErrorCode::Invalid);
}

TEST_P(Provider, KeysThatAreNotOursAreForbidden) {
  const auto place = asked();
  for (const auto& stranger : {house.client_of(GetParam().wrong_secrets), house.client_of("")}) {
    EXPECT_EQ(stranger->ask(house.order()).error().code, ErrorCode::Forbidden);
    EXPECT_EQ(stranger->look_up(lookup_of(place)).error().code, ErrorCode::Forbidden);
  }
}

TEST_P(Provider, ANoticeMayComeBeforeTheProviderKnowsThePayment) {
  house.fault("unreadable", 120);
  const std::string id = house.pay(asked());
  const auto heard = provider->hear(house.notice());
  const ProviderLookup lookup{.provider_payment_id = heard.provider_payment_id, .provider_link_id = {}, .reference = {}};
  EXPECT_EQ(provider->look_up(lookup).error().code, ErrorCode::NotFound);
  house.now = house.now + 120 * kSecondMs;
  EXPECT_EQ(found_by_id(id).status, ProviderStatus::Paid);
}

TEST_P(Provider, TroubleOfTheNetworkIsForLater) {
  const auto place = asked();
  const std::string id = house.pay(place);
  const auto hasty = house.client(House::kNewSecretText, 300);
  for (const std::string_view kind : {"server_error", "busy", "no_json", "hang"}) {
    house.fault(kind);
    EXPECT_EQ(hasty->look_up({.provider_payment_id = id, .provider_link_id = {}, .reference = {}}).error().code, ErrorCode::Unavailable) << kind;
    house.fault(kind);
    EXPECT_EQ(hasty->ask(house.order()).error().code, ErrorCode::Unavailable) << kind;
  }
  house.fault("slow");
  EXPECT_EQ(found_by_id(id).status, ProviderStatus::Paid);
}

TEST_P(Provider, WithdrawsWhatItMade) {
  const auto place = asked();
  EXPECT_TRUE(provider->withdraw(place.provider_link_id));
  EXPECT_TRUE(provider->withdraw(place.provider_link_id));
  const bool can_be_paid = !text_in(house.at_provider("pay", {{"url", place.url}}), "id").empty();
  EXPECT_EQ(can_be_paid, !GetParam().can_withdraw);
}

TEST_P(Provider, ItsPageLetsAPersonChoose) {
  const auto place = asked();
  const std::string target = place.url.substr(place.url.find('/', 8));
  const auto page = house.say({.target = target});
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(page.body.contains("Pagar") && page.body.contains("Rechazar") && page.body.contains("Dejar pendiente"));
  EXPECT_TRUE(house.notices().empty());  // Looking changes nothing.
  const auto done = house.say({.method = http::Method::Post, .target = target, .body = "outcome=approved&method=PSE"});
  EXPECT_EQ(done.status, 303);
  EXPECT_EQ(provider->hear(house.notice()).signature, NoticeSignature::Valid);
  EXPECT_EQ(found(lookup_of(place)).at(0).status, ProviderStatus::Paid);
}

// Wompi without its private key: an address that the integrity secret seals, whose payments keep our reference.
TEST(WompiCheckout, IsSealedAndKeepsTheReference) {
  House house(kCandidates[0]);
  const auto provider = house.client_of("public_key = 'pub_test_a'\nintegrity_secret = 'test_integrity_a'\nevents_secret = 'test_secreto_nuevo_1'");
  const auto order = house.order();
  const auto place = provider->ask(order);
  ASSERT_TRUE(place) << place.error().message;
  EXPECT_TRUE(place->provider_link_id.empty());
  const std::string id = house.pay(*place);
  EXPECT_EQ(provider->hear(house.notice()).reference, order.reference);
  const auto payments = provider->look_up({.provider_payment_id = id, .provider_link_id = {}, .reference = {}});
  ASSERT_TRUE(payments) << payments.error().message;
  EXPECT_EQ(payments->at(0).reference, order.reference);
  EXPECT_EQ(payments->at(0).amount, order.amount);
  const auto with_key = house.client();
  EXPECT_EQ(with_key->look_up({.provider_payment_id = {}, .provider_link_id = {}, .reference = order.reference})->at(0).id, id);

  PaymentPlace cheaper = *place;
  cheaper.url.replace(cheaper.url.find("12500000"), 8, "00500000");
  EXPECT_EQ(text_in(house.at_provider("pay", {{"url", cheaper.url}}), "id"), "");
}

}  // namespace
}  // namespace puntual
