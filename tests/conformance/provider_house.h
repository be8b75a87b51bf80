// A provider's client at its simulator, over HTTP on this machine, on a clock that the test moves.
// Notices do not travel: they are handed over as a receiver would get them.
#pragma once

#include <gtest/gtest.h>

#include <mutex>

#include "base/json.h"
#include "http/server.h"
#include "providers/http_call.h"
#include "providers/registry.h"
#include "sandbox/pay/pay_sandbox.h"

namespace puntual::conformance {

// A provider as the suite tries it, and what holds for it alone.
struct Candidate {
  std::string_view name;
  std::string_view secrets;         // Of both sides; the signing secret is added.
  std::string_view signing_secret;  // Its name.
  std::string_view wrong_secrets;   // Keys that the provider does not know.
  std::string_view currency = "COP";
  int64_t minor = 12'500'000;
  std::string_view undo =
      "void";  // How money goes back there: "void" or "refund"; empty: it cannot.
  ProviderStatus undone = ProviderStatus::Voided;
  bool can_withdraw = true;
  bool sees_foreign = true;     // Payments of other accounts: false, they are not found.
  bool makes_forms = false;     // Its place is a form for the payer's browser; nobody is asked, and
                                // payments go by our reference.
  bool tells_undoing = true;    // By a notice.
  bool is_one_payment = false;  // A place is paid once or never, and has the payment's id: it is
                                // found, as pending, before it is paid.
  bool knows_refusals = true;   // A try that failed is a payment of its own.
  bool tells_paid_at = true;
  bool finds_by_reference = true;  // Payments by our reference alone; false: NotFound, or none.
  bool leads_back = true;          // Its page sends the payer to the return address.
  bool limits_method = true;       // Its page offers the method that was asked for, and no other.
  bool signs_body = true;          // False: whoever knows the password may say anything.
  GivesBack gives_back = GivesBack::Nothing;  // When it is asked for by its API.
};

// Fails the test with the error's words, where an error is none of its matter.
template <typename T>
T value_of(Result<T> result) {
  if (!result) ADD_FAILURE() << result.error().message;
  return std::move(result).value();
}

inline constexpr std::string_view kNewSecret = "test_secreto_nuevo_1",
                                  kOldSecret = "test_secreto_viejo_1";

// The provider's simulator behind a real port, on a clock that the test moves, and our client of
// it.
class House {
 public:
  explicit House(const Candidate& candidate)
      : candidate_(candidate),
        sandbox_(value_of(sandbox::PaySandbox::make(
            {.providers = {std::string(candidate.name)},
             .secrets = fmt::format("{}{} = '{}'\nold_{} = '{}'\n", candidate.secrets,
                                    candidate.signing_secret, kNewSecret, candidate.signing_secret,
                                    kOldSecret),
             .notice_url = "http://127.0.0.1:1/webhooks/payments"}))) {
    http::Router router;
    router.add_any("/{path...}", [this](http::Request&& request, http::Reply reply) {
      const std::lock_guard lock(mutex_);
      if (auto response = sandbox_.handle(request, now))
        reply(*std::move(response));
      else
        unanswered_.push_back(std::move(reply));
    });
    server_ = value_of(http::Server::start(std::move(router), {.stop_grace_ms = 10}));
    sandbox_.set_base_url(server_->base_url());
  }
  ~House() { server_->stop(); }

  [[nodiscard]] std::unique_ptr<PaymentProvider> client(
      std::string_view signing_secrets = kNewSecretText, int64_t patience_ms = 10'000) {
    return client_of(
        fmt::format("{}{} = {}\n", candidate_.secrets, candidate_.signing_secret, signing_secrets),
        patience_ms);
  }
  [[nodiscard]] std::unique_ptr<PaymentProvider> client_of(
      std::string_view secrets, int64_t patience_ms = 10'000,
      providers::ProviderEnvironment environment = providers::ProviderEnvironment::Test) {
    const auto ready = sandbox_.ready();
    return value_of(providers::open(
        candidate_.name,
        value_of(providers::ProviderSecrets::read(secrets, candidate_.name, "secrets.toml")),
        {.environment = environment,
         .base_url = text_in(ready.at(candidate_.name), "base_url"),
         .now = [this] { return now; },
         .patience_ms = patience_ms}));
  }

  [[nodiscard]] PaymentOrder order(int64_t minor = 0) {
    return order({minor == 0 ? candidate_.minor : minor, Currency::of(candidate_.currency)});
  }
  [[nodiscard]] PaymentOrder order(Money amount) {
    const std::string reference = fmt::format("PT-{:013}", ++orders_);
    return {.reference = reference,
            .amount = amount,
            .title = "Factura FV-1029",
            .now = now,
            .expires_at = now + 3 * kDayMs,
            .return_url = "https://pagos.example.com/p/x",
            .notice_url = fmt::format("http://127.0.0.1:1/webhooks/payments/{}", candidate_.name),
            .payer_email = "ana@example.com"};
  }

