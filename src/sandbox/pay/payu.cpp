#include "sandbox/pay/payu.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "base/foreign_crypto.h"
#include "base/json_text.h"
#include "base/json_writer.h"
#include "base/money.h"
#include "base/percent.h"

namespace puntual::sandbox {
namespace {

constexpr std::string_view kPayuCheckout = "/ppp-web-gateway-payu/",
                           kPayuPage = "/ppp-web-gateway-payu/app/",
                           kPayuReports = "/reports-api/4.0/service.cgi";
constexpr int64_t kFirstPayuOrder = 1'400'000'000;

std::string payu_digest(const PayWorld& world, std::string_view api_key, std::string_view message) {
  const std::string algorithm = world.secret("algorithm"),
                    text = fmt::format("{}~{}", api_key, message);
  if (algorithm == "SHA") return sha1_hex(text);
  if (algorithm == "SHA256") return hex(sha256(text));
  return algorithm == "HMAC-SHA256" ? hex(hmac_sha256(world.secret("secret_key"), text))
                                    : md5_hex(text);
}

// Two decimals, whatever the currency has.
std::string payu_value(int64_t minor, std::string_view currency) {
  const std::string decimal = format_decimal({minor, Currency::of(currency)});
  return decimal.contains('.') ? decimal : decimal + ".00";
}

std::string_view payu_state_pol(ChargeState state) {
  switch (state) {
    case ChargeState::Paid:
      return "4";
    case ChargeState::Declined:
      return "6";
    case ChargeState::Expired:
      return "5";
    default:
      return "104";
  }
}

std::string_view payu_state(ChargeState state) {
  switch (state) {
    case ChargeState::Pending:
      return "PENDING";
    case ChargeState::Declined:
      return "DECLINED";
    case ChargeState::Expired:
      return "EXPIRED";
    case ChargeState::Error:
      return "ERROR";
    default:
      return "APPROVED";
  }
}

void add_tx_value(JsonWriter& json, int64_t minor, std::string_view currency) {
  json.key("additionalValues")
      .open('{')
      .key("TX_VALUE")
      .open('{')
      .key("value")
      .number(format_decimal({minor, Currency::of(currency)}));
  json.member("currency", currency).close('}').close('}');
}

void write_transactions(JsonWriter& json, const Charge& charge) {
  json.open('{')
      .member("id", charge.id)
      .member("type", "AUTHORIZATION_AND_CAPTURE")
      .member("paymentMethod", charge.method)
      .key("parentTransactionId")
      .null();
  json.key("transactionResponse")
      .open('{')
      .member("state", payu_state(charge.state))
      .member("operationDate", charge.paid_at.value_or(charge.changed_at).ms)
      .close('}');
  add_tx_value(json, charge.minor, charge.currency);
  json.close('}');
  if (charge.refunded_minor == 0) return;
  const std::string_view type = charge.refunded_minor == charge.minor ? "REFUND" : "PARTIAL_REFUND";
  json.open('{')
      .member("id", charge.id + "-r")
      .member("type", type)
      .member("parentTransactionId", charge.id);
  json.key("transactionResponse")
      .open('{')
      .member("state", "APPROVED")
      .member("operationDate", charge.changed_at.ms)
      .close('}');
  add_tx_value(json, charge.refunded_minor, charge.currency);
  json.close('}');
}

class PayuSimulator final : public PaySimulator {
 public:
  std::string_view name() const override { return "payu"; }
  std::map<std::string, std::string> default_secrets() const override {
    return {{"api_key", "Sandbox0ApiKeyPayU"}, {"old_api_key", "Sandbox0ApiKeyVieja"},
            {"api_login", "Sandbox0Login"},    {"merchant_id", "508029"},
            {"account_id", "512321"},          {"algorithm", "MD5"}};
  }
  std::vector<int64_t> retry_after_ms() const override {
    return {5 * kMinuteMs, 15 * kMinuteMs, kHourMs, 6 * kHourMs, 24 * kHourMs};
  }
  bool knows(ChargeState state) const override {
    return state <= ChargeState::Expired || state == ChargeState::PartlyRefunded ||
           state == ChargeState::Refunded;
  }

