#include "sandbox/sandbox_server.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <mutex>

#include "base/json.h"
#include "http/server.h"
#include "sandbox/courier.h"

namespace puntual::sandbox {
namespace {

constexpr uint64_t kBodyMax = 110ULL << 20;  // A document of 100 MB and its multipart frame.

Instant machine_time() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

http::Ending ending_of(Wire wire) {
  switch (wire) {
    case Wire::CutBody:
      return http::Ending::CutBody;
    case Wire::CutHead:
      return http::Ending::CutHead;
    case Wire::Reset:
      return http::Ending::Reset;
    case Wire::TooLong:
      return http::Ending::TooLong;
    case Wire::Drip:
      return http::Ending::Drip;
    default:
      return http::Ending::Whole;
  }
}

http::Response response_of(ApiResponse answer) {
  http::Response response{.status = answer.status,
                          .content_type = std::move(answer.content_type),
                          .body = std::move(answer.body)};
  response.headers.push_back({"facebook-api-version", "v26.0"});
  if (!answer.location.empty()) response.headers.push_back({"Location", answer.location});
  response.ending = ending_of(answer.wire);
  return response;
}

}  // namespace

class SandboxServer::Impl {
 public:
  explicit Impl(SandboxOptions settings)
      : options(std::move(settings)), platform(options.platform) {
    if (options.start_at) offset_ms = *options.start_at - machine_time();
  }

  Instant now() const { return machine_time() + offset_ms.load(); }
  void answer(http::Request&& request, http::Reply reply);
  ApiResponse move_clock(std::string_view body);
  void start_courier();
  void start_pay_courier();
  void forget_webhooks();  // With the mutex held.
  void answer_pay(const http::Request& request, http::Reply reply);
  template <class Model>
  std::vector<WebhookDelivery> collect(Model& model, int64_t& wait_ms);

