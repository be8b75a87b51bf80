// The payer's page /p/{token}: whoever has the link sees what is owed, pays, or says why not. Plain
// HTML without a script.
//
//   GET  /p/{token}          the page; changes nothing                   POST /p/{token}/pay ─►
//   make_request ─► 303 to the provider GET  /p/{token}/qr.svg   the address of the page POST
//   /p/{token}/{verb}    identify, promise, plan, cannot,
//                                                                                                 paid, dispute, help, not-me
//   GET  /r/{code}           back from a provider, which knows engine::return_code and not the
//   token: it proves nothing POST /r/{code}/check     the provider is asked
//
//   GET  /baja/{token}       asks whether they want no more messages; changes nothing
//   POST /baja/{token}       so it is. A mail program posts by itself (RFC 8058), so it takes no
//   proof and sends nobody elsewhere
//
// What they send and what it does: app/pay_verbs.h. A token that is unknown, expired or revoked
// gives one and the same page. Thread-safe, but for pay() at one provider.
#pragma once

#include "app/clock.h"
#include "app/pay_job.h"
#include "app/pay_view.h"
#include "app/throttle.h"
#include "http/message.h"

namespace puntual {

class PayPage {
 public:
  // All must outlive it.
  PayPage(Store& store, DeskNow desk, const Config& config, Clock& clock)
      : store_(store), desk_(std::move(desk)), config_(config), clock_(clock) {}

  // Asked before anything is done: may they come in now, and does what they send come from our own
  // page? The answer to who may not.
  [[nodiscard]] std::optional<http::Response> refuse(const http::Request& request);

  [[nodiscard]] http::Response show(const http::Request& request);
  [[nodiscard]] http::Response show_result(const http::Request& request);
  [[nodiscard]] http::Response check_result(const http::Request& request);
  // Of whom we invite by e-mail or SMS (engine/on_ramp.h).
  [[nodiscard]] http::Response show_stop(const http::Request& request);
  [[nodiscard]] http::Response stop(const http::Request& request);
  [[nodiscard]] http::Response show_qr(const http::Request& request);
  [[nodiscard]] static http::Response show_style();

  // Whatever of all this is asked, on one thread: the path is /p/{token}, /p/{token}/{verb},
  // /r/{code} or /r/{code}/{verb}.
  [[nodiscard]] http::Response answer(const http::Request& request, Providers& providers);

  // Asks a provider, for some seconds at most: one thread at a time for each.
  [[nodiscard]] static std::string provider_of(
      const http::Request& request);  // "wompi", as it was chosen.
  [[nodiscard]] http::Response pay(const http::Request& request, Providers& providers);
  [[nodiscard]] http::Response tell(const http::Request& request);

 private:
  [[nodiscard]] http::Response html(int status, std::string body) const;
  [[nodiscard]] http::Response page(int status, const PayFacts& facts,
                                    const std::optional<PayNotice>& notice) const;
  [[nodiscard]] http::Response gone() const {
    return html(404, plain_page_html(config_, PlainPage::Gone, nullptr));
  }
  [[nodiscard]] std::optional<Debtor> invited(Tx& tx, const http::Request& request) const;
  [[nodiscard]] std::optional<PayFacts> read(const http::Request& request,
                                             std::string_view proof = {});
  [[nodiscard]] bool is_place_of(const ProviderTraits& traits, const std::string& url) const;
  [[nodiscard]] Result<Money> amount_of(const http::Request& request, const PayFacts& facts,
                                        std::span<const ProviderTraits* const> ways) const;

  Store& store_;
  const DeskNow desk_;
  const Config& config_;
  Clock& clock_;
  Throttle by_address_{120, 250}, by_link_{20, 6000};
};

}  // namespace puntual