  http::Response answer(PayWorld& world, const http::Request& request, std::string_view path,
                        Instant now) override {
    if (request.method == http::Method::Post && path == kPayuCheckout)
      return open_checkout(world, request, now);
    if (request.method == http::Method::Post && path == kPayuReports)
      return report(world, request, now);
    return http::text_response(404, "Not found");
  }
  PayPlace* place_at(PayWorld& world, const http::Request&, std::string_view path,
                     Instant) override {
    return path.starts_with(kPayuPage) ? world.place(path.substr(kPayuPage.size())) : nullptr;
  }
  void name_charge(PayWorld& world, const PayPlace& place, Charge& charge, Instant) override {
    charge.id =
        world.random.hex128().insert(8, "-").insert(13, "-").insert(18, "-").insert(23, "-");
    charge.reference = place.reference;
  }
  std::vector<PayNotice> notices_of(PayWorld& world, const Charge& charge, const NoticeTwist& twist,
                                    Instant now) override;
  std::string return_query(const PayPlace& place, const Charge& charge) const override {
    return fmt::format("referenceCode={}&transactionState={}&transactionId={}", place.reference,
                       payu_state_pol(charge.state), charge.id);
  }

 private:
  http::Response open_checkout(PayWorld& world, const http::Request& request, Instant now);
  http::Response report(PayWorld& world, const http::Request& request, Instant now);
};

// A form of ours, sealed by our key: the payer goes on to the page of its reference.
http::Response PayuSimulator::open_checkout(PayWorld& world, const http::Request& request,
                                            Instant now) {
  const FormFields form = form_fields(request.body);
  const auto field = [&](std::string_view name) { return std::string(field_of(form, name)); };
  const std::string reference = field("referenceCode"),
                    sealed = fmt::format("{}~{}~{}~{}", field("merchantId"), reference,
                                         field("amount"), field("currency"));
  const auto currency = Currency::parse(field("currency"));
  const auto minor = currency ? parse_minor(field("amount"), *currency, '.')
                              : fail(ErrorCode::Invalid, "currency");
  const bool is_sealed = field("merchantId") == world.secret("merchant_id") &&
                         field("signature") == payu_digest(world, world.secret("api_key"), sealed);
  if (!is_sealed)
    return http::text_response(400, "La firma digital de la transacción no es válida");
  if (field("accountId") != world.secret("account_id") ||
      field("algorithmSignature") != world.secret("algorithm"))
    return http::text_response(400, "La cuenta no es válida");
  if (reference.empty() || reference.size() > 255 || !minor || *minor <= 0 ||
      field("description").empty())
    return http::text_response(400, "Faltan datos del pago");
  if (field("tax") != "0" || field("taxReturnBase") != "0")
    return http::text_response(400, "El impuesto no corresponde");
  const auto expiry = parse_rfc3339(field("expirationDate").replace(10, 1, "T") + "Z");
  if (!expiry) return http::text_response(400, "expirationDate: se espera AAAA-MM-DD hh:mm:ss");
  std::vector<std::string> methods;
  for (std::string_view rest = field_of(form, "paymentMethods"); !rest.empty();) {
    const size_t comma = std::min(rest.find(','), rest.size());
    methods.emplace_back(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  const bool is_pse_abroad =
      std::ranges::find(methods, "PSE") != methods.end() && field("currency") != "COP";
  if (is_pse_abroad)
    return http::text_response(400, "El medio de pago no está disponible en este país");
  const PayPlace* place = world.place(reference);
  if (place != nullptr && place->minor != *minor)
    return http::text_response(400, "La referencia ya existe");
  if (place == nullptr) {
    place = &world.places.emplace_back(PayPlace{.id = reference,
                                                .reference = reference,
                                                .title = field("description"),
                                                .currency = field("currency"),
                                                .minor = *minor,
                                                .made_at = now,
                                                .expires_at = *expiry,
                                                .methods = std::move(methods),
                                                .return_url = field("responseUrl"),
                                                .notice_url = field("confirmationUrl")});
  }
  return {.status = 303,
          .headers = {{"Location", fmt::format("{}{}{}", world.base_url, kPayuPage, place->id)}}};
}

// ORDER_DETAIL_BY_REFERENCE_CODE: an order for each reference, with all that was tried and given
// back.
http::Response PayuSimulator::report(PayWorld& world, const http::Request& request, Instant now) {
  const auto document = JsonDocument::read(request.body);
  const JsonRef given = document ? document->root() : JsonRef();
  const bool is_known = given["merchant"]["apiLogin"].text() == world.secret("api_login") &&
                        given["merchant"]["apiKey"].text() == world.secret("api_key");
  if (!is_known)
    return http::json_response(
        200, R"({"code":"ERROR","error":"Credenciales inválidas","result":null})");
  if (given["command"].text() != "ORDER_DETAIL_BY_REFERENCE_CODE")
    return http::json_response(200,
                               R"({"code":"ERROR","error":"Comando desconocido","result":null})");
  const std::string reference = given["details"]["referenceCode"].text();
  JsonWriter json;
  json.open('{')
      .member("code", "SUCCESS")
      .key("error")
      .null()
      .key("result")
      .open('{')
      .key("payload");
  const PayPlace* const place = world.place(reference);
  const bool has_any = std::ranges::any_of(world.charges, [&](const Charge& one) {
    return one.reference == reference && !one.is_foreign && one.readable_at <= now;
  });
  if (place == nullptr || !has_any)
    return http::json_response(200, json.null().close('}').close('}').take());
  json.open('[')
      .open('{')
      .member("id", kFirstPayuOrder)
      .member("accountId", world.secret("account_id"))
      .member("referenceCode", reference)
      .member("isTest", true);
  add_tx_value(json, place->minor, place->currency);
  json.key("transactions").open('[');
  for (const Charge& charge : world.charges) {
    if (charge.reference == reference && !charge.is_foreign && charge.readable_at <= now)
      write_transactions(json, charge);
  }
  return http::json_response(200,
                             json.close(']').close('}').close(']').close('}').close('}').take());
}

// Only of what is final; of money that went back the reports alone know.
std::vector<PayNotice> PayuSimulator::notices_of(PayWorld& world, const Charge& charge,
                                                 const NoticeTwist& twist, Instant now) {
  if (charge.state == ChargeState::Pending || charge.refunded_minor > 0) return {};
  const std::string value = payu_value(charge.minor, charge.currency),
                    reference = twist.null_reference ? "" : charge.reference;
  const std::string_view state = twist.unknown_type ? "99" : payu_state_pol(charge.state);
  const std::string signed_value = value.ends_with('0') ? value.substr(0, value.size() - 1) : value;
  const std::string merchant = charge.is_foreign ? "500000" : world.secret("merchant_id");
  const std::string sealed =
      fmt::format("{}~{}~{}~{}~{}", merchant, reference, signed_value, charge.currency, state);
  std::string sign = payu_digest(world, world.signing_secret("api_key", twist.signing), sealed);
  if (twist.upper_case)
    std::ranges::transform(sign, sign.begin(),
                           [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  std::string date = format_utc({now.ms - now.ms % kSecondMs});
  date.replace(10, 1, "+").pop_back();
  std::string body = fmt::format(
      "merchant_id={}&state_pol={}&response_code_pol=1&response_message_pol={}&reference_sale={}&"
      "reference_pol={}&transaction_id={}"
      "&value={}&tax=0.00&currency={}&payment_method_name={}&test={}&transaction_date={}&email_"
      "buyer=pagador%40example.com&sign={}",
      merchant, state, payu_state(charge.state), reference, kFirstPayuOrder, charge.id,
      twist.altered ? payu_value(charge.minor + 100, charge.currency) : value, charge.currency,
      charge.method, twist.other_environment ? "0" : "1", date, sign);
  if (twist.extra_fields) body += "&campo_nuevo=%C3%B1and%C3%BA+1.5&vacio";
  return {
      {.body = std::move(body), .headers = {"Content-Type: application/x-www-form-urlencoded"}}};
}

}  // namespace

std::unique_ptr<PaySimulator> make_payu_simulator() { return std::make_unique<PayuSimulator>(); }

}  // namespace puntual::sandbox
