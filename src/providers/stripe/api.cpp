#include <algorithm>

#include "providers/check_order.h"
#include "providers/http_call.h"
#include "providers/signature.h"
#include "providers/stripe/stripe.h"

namespace puntual::stripe {
namespace {

using providers::JsonAnswer;
using providers::ProviderEnvironment;
using providers::url_part;

constexpr std::string_view kStripeUrl = "https://api.stripe.com", kVersion = "2026-06-24.dahlia";
constexpr int kPageSize = 100, kPagesMax = 50;

const ProviderTraits& stripe_traits() {
  static const ProviderTraits kTraits = {
      .name = "stripe",
      .title = "Stripe",
      .currencies = {{"MXN"},
                     {"BRL"},
                     {"USD"},
                     {"COP"},
                     {"PEN"},
                     {"CLP"},
                     {"ARS"},
                     {"UYU"},
                     {"PYG"},
                     {"BOB"},
                     {"CRC"},
                     {"DOP"},
                     {"GTQ"},
                     {"HNL"},
                     {"NIO"},
                     {"PAB"},
                     {"EUR"}},
      .methods = {{"card", "Tarjeta de crédito o débito"},
                  {"oxxo", "Efectivo en OXXO", {"MXN"}},
                  {"boleto", "Boleto", {"BRL"}},
                  {"pix", "PIX", {"BRL"}}},
      .page_hosts = {"buy.stripe.com", "checkout.stripe.com", "pay.stripe.com"},
      .gives_back = GivesBack::Any};
  return kTraits;
}

std::string stripe_told(const JsonRef& answer) {
  const JsonRef error = answer["error"];
  const std::string message = error["message"].text(), param = error["param"].text();
  if (message.empty()) return error["type"].text();
  return param.empty() ? message : fmt::format("{} ({})", message, param);
}

// name=value&name[inner]=value
class Form {
 public:
  Form& add(std::string_view name, std::string_view value) {
    text_ += fmt::format("{}{}={}", text_.empty() ? "" : "&", url_part(name), url_part(value));
    return *this;
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

class Stripe final : public PaymentProvider {
 public:
  Stripe(const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings)
      : is_live_(settings.environment == ProviderEnvironment::Live),
        key_(secrets.first({"secret_key"})),
        webhook_secrets_(
            secrets.all({"webhook_secret", "endpoint_secret", "signing_secret", "secret"})),
        caller_(
            {.title = "Stripe",
             .base_url = settings.base_url.empty() ? std::string(kStripeUrl) : settings.base_url,
             .headers = {"Authorization: Bearer " + key_,
                         fmt::format("Stripe-Version: {}", kVersion)},
             .secrets = secrets.values(),
             .told = stripe_told,
             .patience_ms = settings.patience_ms,
             .stopping = settings.stopping}) {}

  const ProviderTraits& traits() const override { return stripe_traits(); }
  HeardNotice hear(const ProviderNotice& notice) const override {
    return stripe::hear(notice, webhook_secrets_);
  }

  Result<void> check_keys() override;
  Result<PaymentPlace> ask(const PaymentOrder& order) override;
  Result<bool> withdraw(std::string_view provider_link_id) override;
  Result<std::vector<ProviderPayment>> look_up(const ProviderLookup& lookup) override;
  Result<void> give_back(const RefundOrder& order) override;

 private:
  Result<JsonAnswer> call(std::string_view method, std::string path, std::string form = {},
                          std::string_view idempotency_key = {});
  Result<void> each_session(std::string_view filter,
                            const std::function<Result<void>(const JsonRef&)>& visit);
  Result<std::vector<ProviderPayment>> payments_of_sessions(std::string_view filter);
  Result<std::vector<ProviderPayment>> payment_by_intent(std::string_view intent_id);
  Result<std::optional<ProviderPayment>> payment_of(const JsonRef& intent, const JsonRef& session);
  Result<void> read_charge(const JsonRef& charge, ProviderPayment& payment);

  bool is_live_;
  std::string key_;
  std::vector<std::string> webhook_secrets_;
  providers::HttpCaller caller_;
};

Result<JsonAnswer> Stripe::call(std::string_view method, std::string path, std::string form,
                                std::string_view idempotency_key) {
  if (key_.empty())
    return fail(ErrorCode::Forbidden, "Stripe: secret_key is missing in its secrets file");
  std::vector<std::string> headers;
  if (!idempotency_key.empty())
    headers.push_back(fmt::format("Idempotency-Key: {}", idempotency_key));
  return caller_.call({.method = method,
                       .path = std::move(path),
                       .headers = std::move(headers),
                       .body = std::move(form),
                       .content_type = "application/x-www-form-urlencoded"});
}

Result<void> Stripe::check_keys() {
  RETURN_IF_ERROR(call("GET", "/v1/payment_links?limit=1"));
  return {};
}

Result<PaymentPlace> Stripe::ask(const PaymentOrder& order) {
  RETURN_IF_ERROR(providers::check_order(stripe_traits(), order));
  ASSIGN_OR_RETURN(const int64_t amount, wire_amount_of(order.amount));
  Form form;
  form.add("line_items[0][quantity]", "1");
  form.add("line_items[0][price_data][currency]",
           providers::lower_case(order.amount.currency.code()));
  form.add("line_items[0][price_data][unit_amount]", std::to_string(amount));
  form.add("line_items[0][price_data][product_data][name]", order.title);
  form.add("metadata[reference]", order.reference);
  form.add("payment_intent_data[metadata][reference]", order.reference);
  form.add("payment_intent_data[description]", order.title);
  form.add("restrictions[completed_sessions][limit]", "1");
  if (!order.return_url.empty())
    form.add("after_completion[type]", "redirect")
        .add("after_completion[redirect][url]", order.return_url);
  if (!order.method.empty()) form.add("payment_method_types[0]", order.method);
  ASSIGN_OR_RETURN(const JsonAnswer made,
                   call("POST", "/v1/payment_links", form.take(), order.reference));
  PaymentPlace place{.provider_link_id = made.root()["id"].text(),
                     .url = made.root()["url"].text()};
  if (place.provider_link_id.empty() || place.url.empty())
    return fail(ErrorCode::Unavailable, "Stripe made a link without id or url");
  if (!order.payer_email.empty()) place.url += "?prefilled_email=" + url_part(order.payer_email);
  return place;
}

// Who has opened the page already could still pay there, for a day.
Result<bool> Stripe::withdraw(std::string_view provider_link_id) {
  const auto closed =
      call("POST", "/v1/payment_links/" + url_part(provider_link_id), "active=false");
  if (!closed && closed.error().code == ErrorCode::NotFound) return true;
  if (!closed) return std::unexpected(closed.error());
  std::vector<std::string> open;
  RETURN_IF_ERROR(each_session("payment_link=" + url_part(provider_link_id),
                               [&](const JsonRef& session) -> Result<void> {
                                 if (session["status"].text() == "open")
                                   open.push_back(session["id"].text());
                                 return {};
                               }));
  for (const auto& id : open) {
    const auto expired = call("POST", fmt::format("/v1/checkout/sessions/{}/expire", url_part(id)));
    if (!expired && expired.error().code != ErrorCode::Invalid)
      return std::unexpected(expired.error());  // Invalid: it ended just now.
  }
  return true;
}

// All pages, the newest first; the payment intents and their charges are given whole.
Result<void> Stripe::each_session(std::string_view filter,
                                  const std::function<Result<void>(const JsonRef&)>& visit) {
  std::string last;
  for (int page = 0; page < kPagesMax; ++page) {
    ASSIGN_OR_RETURN(
        const JsonAnswer answer,
        call("GET",
             fmt::format("/v1/checkout/"
                         "sessions?{}&limit={}&expand%5B%5D=data.payment_intent.latest_charge{}",
                         filter, kPageSize,
                         last.empty() ? "" : "&starting_after=" + url_part(last))));
    for (const JsonRef session : answer.root()["data"]) {
      last = session["id"].text();
      RETURN_IF_ERROR(visit(session));
    }
    if (answer.root()["has_more"].kind() != JsonKind::True) return {};
  }
  return fail(ErrorCode::Unavailable, "Stripe has more than {} sessions of {}",
              kPageSize * kPagesMax, filter);
}

Result<std::vector<ProviderPayment>> Stripe::payments_of_sessions(std::string_view filter) {
  std::vector<ProviderPayment> found;
  RETURN_IF_ERROR(each_session(filter, [&](const JsonRef& session) -> Result<void> {
    ASSIGN_OR_RETURN(auto payment, payment_of(session["payment_intent"], session));
    if (payment) found.push_back(std::move(*payment));
    return {};
  }));
  return found;
}

// The session knows the link and whether the payer can try again; what was not paid through one is
// read by itself.
Result<std::vector<ProviderPayment>> Stripe::payment_by_intent(std::string_view intent_id) {
  ASSIGN_OR_RETURN(const JsonAnswer intent,
                   call("GET", fmt::format("/v1/payment_intents/{}?expand%5B%5D=latest_charge",
                                           url_part(intent_id))));
  ASSIGN_OR_RETURN(
      const JsonAnswer sessions,
      call("GET", "/v1/checkout/sessions?limit=1&payment_intent=" + url_part(intent_id)));
  JsonRef session;
  for (const JsonRef one : sessions.root()["data"]) session = one;
  ASSIGN_OR_RETURN(auto payment, payment_of(intent.root(), session));
  if (!payment) return std::vector<ProviderPayment>{};
  return std::vector{std::move(*payment)};
}

// None: nobody has tried to pay yet, or gave it up.
std::optional<ProviderStatus> status_of_intent(const JsonRef& intent,
                                               std::string_view session_status) {
  using enum ProviderStatus;
  const std::string status = intent["status"].text();
  if (status == "succeeded") return Paid;
  if (status == "canceled")
    return session_status == "expired" ? std::nullopt : std::optional(Voided);
  if (status != "requires_payment_method") return Pending;
  const bool has_failed = session_status == "complete" || intent["last_payment_error"].is_object();
  return has_failed ? std::optional(Failed) : std::nullopt;
}

Result<std::optional<ProviderPayment>> Stripe::payment_of(const JsonRef& intent,
                                                          const JsonRef& session) {
  const auto status =
      intent.is_object() ? status_of_intent(intent, session["status"].text()) : std::nullopt;
  if (!status) return std::nullopt;
  ProviderPayment payment{.id = intent["id"].text(),
                          .provider_link_id = id_of(session["payment_link"]),
                          .reference = intent["metadata"]["reference"].text(),
                          .status = *status};
  if (payment.reference.empty()) payment.reference = session["metadata"]["reference"].text();
  const auto amount =
      money_of(intent[*status == ProviderStatus::Paid ? "amount_received" : "amount"],
               intent["currency"].text());
  if (payment.id.empty() || !amount)
    return fail(ErrorCode::Unavailable, "Stripe: payment '{}' has no amount that we can read",
                payment.id);
  payment.amount = *amount;
  payment.is_ours = (intent["livemode"].kind() == JsonKind::True) == is_live_;
  if (!payment.is_ours) payment.trouble = "wrong_environment";
  RETURN_IF_ERROR(read_charge(intent["latest_charge"], payment));
  return payment;
}

// What became of the money after it had come.
Result<void> Stripe::read_charge(const JsonRef& charge, ProviderPayment& payment) {
  payment.method = charge["payment_method_details"]["type"].text();
  if (payment.status != ProviderStatus::Paid) return {};
  const auto created = charge["created"].integer();
  if (created && payment.method == "card")
    payment.paid_at = Instant{*created * kSecondMs};  // A voucher's charge is older than its money.
  if (const auto refunded = money_of(charge["amount_refunded"], payment.amount.currency.code()))
    payment.refunded_minor = refunded->minor;
  if (payment.refunded_minor > 0) payment.status = ProviderStatus::PartiallyRefunded;
  if (payment.refunded_minor >= payment.amount.minor) payment.status = ProviderStatus::Refunded;
  if (charge["disputed"].kind() != JsonKind::True) return {};
  ASSIGN_OR_RETURN(const JsonAnswer disputes,
                   call("GET", "/v1/disputes?limit=1&payment_intent=" + url_part(payment.id)));
  for (const JsonRef dispute : disputes.root()["data"]) {
    const auto disputed = status_of_dispute(dispute["status"].text());
    if (disputed != ProviderStatus::Paid) payment.status = disputed;
  }
  return {};
}

Result<std::vector<ProviderPayment>> Stripe::look_up(const ProviderLookup& lookup) {
  if (!lookup.provider_payment_id.empty()) return payment_by_intent(lookup.provider_payment_id);
  const std::string& place = lookup.provider_link_id;
  if (place.starts_with("cs_")) {
    ASSIGN_OR_RETURN(
        const JsonAnswer session,
        call("GET",
             fmt::format("/v1/checkout/sessions/{}?expand%5B%5D=payment_intent.latest_charge",
                         url_part(place))));
    ASSIGN_OR_RETURN(auto payment, payment_of(session.root()["payment_intent"], session.root()));
    if (!payment) return std::vector<ProviderPayment>{};
    return std::vector{std::move(*payment)};
  }
  if (!place.empty()) return payments_of_sessions("payment_link=" + url_part(place));
  return fail(ErrorCode::NotFound,
              "Stripe cannot search for reference '{}': it is found by its link", lookup.reference);
}

Result<void> Stripe::give_back(const RefundOrder& order) {
  ASSIGN_OR_RETURN(const int64_t amount, wire_amount_of(order.amount));
  Form form;
  form.add("payment_intent", order.provider_payment_id).add("amount", std::to_string(amount));
  RETURN_IF_ERROR(call("POST", "/v1/refunds", form.take(), order.key));
  return {};
}

}  // namespace

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets& secrets,
                                              const providers::ProviderSettings& settings) {
  return std::make_unique<Stripe>(secrets, settings);
}

}  // namespace puntual::stripe
