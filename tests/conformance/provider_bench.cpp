#include "tests/conformance/provider_bench.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "http/message.h"

namespace puntual::conformance {
namespace {

http::Request request_of(http::Method method, std::string target, std::string body = {}) {
  http::Request request;
  request.method = method;
  request.target = std::move(target);
  request.body = std::move(body);
  return request;
}

ProviderNotice notice_of(const sandbox::WebhookDelivery& delivery, Instant at) {
  const http::Request request = request_of(http::Method::Post, delivery.url.substr(delivery.url.find('/', delivery.url.find("://") + 3)));
  ProviderNotice notice{.received_at = at, .path = std::string(request.path()), .body = delivery.body};
  for (auto& [name, value] : request.query_fields()) notice.query.emplace_back(name, value);
  for (const auto& line : delivery.headers) notice.headers.emplace_back(line.substr(0, line.find(':')), line.substr(line.find(": ") + 2));
  return notice;
}

}  // namespace

ProviderBench::ProviderBench(std::string name, std::string secrets, std::string notice_url) : name_(std::move(name)), secrets_(std::move(secrets)) {
  auto sandbox = sandbox::PaySandbox::make({.providers = {name_}, .secrets = secrets_, .notice_url = std::move(notice_url)});
  sandbox_ = std::make_unique<sandbox::PaySandbox>(std::move(sandbox).value());
  http::Router router;
  router.add_any("/{rest...}", [this](http::Request&& request, const http::Reply& reply) { reply(answer(request)); });
  server_ = http::Server::start(std::move(router), {}).value();
  sandbox_->set_base_url(server_->base_url());
  base_url_ = text_in(json::value(sandbox_->ready()[name_]), "base_url");
  provider_ = client(secrets_);
}

ProviderBench::~ProviderBench() { server_->stop(); }

http::Response ProviderBench::answer(const http::Request& request) {
  const std::lock_guard lock(mutex_);
  auto answered = sandbox_->handle(request, now_);
  if (answered) return std::move(*answered);
  return {.status = 200, .ending = http::Ending::Reset};
}

std::unique_ptr<PaymentProvider> ProviderBench::client(std::string_view secrets, std::optional<providers::ProviderEnvironment> environment) const {
  const auto read = providers::ProviderSecrets::read(secrets, name_, "secrets.toml").value();
  const providers::ProviderSettings settings{.environment = environment.value_or(providers::environment_of(read)), .base_url = base_url_,
                                             .now = [this] { return now(); }};
  return providers::open(name_, read, settings).value();
}

PaymentOrder ProviderBench::order(Money amount) const {
  return {.reference = fmt::format("PT-{:013}", ++orders_), .amount = amount, .title = "Factura FV-1029", .description = "Saldo de la factura FV-1029",
          .now = now(), .expires_at = now() + 2 * kDayMs, .return_url = "https://pagos.example.com/p/listo"};
}

http::Response ProviderBench::call(http::Method method, std::string_view path, const std::vector<http::Field>& headers, std::string body) {
  http::Request request = request_of(method, fmt::format("{}{}", base_url_.substr(base_url_.find('/', 8)), path), std::move(body));
  for (const auto& [name, value] : headers) request.headers.add(name, value);
  return answer(request);
}

Instant ProviderBench::now() const {
  const std::lock_guard lock(mutex_);
  return now_;
}

void ProviderBench::pass(int64_t ms) {
  const std::lock_guard lock(mutex_);
  now_ = now_ + ms;
}

json::value ProviderBench::act(std::string_view verb, const json::object& given) {
  const auto done = answer(request_of(http::Method::Post, fmt::format("/_pay/{}/{}", name_, verb), to_json(given)));
  return done.status == 200 ? parse_json(done.body).value() : json::value(nullptr);
}

void ProviderBench::fault(std::string_view kind, int times, int64_t delay_seconds) {
  const json::object fault{{"kind", kind}, {"next", times}, {"delay_seconds", delay_seconds}};
  const auto done = answer(request_of(http::Method::Post, "/_pay/faults", to_json(json::object{{"pay", json::array{fault}}})));
  EXPECT_EQ(done.status, 200) << done.body;
}

std::vector<ProviderNotice> ProviderBench::notices(int status) {
  const std::lock_guard lock(mutex_);
  std::vector<ProviderNotice> notices;
  for (const auto& delivery : sandbox_->advance(now_)) {
    notices.push_back(notice_of(delivery, now_));
    sandbox_->delivered(delivery.id, status, now_);
  }
  return notices;
}

std::vector<HeardNotice> ProviderBench::heard(int status) {
  std::vector<HeardNotice> heard;
  for (const auto& notice : notices(status)) heard.push_back(provider_->hear(notice));
  return heard;
}

}  // namespace puntual::conformance
