#include <algorithm>

#include "base/json_writer.h"
#include "providers/amount.h"
#include "providers/check_order.h"
#include "providers/http_call.h"
#include "providers/payu/payu.h"

namespace puntual::payu {
namespace {

using providers::JsonAnswer;
using providers::ProviderEnvironment;
using Payments = std::vector<ProviderPayment>;

constexpr std::string_view kCheckout = "/ppp-web-gateway-payu/",
                           kReports = "/reports-api/4.0/service.cgi";

const ProviderTraits& payu_traits() {
  static const ProviderTraits kTraits = {
      .name = "payu",
      .title = "PayU",
      .currencies = {{"ARS"}, {"BRL"}, {"CLP"}, {"COP"}, {"MXN"}, {"USD"}, {"PEN"}},
      .methods = {{"PSE", "PSE (su banco)", {"COP"}},
                  {"VISA,MASTERCARD,AMEX,DINERS", "Tarjeta de crédito o débito"}},
      .page_hosts = {"payulatam.com"}};
  return kTraits;
}

// Each country has an account of its own, and its own currency; dollars are Panama's.
std::string_view country_of(std::string_view currency) {
  static constexpr std::pair<std::string_view, std::string_view> kCountries[] = {
      {"ARS", "ar"}, {"BRL", "br"}, {"CLP", "cl"}, {"COP", "co"},
      {"MXN", "mx"}, {"PEN", "pe"}, {"USD", "pa"}};
  const auto* const known =
      std::ranges::find(kCountries, currency, [](const auto& one) { return one.first; });
  return known == std::end(kCountries) ? std::string_view() : known->second;
}

// Both say what is wrong as {"code":"ERROR","error":"…"}, the one with status 200.
std::string payu_told(const JsonRef& answer) { return answer["error"].text(); }

// What was tried: a state of its own, and what came back of it later is another transaction.
ProviderStatus status_of_state(std::string_view type, std::string_view state) {
  if (state == "APPROVED")
    return type == "AUTHORIZATION" ? ProviderStatus::Pending
                                   : ProviderStatus::Paid;  // Only reserved.
  if (state == "DECLINED" || state == "ERROR") return ProviderStatus::Failed;
  return state == "EXPIRED" ? ProviderStatus::Expired : ProviderStatus::Pending;
}

std::string payu_base(const providers::ProviderSettings& settings, std::string_view host) {
  const std::string_view sandbox =
      settings.environment == ProviderEnvironment::Test ? "sandbox." : "";
  return settings.base_url.empty() ? fmt::format("https://{}{}.payulatam.com", sandbox, host)
                                   : settings.base_url;
}

// Those whose account the secrets file names; one without a country is of the house's currency.
ProviderTraits traits_of(const providers::ProviderSecrets& secrets, Currency house) {
  if (house == Currency()) return payu_traits();
  std::vector<Currency> taken;
  if (!secrets.first({"account_id"}).empty()) taken.push_back(house);
  for (const auto& one : payu_traits().currencies) {
    if (!secrets.first({fmt::format("account_id_{}", country_of(one.code))}).empty())
      taken.push_back(Currency::of(one.code));
  }
  return payu_traits().of_account(taken);
}

class PayU final : public PaymentProvider {
 public:
  PayU(const providers::ProviderSecrets& secrets, const providers::ProviderSettings& settings,
       Keys keys)
      : traits_(traits_of(secrets, settings.currency)),
        is_test_(settings.environment == ProviderEnvironment::Test),
        keys_(std::move(keys)),
        secrets_(secrets),
        api_login_(secrets.first({"api_login"})),
        merchant_id_(secrets.first({"merchant_id"})),
        checkout_url_(payu_base(settings, "checkout") + std::string(kCheckout)),
        caller_({.title = "PayU",
                 .base_url = payu_base(settings, "api"),
                 .secrets = secrets.values(),
                 .told = payu_told,
                 .patience_ms = settings.patience_ms,
                 .stopping = settings.stopping}) {}

  const ProviderTraits& traits() const override { return traits_; }
  HeardNotice hear(const ProviderNotice& notice) const override {
    return payu::hear(notice, keys_);
  }

  Result<void> check_keys() override;
  Result<PaymentPlace> ask(const PaymentOrder& order) override;
  Result<bool> withdraw(std::string_view) override {
    return false;
  }  // A form lives until it expires.
  Result<Payments> look_up(const ProviderLookup& lookup) override;

