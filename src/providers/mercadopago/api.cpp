#include <algorithm>
#include <set>

#include "base/json_writer.h"
#include "base/time.h"
#include "providers/amount.h"
#include "providers/check_order.h"
#include "providers/http_call.h"
#include "providers/mercadopago/mercadopago.h"
#include "providers/signature.h"

namespace puntual::mercadopago {
namespace {

using providers::JsonAnswer;
using providers::ProviderEnvironment;
using providers::url_part;

constexpr std::string_view kMercadoPagoUrl = "https://api.mercadopago.com";
constexpr int kPageSize = 50, kPagesMax = 20;
constexpr std::string_view kPaymentTypes[] = {"bank_transfer", "credit_card", "debit_card",
                                              "ticket"};

const ProviderTraits& mercadopago_traits() {
  static const ProviderTraits kTraits = {
      .name = "mercadopago",
      .title = "Mercado Pago",
      .currencies = {{"ARS"},
                     {"BRL"},
                     {.code = "CLP", .whole_units = true},
                     {.code = "COP", .whole_units = true},
                     {"MXN"},
                     {"PEN"},
                     {"UYU"}},
      .methods = {{"bank_transfer", "PSE (su banco)", {"COP"}},
                  {"bank_transfer", "PIX", {"BRL"}},
                  {"bank_transfer", "Transferencia desde su banco", {"CLP", "MXN"}},
                  {"credit_card", "Tarjeta de crédito"},
                  {"debit_card", "Tarjeta débito"},
                  {"ticket", "Boleto", {"BRL"}},
                  {"ticket", "Efectivo", {"ARS", "COP", "MXN", "PEN"}}},
      .page_hosts = {"mercadopago.com", "mercadopago.com.ar", "mercadopago.com.br",
                     "mercadopago.cl", "mercadopago.com.co", "mercadopago.com.mx",
                     "mercadopago.com.pe", "mercadopago.com.uy"},
      .gives_back = GivesBack::Any};
  return kTraits;
}

// {"message","error","status","cause":[{"code","description"}]}
std::string mercadopago_told(const JsonRef& answer) {
  std::string text = answer["message"].text();
  for (const JsonRef cause : answer["cause"])
    text += fmt::format("{}{}", text.empty() ? "" : "; ", cause["description"].text());
  return text.empty() ? answer["error"].text() : text;
}

// "2026-11-30T23:59:59.000+00:00": they want the milliseconds.
std::string date_with_ms(Instant at) {
  std::string text = format_rfc3339({at.ms - at.ms % kSecondMs}, 0);
  return text.insert(text.size() - 6, fmt::format(".{:03}", at.ms % kSecondMs));
}

// "APP_USR-<application>-<day>-<digest>-<account>"
std::string account_of_token(std::string_view token) {
  const std::string_view last = token.substr(token.rfind('-') + 1);
  return providers::is_digits(last) ? std::string(last) : std::string();
}

class MercadoPago final : public PaymentProvider {
 public:
  MercadoPago(const providers::ProviderSecrets& secrets,
              const providers::ProviderSettings& settings)
      : traits_(settings.currency == Currency()
                    ? mercadopago_traits()
                    : mercadopago_traits().of_account({&settings.currency, 1})),
        is_live_(settings.environment == ProviderEnvironment::Live),
        makes_orders_(secrets.first({"checkout"}) == "orders"),
        token_(secrets.first({"access_token"})),
        account_(secrets.first({"collector_id", "user_id"})),
        webhook_secrets_(
            secrets.all({"webhook_secret", "webhooks_secret", "secret", "secret_key"})),
        caller_({.title = "Mercado Pago",
                 .base_url =
                     settings.base_url.empty() ? std::string(kMercadoPagoUrl) : settings.base_url,
                 .headers = {"Authorization: Bearer " + token_},
                 .secrets = secrets.values(),
                 .told = mercadopago_told,
                 .patience_ms = settings.patience_ms,
                 .stopping = settings.stopping}) {
    if (account_.empty()) account_ = account_of_token(token_);
  }

  const ProviderTraits& traits() const override { return traits_; }
  HeardNotice hear(const ProviderNotice& notice) const override {
    return mercadopago::hear(notice, webhook_secrets_);
  }

  Result<void> check_keys() override;
  Result<PaymentPlace> ask(const PaymentOrder& order) override;
  Result<bool> withdraw(std::string_view provider_link_id) override;
  Result<std::vector<ProviderPayment>> look_up(const ProviderLookup& lookup) override;
  Result<void> give_back(const RefundOrder& order) override;

