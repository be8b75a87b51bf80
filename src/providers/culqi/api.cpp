#include "base/json_writer.h"
#include "providers/amount.h"
#include "providers/check_order.h"
#include "providers/culqi/culqi.h"
#include "providers/http_call.h"

namespace puntual::culqi {
namespace {

using providers::JsonAnswer;
using providers::ProviderEnvironment;
using Payments = std::vector<ProviderPayment>;

constexpr std::string_view kCulqiUrl = "https://api.culqi.com";
constexpr int kPageSize = 100, kPagesMax = 20;
constexpr size_t kDescriptionMin = 5;

const ProviderTraits& culqi_traits() {
  static const ProviderTraits kTraits = {
      .name = "culqi",
      .title = "Culqi",
      .currencies = {{.code = "PEN", .minor_min = 6'00, .minor_max = 9'999'00}},
      .methods = {{"pagoefectivo", "PagoEfectivo (agentes, bancos y billeteras)"}},
      .page_hosts = {"culqi.com", "pagoefectivo.pe"}};
  return kTraits;
}

// {"object":"error","type","merchant_message","user_message"}
std::string culqi_told(const JsonRef& answer) {
  const std::string message = answer["merchant_message"].text();
  return message.empty() ? answer["user_message"].text() : message;
}

// Their times are in seconds or in milliseconds.
std::optional<Instant> time_of(const JsonRef& time) {
  const auto value = time.integer();
  if (!value || *value <= 0) return std::nullopt;
  return Instant{*value >= 1'000'000'000'000 ? *value : *value * kSecondMs};
}

class Culqi final : public PaymentProvider {
 public:
  Culqi(const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings)
      : key_(secrets.first({"secret_key"})),
        webhook_user_(secrets.first({"webhook_user", "user"})),
        webhook_passwords_(secrets.all({"webhook_password", "password"})),
        contact_email_(secrets.first({"contact_email"})),
        contact_phone_(secrets.first({"contact_phone"})),
        caller_(
            {.title = "Culqi",
             .base_url = settings.base_url.empty() ? std::string(kCulqiUrl) : settings.base_url,
             .headers = {"Authorization: Bearer " + key_,
                         fmt::format(
                             "x-culqi-env: {}",
                             settings.environment == ProviderEnvironment::Test ? "test" : "live")},
             .secrets = secrets.values(),
             .told = culqi_told,
             .patience_ms = settings.patience_ms,
             .stopping = settings.stopping}) {}

  const ProviderTraits& traits() const override { return culqi_traits(); }
  HeardNotice hear(const ProviderNotice& notice) const override {
    return culqi::hear(notice, webhook_user_, webhook_passwords_);
  }

  Result<void> check_keys() override;
  Result<PaymentPlace> ask(const PaymentOrder& order) override;
  Result<bool> withdraw(std::string_view provider_link_id) override;
  Result<Payments> look_up(const ProviderLookup& lookup) override;

 private:
  Result<JsonAnswer> call(std::string_view method, std::string path, std::string body = {});
  Result<ProviderPayment> payment_of_order(const JsonRef& order) const;
  Result<ProviderPayment> payment_of_charge(const JsonRef& charge) const;
  Result<Payments> orders_of(std::string_view reference);

  std::string key_, webhook_user_;
  std::vector<std::string> webhook_passwords_;
  std::string contact_email_, contact_phone_;
  providers::HttpCaller caller_;
};

Result<JsonAnswer> Culqi::call(std::string_view method, std::string path, std::string body) {
  if (key_.empty())
    return fail(ErrorCode::Forbidden, "Culqi: secret_key is missing in its secrets file");
  return caller_.call({.method = method, .path = std::move(path), .body = std::move(body)});
}

Result<void> Culqi::check_keys() {
  RETURN_IF_ERROR(call("GET", "/v2/orders?limit=1"));
  return {};
}

Result<PaymentPlace> Culqi::ask(const PaymentOrder& order) {
  RETURN_IF_ERROR(providers::check_order(culqi_traits(), order));
  const std::string description =
      order.title.size() < kDescriptionMin ? fmt::format("Pago {}", order.title) : order.title;
  JsonWriter body;
  body.open('{')
      .member("amount", order.amount.minor)
      .member("currency_code", "PEN")
      .member("description", description)
      .member("order_number", order.reference);
  body.key("client_details")
      .open('{')
      .member("first_name", "Cliente")
      .member("last_name", "Cliente");
  body.member("email", order.payer_email.empty() ? contact_email_ : order.payer_email)
      .member("phone_number", contact_phone_)
      .close('}')
      .member("expiration_date", order.expires_at.ms / kSecondMs)
      .member("confirm", true);
  ASSIGN_OR_RETURN(const JsonAnswer made, call("POST", "/v2/orders", body.close('}').take()));
  PaymentPlace place{.provider_link_id = made.root()["id"].text(),
                     .url = made.root()["url_pe"].text(),
                     .form = {},
                     .expires_at = {}};
  if (place.provider_link_id.empty() || place.url.empty()) {
    return fail(
        ErrorCode::Invalid,
        "Culqi made an order without a page to pay at (is PagoEfectivo active in the account?)");
  }
  return place;
}

// Nobody can pay there any more; nor where it was paid, ended or taken away before.
Result<bool> Culqi::withdraw(std::string_view provider_link_id) {
  const auto gone = call("DELETE", "/v2/orders/" + providers::url_part(provider_link_id));
  const bool is_over =
      gone || gone.error().code == ErrorCode::NotFound || gone.error().code == ErrorCode::Invalid;
  if (is_over) return true;
  return std::unexpected(gone.error());
}

Result<ProviderPayment> Culqi::payment_of_order(const JsonRef& order) const {
  ProviderPayment payment{.id = order["id"].text(),
                          .provider_link_id = order["id"].text(),
                          .reference = order["order_number"].text()};
  const auto amount =
      providers::money_of_hundredths(order["amount"], order["currency_code"].text());
  const auto status = status_of_order(order["state"].text());
  if (payment.id.empty() || !amount || !status)
    return fail(ErrorCode::Unavailable, "Culqi: order '{}' has no amount or state that we can read",
                payment.id);
  payment.amount = *amount;
  payment.status = *status;
  payment.fee_minor = order["total_fee"].integer().value_or(0);
  if (payments::is_money(payment.status)) payment.paid_at = time_of(order["paid_at"]);
  return payment;
}

// Made elsewhere in the same account: none of ours.
Result<ProviderPayment> Culqi::payment_of_charge(const JsonRef& charge) const {
  ProviderPayment payment{.id = charge["id"].text(),
                          .reference = charge["metadata"]["reference"].text()};
  const auto amount =
      providers::money_of_hundredths(charge["amount"], charge["currency_code"].text());
  if (payment.id.empty() || !amount)
    return fail(ErrorCode::Unavailable, "Culqi: charge '{}' has no amount that we can read",
                payment.id);
  payment.amount = *amount;
  payment.refunded_minor = charge["amount_refunded"].integer().value_or(0);
  const bool is_paid = charge["outcome"]["type"].text() == "venta_exitosa";
  payment.status = !is_paid                                 ? ProviderStatus::Failed
                   : payment.refunded_minor <= 0            ? ProviderStatus::Paid
                   : payment.refunded_minor < amount->minor ? ProviderStatus::PartiallyRefunded
                                                            : ProviderStatus::Refunded;
  if (is_paid) payment.paid_at = time_of(charge["creation_date"]);
  return payment;
}

// After an order whose answer was lost: there is no search, all that were made lately are looked
// through.
Result<Payments> Culqi::orders_of(std::string_view reference) {
  std::string after;
  for (int page = 0; page < kPagesMax; ++page) {
    const std::string cursor = after.empty() ? "" : "&after=" + providers::url_part(after);
    ASSIGN_OR_RETURN(const JsonAnswer answer,
                     call("GET", fmt::format("/v2/orders?limit={}{}", kPageSize, cursor)));
    for (const JsonRef order : answer.root()["data"]) {
      if (order["order_number"].text() != reference) continue;
      ASSIGN_OR_RETURN(auto payment, payment_of_order(order));
      return Payments{std::move(payment)};
    }
    after = answer.root()["paging"]["cursors"]["after"].text();
    if (after.empty()) return Payments{};
  }
  return fail(ErrorCode::Unavailable, "Culqi: more than {} orders were made since",
              kPageSize * kPagesMax);
}

Result<Payments> Culqi::look_up(const ProviderLookup& lookup) {
  const bool is_about_payment = !lookup.provider_payment_id.empty();
  if (lookup.provider_payment_id.starts_with("chr_")) {
    ASSIGN_OR_RETURN(const JsonAnswer answer,
                     call("GET", "/v2/charges/" + providers::url_part(lookup.provider_payment_id)));
    ASSIGN_OR_RETURN(auto payment, payment_of_charge(answer.root()));
    return Payments{std::move(payment)};
  }
  Payments payments;
  if (const std::string& id =
          is_about_payment ? lookup.provider_payment_id : lookup.provider_link_id;
      !id.empty()) {
    ASSIGN_OR_RETURN(const JsonAnswer answer, call("GET", "/v2/orders/" + providers::url_part(id)));
    ASSIGN_OR_RETURN(auto payment, payment_of_order(answer.root()));
    payments.push_back(std::move(payment));
  } else {
    ASSIGN_OR_RETURN(payments, orders_of(lookup.reference));
  }
  // An order that nobody has paid yet is a place, and no payment.
  if (!is_about_payment)
    std::erase_if(payments,
                  [](const ProviderPayment& one) { return one.status != ProviderStatus::Paid; });
  return payments;
}

}  // namespace

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets& secrets,
                                              const providers::ProviderSettings& settings) {
  return std::make_unique<Culqi>(secrets, settings);
}

}  // namespace puntual::culqi