  SandboxOptions options;
  std::mutex mutex;  // Guards platform, pay and hung.
  Platform platform;
  std::optional<PaySandbox> pay;
  std::vector<http::Reply> hung;  // Requests that are never answered, on request.
  std::atomic<int64_t> offset_ms = 0;
  std::unique_ptr<http::Server> server;
  std::unique_ptr<Courier> courier, pay_courier;
};

void SandboxServer::Impl::answer(http::Request&& request, http::Reply reply) {
  if (request.path().starts_with("/pay/") || request.path().starts_with("/_pay/"))
    return answer_pay(request, std::move(reply));
  ApiResponse response;
  if (request.path() == "/_sandbox/clock" && request.method == http::Method::Post) {
    response = move_clock(request.body);
  } else {
    const ApiRequest api{.method = http::text_of(request.method),
                         .target = request.target,
                         .authorization = request.headers.get("Authorization"),
                         .content_type = request.headers.get("Content-Type"),
                         .body = request.body};
    const std::lock_guard lock(mutex);
    response = platform.handle(api, now());
    if (!courier) forget_webhooks();
    if (response.wire == Wire::Hang) return hung.push_back(std::move(reply));
  }
  reply(response_of(std::move(response)));
  if (courier) courier->wake();
  if (pay_courier) pay_courier->wake();  // The clock may have leapt.
}

void SandboxServer::Impl::answer_pay(const http::Request& request, http::Reply reply) {
  std::unique_lock lock(mutex);
  auto response = pay ? pay->handle(request, now())
                      : http::text_response(404, "no payment provider is simulated here (--pay)");
  if (!response) return hung.push_back(std::move(reply));
  lock.unlock();
  reply(std::move(*response));
  if (pay_courier) pay_courier->wake();
}

// Nobody receives: what would have been delivered counts as delivered.
void SandboxServer::Impl::forget_webhooks() {
  const Instant at = now();
  for (const auto& delivery : platform.advance(at)) platform.delivered(delivery.id, 200, at);
}

// {"advance_seconds":N} or {"advance_ms":N}: the time leaps; what became due happens at its own
// instant.
ApiResponse SandboxServer::Impl::move_clock(std::string_view body) {
  const auto given = parse_json(body);
  const auto seconds = given ? member_int(*given, "advance_seconds") : std::nullopt;
  const auto ms = given ? member_int(*given, "advance_ms") : std::nullopt;
  const int64_t leap = seconds.value_or(0) * kSecondMs + ms.value_or(0);
  if (leap < 0 || (!seconds && !ms))
    return {.status = 400, .body = R"({"error":"advance_seconds or advance_ms, not negative"})"};
  offset_ms += leap;
  return {.body = fmt::format(R"({{"now":"{}"}})", format_utc(now()))};
}

template <class Model>
std::vector<WebhookDelivery> SandboxServer::Impl::collect(Model& model, int64_t& wait_ms) {
  const std::lock_guard lock(mutex);
  const Instant at = now();
  auto deliveries = model.advance(at);
  if (const auto due = model.next_due())
    wait_ms = std::min(wait_ms, std::max<int64_t>(0, *due - at));
  return deliveries;
}

void SandboxServer::Impl::start_courier() {
  courier = std::make_unique<Courier>(
      CourierOptions{options.webhook_url, options.verify_token, options.webhook_connections},
      [this](int64_t& wait_ms) { return collect(platform, wait_ms); },
      [this](int64_t id, int status) {
        const std::lock_guard lock(mutex);
        platform.delivered(id, status, now());
      });
}

void SandboxServer::Impl::start_pay_courier() {
  pay_courier = std::make_unique<Courier>(
      CourierOptions{.url = {}, .verify_token = {}, .connections = options.webhook_connections},
      [this](int64_t& wait_ms) { return collect(*pay, wait_ms); },
      [this](int64_t id, int status) {
        const std::lock_guard lock(mutex);
        pay->delivered(id, status, now());
      });
}

Result<std::unique_ptr<SandboxServer>> SandboxServer::start(SandboxOptions options) {
  static const CURLcode curl_ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (curl_ready != CURLE_OK) return fail(ErrorCode::Internal, "libcurl cannot start");
  auto impl = std::make_unique<Impl>(std::move(options));
  Impl* const here = impl.get();
  if (!here->options.faults.empty())
    RETURN_IF_ERROR(here->platform.load_faults(here->options.faults, "--faults"));
  if (!here->options.pay.providers.empty()) {
    ASSIGN_OR_RETURN(here->pay, PaySandbox::make(here->options.pay));
    RETURN_IF_ERROR(here->pay->load_faults(here->options.faults, "--faults"));
    here->start_pay_courier();
  }
  if (!here->options.webhook_url.empty())
    here->start_courier();  // Before requests can look for it.
  http::Router router;
  router.add_any("/{path...}",
                 [here](http::Request&& request, http::Reply reply) {
                   here->answer(std::move(request), std::move(reply));
                 },
                 {.body_max = kBodyMax});
  ASSIGN_OR_RETURN(here->server,
                   http::Server::start(std::move(router), {.address = here->options.address,
                                                           .port = here->options.port,
                                                           .stop_grace_ms = 200}));
  {
    const std::lock_guard lock(here->mutex);
    here->platform.set_base_url(here->server->base_url());
    if (here->pay) here->pay->set_base_url(here->server->base_url());
  }
  return std::unique_ptr<SandboxServer>(new SandboxServer(std::move(impl)));
}

SandboxServer::SandboxServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SandboxServer::~SandboxServer() { stop(); }

std::string SandboxServer::base_url() const { return impl_->server->base_url(); }
Instant SandboxServer::now() const { return impl_->now(); }

std::string SandboxServer::ready_line() const {
  const PlatformOptions& platform = impl_->options.platform;
  json::object ready{{"base_url", base_url()},
                     {"graph_version", "v26.0"},
                     {"phone_number_id", platform.phone_number_id},
                     {"waba_id", platform.waba_id},
                     {"access_token", platform.access_token},
                     {"app_id", platform.app_id}};
  const std::lock_guard lock(impl_->mutex);
  if (impl_->pay) ready["pay"] = impl_->pay->ready();
  return to_json(ready);
}

void SandboxServer::stop() {
  impl_->server->stop();
  impl_->courier.reset();
  impl_->pay_courier.reset();
}

}  // namespace puntual::sandbox