 private:
  Result<PaymentPlace> make_preference(const PaymentOrder& order);
  Result<PaymentPlace> make_order(const PaymentOrder& order);
  Result<JsonAnswer> call(std::string_view method, std::string path, std::string body = {},
                          std::string_view idempotency_key = {});
  Result<ProviderPayment> payment_of(const JsonRef& payment) const;
  Result<std::vector<ProviderPayment>> payments_told(const JsonRef& payment);
  Result<std::vector<ProviderPayment>> payments_by_id(std::string_view id);
  Result<std::vector<ProviderPayment>> payments_of_order(std::string_view order_id);
  Result<std::vector<ProviderPayment>> payments_of_reference(std::string_view reference);
  Result<std::vector<ProviderPayment>> payments_inside(std::string path);

  ProviderTraits traits_;  // An account has the currency of its country.
  bool is_live_, makes_orders_;
  std::string token_, account_;
  std::vector<std::string> webhook_secrets_;
  providers::HttpCaller caller_;
};

Result<JsonAnswer> MercadoPago::call(std::string_view method, std::string path, std::string body,
                                     std::string_view idempotency_key) {
  if (token_.empty())
    return fail(ErrorCode::Forbidden, "Mercado Pago: access_token is missing in its secrets file");
  if (account_.empty())
    return fail(
        ErrorCode::Forbidden,
        "Mercado Pago: collector_id, the number of the account, is missing in its secrets file");
  std::vector<std::string> headers;
  if (!idempotency_key.empty())
    headers.push_back(fmt::format("X-Idempotency-Key: {}", idempotency_key));
  return caller_.call({.method = method,
                       .path = std::move(path),
                       .headers = std::move(headers),
                       .body = std::move(body)});
}

Result<void> MercadoPago::check_keys() {
  ASSIGN_OR_RETURN(const JsonAnswer own, call("GET", "/users/me"));
  if (own.root()["id"].text() == account_) return {};
  return fail(ErrorCode::Forbidden,
              "Mercado Pago: access_token is of account {}, not {} (collector_id)",
              own.root()["id"].text(), account_);
}

// The signed notice alone, without one of the older kind beside it.
std::string signed_notices_to(std::string_view url) {
  return fmt::format("{}{}source_news=webhooks", url, url.contains('?') ? '&' : '?');
}

Result<PaymentPlace> MercadoPago::ask(const PaymentOrder& order) {
  RETURN_IF_ERROR(providers::check_order(traits_, order));
  return makes_orders_ ? make_order(order) : make_preference(order);
}

Result<PaymentPlace> MercadoPago::make_preference(const PaymentOrder& order) {
  JsonWriter body;
  body.open('{').key("items").open('[').open('{');
  body.member("id", order.reference)
      .member("title", order.title)
      .member("description", order.title);
  body.member("quantity", int64_t{1})
      .member("currency_id", order.amount.currency.code())
      .key("unit_price")
      .number(providers::decimal_of(order.amount));
  body.close('}').close(']').member("external_reference", order.reference);
  if (!order.payer_email.empty())
    body.key("payer").open('{').member("email", order.payer_email).close('}');
  if (!order.notice_url.empty())
    body.member("notification_url", signed_notices_to(order.notice_url));
  if (!order.return_url.empty()) {
    body.key("back_urls").open('{');
    for (const auto* outcome : {"success", "pending", "failure"})
      body.member(outcome, order.return_url);
    body.close('}').member("auto_return", "approved");
  }
  if (!order.method.empty()) {
    body.key("payment_methods").open('{').key("excluded_payment_types").open('[');
    for (const auto type : kPaymentTypes) {
      if (type != order.method) body.open('{').member("id", type).close('}');
    }
    body.close(']').close('}');
  }
  const std::string end = date_with_ms(order.expires_at);
  body.member("expires", true)
      .member("expiration_date_to", end)
      .member("date_of_expiration", end)
      .close('}');
  ASSIGN_OR_RETURN(const JsonAnswer made,
                   call("POST", "/checkout/preferences", body.take(), order.reference));
  const bool is_in_sandbox = token_.starts_with("TEST-");
  PaymentPlace place{
      .provider_link_id = made.root()["id"].text(),
      .url = made.root()[is_in_sandbox ? "sandbox_init_point" : "init_point"].text()};
  if (place.provider_link_id.empty() || place.url.empty())
    return fail(ErrorCode::Unavailable, "Mercado Pago made a preference without id or address");
  return place;
}

// The payer chooses the method there: an order names none. Its amounts are texts.
Result<PaymentPlace> MercadoPago::make_order(const PaymentOrder& order) {
  const std::string amount = providers::decimal_of(order.amount);
  JsonWriter body;
  body.open('{')
      .member("type", "online")
      .member("processing_mode", "manual")
      .member("total_amount", amount)
      .member("external_reference", order.reference);
  body.key("items")
      .open('[')
      .open('{')
      .member("title", order.title)
      .member("unit_price", amount)
      .member("quantity", int64_t{1})
      .close('}')
      .close(']');
  if (!order.payer_email.empty())
    body.key("payer").open('{').member("email", order.payer_email).close('}');
  body.key("config").open('{');
  if (!order.notice_url.empty())
    body.member("notification_url", signed_notices_to(order.notice_url));
  if (!order.return_url.empty()) {
    body.key("online").open('{');
    for (const auto* outcome : {"success_url", "pending_url", "failure_url"})
      body.member(outcome, order.return_url);
    body.member("auto_return", "approved").close('}');
  }
  body.close('}').close('}');
  ASSIGN_OR_RETURN(const JsonAnswer made, call("POST", "/v1/orders", body.take(), order.reference));
  PaymentPlace place{.provider_link_id = made.root()["id"].text(),
                     .url = made.root()["checkout_url"].text()};
  if (place.provider_link_id.empty() || place.url.empty())
    return fail(ErrorCode::Unavailable, "Mercado Pago made an order without id or address");
  return place;
}

Result<bool> MercadoPago::withdraw(std::string_view provider_link_id) {
  if (is_order_id(provider_link_id)) {
    const auto cancelled =
        call("POST", fmt::format("/v1/orders/{}/cancel", url_part(provider_link_id)), {},
             fmt::format("cancel-{}", provider_link_id));
    if (cancelled || cancelled.error().code == ErrorCode::NotFound) return true;
    if (cancelled.error().code != ErrorCode::Invalid) return std::unexpected(cancelled.error());
    return false;  // It has been paid, or is being.
  }
  const auto closed =
      call("PUT", "/checkout/preferences/" + url_part(provider_link_id),
           R"({"expires":true,"expiration_date_to":"2020-01-01T00:00:00.000+00:00"})");
  if (!closed && closed.error().code != ErrorCode::NotFound) return std::unexpected(closed.error());
  return true;
}

// What the debtor paid off is transaction_amount: total_paid_amount may hold interest of
// instalments, net_received_amount has lost the fee.
Result<ProviderPayment> MercadoPago::payment_of(const JsonRef& told) const {
  const std::string currency = told["currency_id"].text();
  ProviderPayment payment{.id = told["id"].text(),
                          .reference = told["external_reference"].text(),
                          .status = status_of(told["status"].text(), told["status_detail"].text())};
  const auto amount = providers::money_of_decimal(told["transaction_amount"], currency);
  if (payment.id.empty() || !amount)
    return fail(ErrorCode::Unavailable, "Mercado Pago: payment '{}' has no amount that we can read",
                payment.id);
  payment.amount = *amount;
  if (const auto refunded =
          providers::money_of_decimal(told["transaction_amount_refunded"], currency))
    payment.refunded_minor = refunded->minor;
  for (const JsonRef fee : told["fee_details"]) {
    const auto kept = providers::money_of_decimal(fee["amount"], currency);
    if (kept && fee["fee_payer"].text() == "collector") payment.fee_minor += kept->minor;
  }
  payment.method = told["payment_method_id"].text();
  if (const auto at = parse_rfc3339(told["date_approved"].text())) payment.paid_at = *at;
  if ((told["live_mode"].kind() == JsonKind::True) != is_live_)
    payment.trouble = "wrong_environment";
  if (told["collector_id"].text() != account_) payment.trouble = "foreign_account";
  payment.is_ours = payment.trouble.empty();
  return payment;
}

// One that was made in an order is told by it, with whatever else was paid there: so it has one
// name, whoever speaks of it.
Result<std::vector<ProviderPayment>> MercadoPago::payments_told(const JsonRef& payment) {
  if (const std::string order = payment["order"]["id"].text(); is_order_id(order))
    return payments_of_order(order);
  ASSIGN_OR_RETURN(auto one, payment_of(payment));
  return std::vector{std::move(one)};
}

Result<std::vector<ProviderPayment>> MercadoPago::payments_by_id(std::string_view id) {
  ASSIGN_OR_RETURN(const JsonAnswer answer, call("GET", "/v1/payments/" + url_part(id)));
  return payments_told(answer.root());
}

Result<std::vector<ProviderPayment>> MercadoPago::payments_of_order(std::string_view order_id) {
  ASSIGN_OR_RETURN(const JsonAnswer answer, call("GET", "/v1/orders/" + url_part(order_id)));
  return payments_in_order(answer.root(), account_, is_live_);
}

Result<std::vector<ProviderPayment>> MercadoPago::payments_of_reference(
    std::string_view reference) {
  std::vector<ProviderPayment> found;
  std::set<std::string> orders;  // Each is read once.
  for (int page = 0; page < kPagesMax; ++page) {
    ASSIGN_OR_RETURN(
        const JsonAnswer answer,
        call("GET",
             fmt::format(
                 "/v1/payments/"
                 "search?external_reference={}&sort=date_created&criteria=desc&limit={}&offset={}",
                 url_part(reference), kPageSize, page * kPageSize)));
    int count = 0;
    for (const JsonRef told : answer.root()["results"]) {
      ++count;
      const std::string named = told["external_reference"].text(),
                        order = told["order"]["id"].text();
      if (named != reference || (is_order_id(order) && !orders.insert(order).second)) continue;
      ASSIGN_OR_RETURN(const auto payments, payments_told(told));
      found.insert(found.end(), payments.begin(), payments.end());
    }
    if (count < kPageSize) return found;
  }
  return fail(ErrorCode::Unavailable, "Mercado Pago has more than {} payments of {}",
              kPageSize * kPagesMax, reference);
}

// A merchant order, a chargeback, or a preference: the payments that it names, else those of its
// reference.
Result<std::vector<ProviderPayment>> MercadoPago::payments_inside(std::string path) {
  ASSIGN_OR_RETURN(const JsonAnswer answer, call("GET", std::move(path)));
  std::vector<ProviderPayment> found;
  for (const JsonRef named : answer.root()["payments"]) {
    ASSIGN_OR_RETURN(const auto payments,
                     payments_by_id(named.is_object() ? named["id"].text() : named.text()));
    found.insert(found.end(), payments.begin(), payments.end());
  }
  const std::string reference = answer.root()["external_reference"].text();
  return found.empty() && !reference.empty() ? payments_of_reference(reference) : found;
}

Result<std::vector<ProviderPayment>> MercadoPago::look_up(const ProviderLookup& lookup) {
  const std::string &id = lookup.provider_payment_id, &place = lookup.provider_link_id;
  if (const auto in_order = order_payment_of(id)) {
    ASSIGN_OR_RETURN(auto payments, payments_of_order(in_order->order));
    std::erase_if(payments, [&](const ProviderPayment& one) { return one.id != id; });
    if (payments.empty()) return fail(ErrorCode::NotFound, "Mercado Pago has no payment '{}'", id);
    return payments;
  }
  if (is_order_id(id) || is_order_id(place)) return payments_of_order(id.empty() ? place : id);
  if (!id.empty()) return payments_by_id(id);
  for (const std::string_view collection : {"merchant_orders/", "v1/chargebacks/"}) {
    if (place.starts_with(collection))
      return payments_inside(fmt::format(
          "/{}{}", collection, url_part(std::string_view(place).substr(collection.size()))));
  }
  if (!lookup.reference.empty()) return payments_of_reference(lookup.reference);
  return payments_inside("/checkout/preferences/" + url_part(place));
}

Result<void> MercadoPago::give_back(const RefundOrder& order) {
  const std::string amount = providers::decimal_of(order.amount);
  JsonWriter body;
  body.open('{');
  if (const auto in_order = order_payment_of(order.provider_payment_id)) {
    body.key("transactions")
        .open('[')
        .open('{')
        .member("id", in_order->payment)
        .member("amount", amount)
        .close('}')
        .close(']')
        .close('}');
    RETURN_IF_ERROR(call("POST", fmt::format("/v1/orders/{}/refund", url_part(in_order->order)),
                         body.take(), order.key));
  } else {
    body.key("amount").number(amount).close('}');
    RETURN_IF_ERROR(
        call("POST", fmt::format("/v1/payments/{}/refunds", url_part(order.provider_payment_id)),
             body.take(), order.key));
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets& secrets,
                                              const providers::ProviderSettings& settings) {
  return std::make_unique<MercadoPago>(secrets, settings);
}

}  // namespace puntual::mercadopago
