#include <algorithm>
#include <tuple>

#include "base/json_writer.h"
#include "providers/amount.h"
#include "providers/bold/bold.h"
#include "providers/check_order.h"
#include "providers/http_call.h"

namespace puntual::bold {
namespace {

using providers::HttpCaller;
using providers::JsonAnswer;
using providers::ProviderEnvironment;
using Payments = std::vector<ProviderPayment>;

constexpr std::string_view kBoldUrl =
    "https://integrations.api.bold.co";  // Of both environments: the key says which.

const ProviderTraits& bold_traits() {
  static const ProviderTraits kTraits = {
      .name = "bold",
      .title = "Bold",
      .currencies = {{.code = "COP", .minor_min = 1'000'00, .whole_units = true}},
      .methods = {{"PSE", "PSE (su banco)"},
                  {"NEQUI", "Nequi"},
                  {"CREDIT_CARD", "Tarjeta de crédito o débito"},
                  {"BOTON_BANCOLOMBIA", "Bancolombia"}},
      .page_hosts = {"checkout.bold.co"}};
  return kTraits;
}

// {"payload":{},"errors":["…"]}, or objects that hold a message.
std::string bold_told(const JsonRef& answer) {
  std::string text;
  for (const JsonRef one : answer["errors"]) {
    const std::string said = one.is_object()
                                 ? (one["message"] ? one["message"] : one["errorMessage"]).text()
                                 : one.text();
    text += (text.empty() ? "" : "; ") + said;
  }
  return text.empty() ? answer["message"].text() : text;
}

// Of a link; none while nobody has tried to pay.
std::optional<ProviderStatus> status_of_link(std::string_view text) {
  if (text == "PROCESSING") return ProviderStatus::Pending;
  if (text == "PAID") return ProviderStatus::Paid;
  if (text == "REJECTED") return ProviderStatus::Failed;
  return std::nullopt;
}

class Bold final : public PaymentProvider {
 public:
  Bold(const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings)
      : is_test_(settings.environment == ProviderEnvironment::Test),
        is_expiry_in_ms_(secrets.first({"expiration_unit"}) == "ms"),
        identity_key_(secrets.first({"identity_key"})),
        merchant_id_(secrets.first({"merchant_id"})),
        secret_keys_(secrets.all({"secret_key", "llave_secreta", "secret"})),
        caller_({.title = "Bold",
                 .base_url = settings.base_url.empty() ? std::string(kBoldUrl) : settings.base_url,
                 .headers = {"Authorization: x-api-key " + identity_key_},
                 .secrets = secrets.values(),
                 .told = bold_told,
                 .patience_ms = settings.patience_ms,
                 .stopping = settings.stopping}) {}

  const ProviderTraits& traits() const override { return bold_traits(); }
  HeardNotice hear(const ProviderNotice& notice) const override {
    return bold::hear(notice, secret_keys_, is_test_);
  }

  Result<void> check_keys() override;
  Result<PaymentPlace> ask(const PaymentOrder& order) override;
  Result<bool> withdraw(std::string_view) override { return false; }  // Bold has no such call.
  Result<Payments> look_up(const ProviderLookup& lookup) override;

 private:
  Result<JsonAnswer> call(std::string_view method, std::string path, std::string body = {});
  Result<Payments> payments_told(const std::string& path);
  Result<std::optional<ProviderPayment>> payment_of_link(std::string_view link_id);
  Result<Payments> payments_of_request(const ProviderLookup& lookup);

