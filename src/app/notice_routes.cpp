// The doors for the webhooks of payment providers. A notice is verified, kept and answered; what it
// means is found out later.
#include "app/log.h"
#include "app/provider_door.h"
#include "app/service.h"
#include "base/crypto.h"
#include "engine/provider_news.h"
#include "http/problem.h"

namespace puntual {
namespace {

constexpr uint64_t kNoticeBodyMax = 1 << 20;
constexpr int64_t kUnbelievedToldEveryMs = kMinuteMs;

}  // namespace

ProviderNotice notice_of_request(http::Request&& request, Instant now) {
  ProviderNotice notice{.received_at = now,
                        .method = std::string(text_of(request.method)),
                        .path = std::string(request.path()),
                        .query = {},
                        .headers = {},
                        .body = std::move(request.body)};
  for (auto& [name, value] : request.query_fields())
    notice.query.emplace_back(std::move(name), std::move(value));
  for (size_t i = 0; i < request.headers.size(); ++i)
    notice.headers.emplace_back(request.headers.name(i), request.headers.value(i));
  return notice;
}

void Service::add_notice_routes(http::Router& router) {
  const http::DeferredHandler take = [this](http::Request&& request, http::Reply reply) {
    const std::string name(request.param("provider"));
    const auto desk = this->desk();
    const auto provider = desk->providers.find(name);
    if (provider == desk->providers.end())
      return reply(
          http::problem(404, "Not Found", "no such payment provider in [payments] providers"));
    const ProviderNotice notice = notice_of_request(std::move(request), clock_.now());
    const HeardNotice heard = provider->second->hear(notice);
    count_notice(name, heard);
    if (heard.signature == NoticeSignature::Invalid)
      return reply(http::problem(401, "Unauthorized", "the signature does not match the notice"));
    if (heard.signature == NoticeSignature::Unsigned) {
      const auto has_room = store_->read(
          [&](Tx& tx) { return engine::has_room(tx, config_.creditor.id, name, heard); });
      if (!has_room.value_or(false)) {
        http::Response later = http::problem(
            503, "Service Unavailable",
            "too many notices that nobody signed are waiting to be looked up: send it again later");
        later.headers.push_back({"Retry-After", "600"});
        return reply(std::move(later));
      }
    }
    // By the provider's own identity of the event; a repetition may differ in its headers.
    std::string key = hex(sha256(heard.event_key.empty() ? notice.body : heard.event_key));
    intake_->accept(std::string(kProviderSource) + name, std::move(key), envelope_of(notice),
                    std::move(reply));
  };
  for (const auto method : {http::Method::Post, http::Method::Get}) {
    for (const auto* path :
         {"/webhooks/payments/{provider}", "/webhooks/payments/{provider}/{rest...}"}) {
      router.add_deferred(method, path, take, {.body_max = kNoticeBodyMax});
    }
  }
}

void Service::when_noticed(std::function<void()> noticed) {
  const std::lock_guard lock(mutex_);
  noticed_ = std::move(noticed);
}

void Service::tell_noticed() {
  const auto noticed = [this] {
    const std::lock_guard lock(mutex_);
    return noticed_;
  }();
  if (noticed) noticed();
}

void Service::count_notice(const std::string& provider, const HeardNotice& notice) {
  const Instant now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    ++notices_[{provider, text_of(notice.signature)}];
    if (notice.signature != NoticeSignature::Invalid ||
        now - unbelieved_told_at_ < kUnbelievedToldEveryMs)
      return;
    unbelieved_told_at_ = now;
  }
  log_event("warning", "payment_notice",
            fmt::format("{}: not believed, answered 401: {}", provider, notice.why));
}

}  // namespace puntual