 private:
  Result<JsonAnswer> orders_of(std::string_view reference);
  void read_order(const JsonRef& order, Payments& payments) const;

  ProviderTraits traits_;
  bool is_test_;
  Keys keys_;
  providers::ProviderSecrets secrets_;
  std::string api_login_, merchant_id_;
  std::string checkout_url_;
  providers::HttpCaller caller_;
};

Result<PaymentPlace> PayU::ask(const PaymentOrder& order) {
  RETURN_IF_ERROR(providers::check_order(traits_, order));
  const std::string_view currency = order.amount.currency.code(), country = country_of(currency);
  const std::string account = secrets_.first({fmt::format("account_id_{}", country), "account_id"});
  const bool can_sign = !keys_.api_keys.empty() &&
                        (keys_.algorithm != Algorithm::HmacSha256 || !keys_.secret_keys.empty());
  const bool has_keys = can_sign && !merchant_id_.empty() && !account.empty();
  if (!has_keys)
    return fail(ErrorCode::Forbidden,
                "PayU: api_key, merchant_id and account_id are needed in its secrets file, with "
                "HMAC-SHA256 secret_key as well");
  const std::string amount = providers::decimal_of(order.amount);
  const std::string message = fmt::format("{}~{}~{}~{}~{}", keys_.api_keys.front(), merchant_id_,
                                          order.reference, amount, currency);
  std::string until =
      format_utc({order.expires_at.ms -
                  order.expires_at.ms % kSecondMs});  // Hours later than here: never too early.
  until.replace(10, 1, " ").pop_back();
  PaymentPlace place{.provider_link_id = {}, .url = checkout_url_, .form = {}, .expires_at = {}};
  place.form = {{"merchantId", merchant_id_},
                {"accountId", account},
                {"referenceCode", order.reference},
                {"description", order.title},
                {"amount", amount},
                {"tax", "0"},
                {"taxReturnBase", "0"},
                {"currency", std::string(currency)},
                {"signature", sign(keys_.algorithm, message,
                                   keys_.secret_keys.empty() ? "" : keys_.secret_keys.front())},
                {"algorithmSignature", std::string(text_of(keys_.algorithm))},
                {"test", is_test_ ? "1" : "0"},
                {"lng", "es"},
                {"expirationDate", until}};
  const auto add_known = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) place.form.emplace_back(name, value);
  };
  add_known("buyerEmail", order.payer_email);
  add_known("responseUrl", order.return_url);
  add_known("confirmationUrl", order.notice_url);
  add_known("paymentMethods", order.method);
  return place;
}

Result<JsonAnswer> PayU::orders_of(std::string_view reference) {
  if (api_login_.empty() || keys_.api_keys.empty())
    return fail(ErrorCode::Forbidden,
                "PayU: api_login and api_key are missing in its secrets file");
  JsonWriter body;
  body.open('{')
      .member("language", "es")
      .member("command", "ORDER_DETAIL_BY_REFERENCE_CODE")
      .key("merchant")
      .open('{')
      .member("apiLogin", api_login_);
  body.member("apiKey", keys_.api_keys.front())
      .close('}')
      .key("details")
      .open('{')
      .member("referenceCode", reference)
      .close('}')
      .member("test", false);
  ASSIGN_OR_RETURN(JsonAnswer answer, caller_.call({.method = "POST",
                                                    .path = std::string(kReports),
                                                    .headers = {},
                                                    .body = body.close('}').take()}));
  if (answer.root()["code"].text() == "SUCCESS") return answer;
  const std::string told = payu_told(answer.root());
  const bool is_about_keys = told.contains("redencial") || told.contains("redential");
  return fail(is_about_keys ? ErrorCode::Forbidden : ErrorCode::Unavailable, "PayU answered: {}",
              told.empty() ? "no SUCCESS" : told.substr(0, 200));
}

Result<void> PayU::check_keys() {
  RETURN_IF_ERROR(orders_of("PT"));
  return {};
}