  bool is_test_, is_expiry_in_ms_;
  std::string identity_key_, merchant_id_;
  std::vector<std::string> secret_keys_;
  HttpCaller caller_;
};

Result<JsonAnswer> Bold::call(std::string_view method, std::string path, std::string body) {
  if (identity_key_.empty())
    return fail(ErrorCode::Forbidden, "Bold: identity_key is missing in its secrets file");
  return caller_.call({.method = method, .path = std::move(path), .body = std::move(body)});
}

Result<void> Bold::check_keys() {
  RETURN_IF_ERROR(call("GET", "/online/link/v1/payment_methods"));
  return {};
}

Result<PaymentPlace> Bold::ask(const PaymentOrder& order) {
  RETURN_IF_ERROR(providers::check_order(bold_traits(), order));
  ASSIGN_OR_RETURN(const int64_t pesos, providers::whole_units_of(order.amount));
  JsonWriter body;
  body.open('{')
      .member("amount_type", "CLOSE")
      .key("amount")
      .open('{')
      .member("currency", "COP")
      .member("total_amount", pesos)
      .member("tip_amount", int64_t{0});
  body.key("taxes").open('[').close(']').close('}');
  body.member("reference", order.reference).member("description", order.title);
  body.member("expiration_date", order.expires_at.ms * (is_expiry_in_ms_ ? 1 : 1'000'000));
  if (order.return_url.starts_with("https://")) body.member("callback_url", order.return_url);
  if (!order.method.empty()) body.key("payment_methods").open('[').value(order.method).close(']');
  if (!order.payer_email.empty()) body.member("payer_email", order.payer_email);
  ASSIGN_OR_RETURN(const JsonAnswer made, call("POST", "/online/link/v1", body.close('}').take()));
  const JsonRef payload = made.root()["payload"];
  PaymentPlace place{.provider_link_id = payload["payment_link"].text(),
                     .url = payload["url"].text(),
                     .form = {},
                     .expires_at = {}};
  if (place.provider_link_id.empty() || place.url.empty())
    return fail(ErrorCode::Invalid, "Bold made no link: {}", bold_told(made.root()));
  return place;
}

// All that it told of; several events of one payment, in their order, come to what the payment is
// now.
Result<Payments> Bold::payments_told(const std::string& path) {
  ASSIGN_OR_RETURN(const JsonAnswer answer, call("GET", "/payments/webhook/notifications/" + path));
  std::vector<JsonRef> events;
  for (const JsonRef event : answer.root()["notifications"]) events.push_back(event);
  std::ranges::stable_sort(
      events, {}, [](const JsonRef& event) { return event["time"].integer().value_or(0); });
  Payments payments;
  for (const JsonRef& event : events) {
    const HeardNotice heard = read_event(event);
    if (!heard.amount || heard.provider_payment_id.empty()) continue;
    auto found = std::ranges::find(payments, heard.provider_payment_id, &ProviderPayment::id);
    if (found == payments.end()) {
      ProviderPayment payment{.id = heard.provider_payment_id,
                              .provider_link_id = heard.provider_link_id,
                              .reference = heard.reference.value_or("")};
      payment.amount = *heard.amount;
      payment.method = event["data"]["payment_method"].text();
      payment.is_ours = merchant_id_.empty() || event["data"]["merchant_id"].text() == merchant_id_;
      if (!payment.is_ours) payment.trouble = "foreign_account";
      found = payments.insert(payments.begin(), std::move(payment));
    }
    if (heard.status) found->status = payments::after(found->status, *heard.status);
    if (found->status == ProviderStatus::Voided) found->refunded_minor = found->amount.minor;
    if (const auto at = parse_rfc3339(event["data"]["created_at"].text());
        at && heard.status == ProviderStatus::Paid)
      found->paid_at = *at;
  }
  return payments;
}

// The link knows its last payment, also where no notice tells of it (in tests none does).
Result<std::optional<ProviderPayment>> Bold::payment_of_link(std::string_view link_id) {
  ASSIGN_OR_RETURN(const JsonAnswer answer,
                   call("GET", "/online/link/v1/" + providers::url_part(link_id)));
  const JsonRef link = answer.root()["payload"] ? answer.root()["payload"] : answer.root();
  const auto status = status_of_link(link["status"].text());
  ProviderPayment payment{.id = link["transaction_id"].text(),
                          .provider_link_id = std::string(link_id),
                          .reference = link["reference"].text()};
  const auto amount = providers::money_of_decimal(link["total"], "COP");
  if (!status || payment.id.empty() || !amount) return std::nullopt;
  payment.status = *status;
  payment.amount = *amount;
  payment.method = link["payment_method"].text();
  payment.is_ours = (link["is_sandbox"].kind() == JsonKind::True) == is_test_;
  if (!payment.is_ours) payment.trouble = "wrong_environment";
  return payment;
}

// Every attempt at a link is told of under its reference; what became of one later, too.
Result<Payments> Bold::payments_of_request(const ProviderLookup& lookup) {
  Payments payments;
  if (!lookup.reference.empty()) {
    auto told =
        payments_told(providers::url_part(lookup.reference) + "?is_external_reference=true");
    if (!told && told.error().code != ErrorCode::NotFound) return told;
    if (told) payments = *std::move(told);
  }
  if (lookup.provider_link_id.empty()) return payments;
  ASSIGN_OR_RETURN(auto last, payment_of_link(lookup.provider_link_id));
  for (auto& payment : payments) payment.provider_link_id = lookup.provider_link_id;
  const auto known =
      last ? std::ranges::find(payments, last->id, &ProviderPayment::id) : payments.end();
  if (known != payments.end() && !last->is_ours)
    std::tie(known->is_ours, known->trouble) = std::tie(last->is_ours, last->trouble);
  if (last && known == payments.end()) payments.insert(payments.begin(), *std::move(last));
  return payments;
}

Result<Payments> Bold::look_up(const ProviderLookup& lookup) {
  if (lookup.provider_payment_id.empty()) return payments_of_request(lookup);
  return payments_told(providers::url_part(lookup.provider_payment_id));
}

}  // namespace

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets& secrets,
                                              const providers::ProviderSettings& settings) {
  return std::make_unique<Bold>(secrets, settings);
}

}  // namespace puntual::bold