  // Something happens at the provider; the payment that it happened to.
  json::value at_provider(std::string_view verb, const json::object& what) {
    http::Request request{.method = http::Method::Post,
                          .target = fmt::format("/_pay/{}/{}", candidate_.name, verb),
                          .body = to_json(what)};
    return value_of(parse_json(say(request).body));
  }
  http::Response say(const http::Request& request) {
    const std::lock_guard lock(mutex_);
    return *sandbox_.handle(request, now);
  }
  // A call of its API as anybody may make it; the path is below the provider's address.
  http::Response call(http::Method method, std::string_view path,
                      const std::vector<http::Field>& headers, std::string body = {}) {
    http::Request request{.method = method,
                          .target = fmt::format("/pay/{}{}", candidate_.name, path),
                          .body = std::move(body)};
    for (const auto& [name, value] : headers) request.headers.add(name, value);
    return say(request);
  }
  // What the provider says to a browser that posts the place's form.
  http::Response post_form(const PaymentPlace& place) {
    std::string body;
    for (const auto& [name, value] : place.form)
      body += fmt::format("{}{}={}", body.empty() ? "" : "&", providers::url_part(name),
                          providers::url_part(value));
    return say({.method = http::Method::Post,
                .target = place.url.substr(place.url.find('/', 8)),
                .body = std::move(body)});
  }
  // Where the payer is then; a place without a form is simply opened.
  std::string opened(const PaymentPlace& place) {
    if (place.form.empty()) return place.url;
    const auto answer = post_form(place);
    EXPECT_EQ(answer.status, 303) << answer.body;
    return answer.headers.empty() ? std::string() : answer.headers.front().value;
  }
  std::string pay(const PaymentPlace& place, json::object more = {}) {
    more["url"] = opened(place);
    const json::value paid = at_provider("pay", more);
    EXPECT_FALSE(text_in(paid, "id").empty()) << to_json(paid);
    return text_in(paid, "id");
  }
  void fault(std::string_view kind, int64_t delay_seconds = 60) {
    const std::lock_guard lock(mutex_);
    const auto loaded = sandbox_.load_faults(
        fmt::format("[[pay]]\nkind = '{}'\ndelay_seconds = {}\n", kind, delay_seconds), "faults");
    ASSERT_TRUE(loaded) << loaded.error().message;
  }
  // What has been sent to us by now, and answered so.
  std::vector<ProviderNotice> notices(int status = 200) {
    const std::lock_guard lock(mutex_);
    std::vector<ProviderNotice> notices;
    for (const auto& delivery : sandbox_.advance(now)) {
      notices.push_back(notice_of(delivery));
      sandbox_.delivered(delivery.id, status, now);
    }
    return notices;
  }
  // A notice of what has just happened; some providers tell by several.
  ProviderNotice notice() {
    auto all = notices();
    EXPECT_FALSE(all.empty());
    return all.empty() ? ProviderNotice{} : all.front();
  }

  sandbox::PaySandbox& sandbox() { return sandbox_; }
  Instant now{1'795'273'400'000};
  static inline constexpr std::string_view kNewSecretText = "'test_secreto_nuevo_1'";

 private:
  ProviderNotice notice_of(const sandbox::WebhookDelivery& delivery) const {
    http::Request target;
    target.target = delivery.url.substr(std::string_view("http://127.0.0.1:1").size());
    ProviderNotice notice{
        .received_at = now, .path = std::string(target.path()), .body = delivery.body};
    for (auto& field : target.query_fields()) notice.query.emplace_back(field.name, field.value);
    for (const auto& line : delivery.headers)
      notice.headers.emplace_back(line.substr(0, line.find(": ")),
                                  line.substr(line.find(": ") + 2));
    return notice;
  }

  const Candidate& candidate_;
  std::mutex mutex_;
  sandbox::PaySandbox sandbox_;
  std::vector<http::Reply> unanswered_;
  std::unique_ptr<http::Server> server_;
  int orders_ = 0;
};

// For what one provider alone does: a house, its client, and the last order.
class OneProvider : public testing::Test {
 protected:
  explicit OneProvider(const Candidate& candidate) : house(candidate), provider(house.client()) {}

  PaymentPlace ask(Money amount) {
    order = house.order(amount);
    return value_of(provider->ask(order));
  }
  // Empty: it could not be paid.
  std::string pay(const PaymentPlace& place, json::object how = {}) {
    how["url"] = place.url;
    return text_in(house.at_provider("pay", how), "id");
  }
  std::vector<HeardNotice> heard(int status = 200) {
    std::vector<HeardNotice> heard;
    for (const auto& notice : house.notices(status)) heard.push_back(provider->hear(notice));
    return heard;
  }
  std::vector<ProviderPayment> look_up(const ProviderLookup& lookup) {
    return value_of(provider->look_up(lookup));
  }
  ProviderPayment payment(const std::string& id) {
    return look_up({.provider_payment_id = id}).at(0);
  }

  House house;
  std::unique_ptr<PaymentProvider> provider;
  PaymentOrder order;
};

}  // namespace puntual::conformance