void PayU::read_order(const JsonRef& order, Payments& payments) const {
  const JsonRef asked = order["additionalValues"]["TX_VALUE"];
  const auto amount_of = [&](const JsonRef& transaction) {
    const JsonRef own = transaction["additionalValues"]["TX_VALUE"];
    return providers::money_of_decimal((own ? own : asked)["value"],
                                       (own ? own : asked)["currency"].text());
  };
  const size_t first = payments.size();
  for (const JsonRef transaction : order["transactions"]) {
    const std::string type = transaction["type"].text();
    const JsonRef response = transaction["transactionResponse"];
    const auto amount = amount_of(transaction);
    if (!type.starts_with("AUTHORIZATION") || !amount) continue;
    ProviderPayment payment{.id = transaction["id"].text(),
                            .reference = order["referenceCode"].text()};
    payment.status = status_of_state(type, response["state"].text());
    payment.amount = *amount;
    payment.method = transaction["paymentMethod"].text();
    if (const auto at = response["operationDate"].integer();
        at && payments::is_money(payment.status))
      payment.paid_at = Instant{*at};
    payment.is_ours = order["isTest"].kind() != JsonKind::True || is_test_;
    if (!payment.is_ours) payment.trouble = "wrong_environment";
    payments.push_back(std::move(payment));
  }
  for (const JsonRef transaction : order["transactions"]) {  // What undoes another names it.
    const std::string type = transaction["type"].text();
    const auto amount = amount_of(transaction);
    const auto undone = std::find_if(payments.begin() + static_cast<ptrdiff_t>(first),
                                     payments.end(), [&](const ProviderPayment& one) {
                                       return one.id == transaction["parentTransactionId"].text();
                                     });
    const bool is_back = type == "VOID" || type == "REFUND" || type == "PARTIAL_REFUND";
    if (!is_back || undone == payments.end() || !amount ||
        transaction["transactionResponse"]["state"].text() != "APPROVED")
      continue;
    if (__builtin_add_overflow(undone->refunded_minor, amount->minor, &undone->refunded_minor))
      undone->refunded_minor = undone->amount.minor;
    undone->refunded_minor = std::min(undone->refunded_minor, undone->amount.minor);
    const bool is_all = undone->refunded_minor == undone->amount.minor;
    undone->status = type == "VOID" ? ProviderStatus::Voided
                     : is_all       ? ProviderStatus::Refunded
                                    : ProviderStatus::PartiallyRefunded;
  }
}

Result<Payments> PayU::look_up(const ProviderLookup& lookup) {
  if (lookup.reference.empty())
    return fail(ErrorCode::Invalid, "PayU finds payments by our reference alone");
  ASSIGN_OR_RETURN(const JsonAnswer answer, orders_of(lookup.reference));
  const JsonRef payload = answer.root()["result"]["payload"];
  Payments payments;
  if (payload.is_object()) read_order(payload, payments);
  if (payload.is_array()) {
    for (const JsonRef order : payload) read_order(order, payments);
  }
  std::ranges::reverse(payments);
  if (lookup.provider_payment_id.empty()) return payments;
  std::erase_if(payments,
                [&](const ProviderPayment& one) { return one.id != lookup.provider_payment_id; });
  if (payments.empty())
    return fail(ErrorCode::NotFound, "PayU knows no payment '{}' of reference '{}'",
                lookup.provider_payment_id, lookup.reference);
  return payments;
}

}  // namespace

Result<std::unique_ptr<PaymentProvider>> open(const providers::ProviderSecrets& secrets,
                                              const providers::ProviderSettings& settings) {
  Keys keys{
      .api_keys = secrets.all({"api_key"}),
      .secret_keys = secrets.all({"secret_key", "hmac_key", "hmac_secret", "hmac_secret_key"}),
      .merchant_id = secrets.first({"merchant_id"})};
  const std::string said =
      secrets.first({"algorithm", "signature_algorithm", "algorithm_signature"});
  if (said.empty() && !keys.secret_keys.empty())
    keys.algorithm = Algorithm::HmacSha256;  // There for nothing else.
  if (!said.empty()) {
    const auto algorithm = algorithm_of(said);
    if (!algorithm)
      return fail(ErrorCode::Invalid,
                  "PayU: algorithm '{}' is unknown (known are MD5, SHA, SHA256, HMAC-SHA256)",
                  said);
    keys.algorithm = *algorithm;
  }
  return std::make_unique<PayU>(secrets, settings, std::move(keys));
}

}  // namespace puntual::payu
