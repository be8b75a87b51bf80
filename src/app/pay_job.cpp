#include "app/pay_job.h"

#include "app/log.h"

namespace puntual {

Result<PaymentRequest> make_request(Store& store, Providers& providers, const Creditor& creditor,
                                    const PayJobOrder& order, Instant now) {
  const auto provider = providers.find(order.request.provider);
  if (provider == providers.end())
    return fail(ErrorCode::NotFound,
                "'{}' is no payment provider of this house ([payments] providers)",
                order.request.provider);
  std::string return_code;
  ASSIGN_OR_RETURN(const engine::OpenedRequest opened, store.write([&](Tx& tx) {
    auto one = engine::open_request(tx, creditor, order.request, now);
    if (one) return_code = engine::return_code(tx, one->request);
    return one;
  }));
  if (!opened.is_new) {
    if (opened.request.url.empty())
      return fail(ErrorCode::Unavailable,
                  "the place to pay at is being made: try again in a few seconds");
    return opened.request;
  }
  const PaymentRequest& request = opened.request;
  const auto place = provider->second->ask(
      {.reference = request.reference,
       .amount = request.amount,
       .title = order.title,
       .now = now,
       .expires_at = request.expires_at,
       .return_url = order.return_base.empty() ? std::string() : order.return_base + return_code,
       .notice_url = order.notice_url,
       .payer_email = order.payer_email,
       .method = request.method});
  if (!place)
    log_event("warning", "payment_request",
              fmt::format("{} {}: {}", request.provider, request.reference, place.error().message));
  ASSIGN_OR_RETURN(PaymentRequest made, store.write([&](Tx& tx) {
    return engine::request_made(tx, request, place, now);
  }));
  if (!place) return std::unexpected(place.error());
  return made;
}

}  // namespace puntual
