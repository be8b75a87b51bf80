// The door of the payer's page: open to everybody who has a link.
#include "app/pay_page.h"
#include "app/service.h"

namespace puntual {
namespace {

constexpr uint64_t kFormMax = 16 << 10;

}  // namespace

void Service::add_pay_routes(http::Router& router) {
  if (config_.payments.public_url.empty()) return;
  pay_page_ = std::make_unique<PayPage>(
      *store_, [this] { return desk(); }, config_, clock_);
  pay_worker_ = std::make_unique<Worker>();
  const auto add_answered = [&](http::Method method, std::string_view path,
                                http::DeferredHandler answered) {
    router.add_deferred(
        method, path,
        [this, answered = std::move(answered)](http::Request&& request, http::Reply reply) {
          if (auto refusal = pay_page_->refuse(request)) return reply(*std::move(refusal));
          answered(std::move(request), std::move(reply));
        },
        {.body_max = kFormMax});
  };
  const auto add = [&](http::Method method, std::string_view path, Answer answer) {
    add_answered(method, path, on_worker(pay_worker_, std::move(answer)));
  };
  using http::Method, http::Request;
  router.add(Method::Get, "/p/pay.css", [](const Request&) { return PayPage::show_style(); });
  // Browsers ask for it whatever a page says.
  router.add(Method::Get, "/favicon.ico",
             [](const Request&) { return http::Response{.status = 204}; });
  add(Method::Get, "/baja/{token}",
      [this](const Request& request) { return pay_page_->show_stop(request); });
  add(Method::Post, "/baja/{token}", [this](const Request& request) {
    http::Response answer = pay_page_->stop(request);
    wake();
    return answer;
  });
  if (!config_.has_pay_page()) return;
  add(Method::Get, "/p/{token}",
      [this](const Request& request) { return pay_page_->show(request); });
  add(Method::Get, "/r/{code}",
      [this](const Request& request) { return pay_page_->show_result(request); });
  add(Method::Post, "/r/{code}/check", [this](const Request& request) {
    http::Response answer = pay_page_->check_result(request);
    tell_noticed();
    return answer;
  });
  add(Method::Get, "/p/{token}/qr.svg",
      [this](const Request& request) { return pay_page_->show_qr(request); });
  add_answered(Method::Post, "/p/{token}/pay", ask_provider());
  add(Method::Post, "/p/{token}/{verb}", [this](const Request& request) {
    http::Response answer = pay_page_->tell(request);
    tell_noticed();
    wake();
    return answer;
  });
}

// A provider takes seconds to answer, or does not: nobody waits for it who pays by another, nor for
// long.
http::DeferredHandler Service::ask_provider() {
  std::map<std::string, http::DeferredHandler, std::less<>> by_provider;
  const Answer ask = [this](const http::Request& request) {
    return pay_page_->pay(request, pay_providers_);
  };
  const Answer ask_nobody = [this](const http::Request& request) {
    Providers none;
    return pay_page_->pay(request, none);
  };
  for (const auto& [name, provider] : pay_providers_) {
    auto& worker = ask_workers_[name] = std::make_unique<Worker>();
    by_provider[name] = on_worker(worker, ask, ask_nobody);
  }
  return [by_provider = std::move(by_provider), other = on_worker(pay_worker_, ask_nobody)](
             http::Request&& request, http::Reply reply) {
    const auto found = by_provider.find(PayPage::provider_of(request));
    (found == by_provider.end() ? other : found->second)(std::move(request), std::move(reply));
  };
}

}  // namespace puntual
