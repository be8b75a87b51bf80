// The door of the payer's page: open to everybody who has a link.
#include "app/pay_page.h"
#include "app/service.h"

namespace puntual {
namespace {

constexpr uint64_t kFormMax = 16 << 10;

}  // namespace

void Service::add_pay_routes(http::Router& router) {
  if (config_.payments.public_url.empty()) return;
  pay_page_ = std::make_unique<PayPage>(*store_, desk_, config_, clock_);
  pay_worker_ = std::make_unique<Worker>();
  ask_worker_ = std::make_unique<Worker>();
  const auto add = [&](http::Method method, std::string_view path, std::unique_ptr<Worker>& worker, std::function<http::Response(const http::Request&)> answer) {
    auto answered = on_worker(worker, std::move(answer));
    router.add_deferred(method, path,
                        [this, answered = std::move(answered)](http::Request&& request, http::Reply reply) {
                          if (auto refusal = pay_page_->refuse(request)) return reply(*std::move(refusal));
                          answered(std::move(request), std::move(reply));
                        },
                        {.body_max = kFormMax});
  };
  using http::Method, http::Request;
  router.add(Method::Get, "/p/pay.css", [](const Request&) { return PayPage::show_style(); });
  // Browsers ask for it whatever a page says.
  router.add(Method::Get, "/favicon.ico", [](const Request&) { return http::Response{.status = 204}; });
  add(Method::Get, "/baja/{token}", pay_worker_, [this](const Request& request) { return pay_page_->show_stop(request); });
  add(Method::Post, "/baja/{token}", pay_worker_, [this](const Request& request) {
    http::Response answer = pay_page_->stop(request);
    wake();
    return answer;
  });
  if (!config_.has_pay_page()) return;
  add(Method::Get, "/p/{token}", pay_worker_, [this](const Request& request) { return pay_page_->show(request); });
  add(Method::Get, "/r/{reference}", pay_worker_, [this](const Request& request) { return pay_page_->show_result(request); });
  add(Method::Post, "/r/{reference}/check", pay_worker_, [this](const Request& request) {
    http::Response answer = pay_page_->check_result(request);
    tell_noticed();
    return answer;
  });
  add(Method::Get, "/p/{token}/qr.svg", pay_worker_, [this](const Request& request) { return pay_page_->show_qr(request); });
  // A provider takes seconds to answer: nobody else waits for it.
  add(Method::Post, "/p/{token}/pay", ask_worker_, [this](const Request& request) { return pay_page_->pay(request, pay_providers_); });
  add(Method::Post, "/p/{token}/{verb}", pay_worker_, [this](const Request& request) {
    http::Response answer = pay_page_->tell(request);
    tell_noticed();
    wake();
    return answer;
  });
}

}  // namespace puntual
