#include "sandbox/pay/mercadopago.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/crypto.h"
#include "base/json_text.h"
#include "base/money.h"

namespace puntual::sandbox {
namespace {

constexpr int64_t kFirstPayment = 133712345000, kFirstMerchantOrder = 27000000000,
                  kFirstNotice = 118800000000;
constexpr int32_t kCentre = -4 * 3600;  // Dates carry the offset of their centre, not the payer's.

http::Response mp_error(int status, std::string_view message,
                        std::string_view error = "bad_request") {
  return http::json_response(
      status,
      to_json(json::object{
          {"message", message}, {"error", error}, {"status", status}, {"cause", json::array{}}}));
}

std::string mp_date(Instant at) {
  std::string text = format_rfc3339({at.ms - at.ms % kSecondMs}, kCentre);
  return text.insert(text.size() - 6, fmt::format(".{:03}", at.ms % kSecondMs));
}

// Units of the currency, as a number.
void add_mp_amount(JsonWriter& json, std::string_view name, int64_t minor,
                   std::string_view currency) {
  json.key(name).number(format_decimal({minor, Currency::of(currency)}));
}

std::string mp_account(const PayWorld& world) {
  const std::string said = world.secret("collector_id"), token = world.secret("access_token");
  return said.empty() ? token.substr(token.rfind('-') + 1) : said;
}
bool is_mp_live(const PayWorld& world) {
  return !world.secret("access_token").starts_with("TEST-");
}

std::pair<std::string_view, std::string_view> mp_status(const Charge& charge) {
  switch (charge.state) {
    case ChargeState::Pending:
      return {"pending", "pending_waiting_payment"};
    case ChargeState::Paid:
      return {"approved", "accredited"};
    case ChargeState::Declined:
      return {"rejected", "cc_rejected_insufficient_amount"};
    case ChargeState::Expired:
      return {"cancelled", "expired"};
    case ChargeState::PartlyRefunded:
      return {"approved", "partially_refunded"};
    case ChargeState::Refunded:
      return {"refunded", "refunded"};
    case ChargeState::Disputed:
      return {"in_mediation", "pending"};
    case ChargeState::Chargeback:
      return {"charged_back", "settled"};
    case ChargeState::Error:
    case ChargeState::Voided:
      break;
  }
  return {"in_process", "pending_contingency"};
}

int64_t merchant_order_of(const PayWorld& world, std::string_view place_id) {
  const auto found = std::ranges::find(world.places, place_id, &PayPlace::id);
  return kFirstMerchantOrder + (found - world.places.begin());
}

// Orders name their payments themselves; a number for the same one is told as well.
constexpr int64_t kFirstTwin = 144'000'000'000;
bool is_mp_order(std::string_view place_id) { return place_id.starts_with("ORD"); }
std::string mp_number_of(const PayWorld& world, const Charge& charge) {
  if (!is_mp_order(charge.place_id)) return charge.id;
  return std::to_string(kFirstTwin + (std::ranges::find(world.charges, charge.id, &Charge::id) -
                                      world.charges.begin()));
}
const Charge* charge_of_mp_number(const PayWorld& world, std::string_view number, Instant now) {
  const auto found = std::ranges::find_if(
      world.charges, [&](const Charge& one) { return mp_number_of(world, one) == number; });
  return found == world.charges.end() || found->readable_at > now ? nullptr : &*found;
}

std::pair<std::string_view, std::string_view> mp_order_status(ChargeState state) {
  switch (state) {
    case ChargeState::Pending:
      return {"action_required", "waiting_payment"};
    case ChargeState::Paid:
      return {"processed", "accredited"};
    case ChargeState::PartlyRefunded:
      return {"processed", "partially_refunded"};
    case ChargeState::Refunded:
      return {"refunded", "refunded"};
    case ChargeState::Expired:
      return {"expired", "expired"};
    case ChargeState::Chargeback:
      return {"charged_back", "settled"};
    default:
      return {"failed", "rejected"};
  }
}

// By a card the payer pays a tenth of interest on top, and the business a fee of three in a
// hundred: neither is the debt.
void write_payment(JsonWriter& json, const PayWorld& world, const Charge& charge) {
  const auto [status, detail] = mp_status(charge);
  const bool is_card = charge.method == "visa";
  const int64_t per_unit = Currency::of(charge.currency).minor_per_major(),
                interest = is_card ? charge.minor / 10 / per_unit * per_unit : 0;
  const int64_t fee = charge.minor * 3 / 100 / per_unit * per_unit;
  json.open('{')
      .key("id")
      .number(mp_number_of(world, charge))
      .member("status", status)
      .member("status_detail", detail)
      .member("external_reference", charge.reference);
  add_mp_amount(json, "transaction_amount", charge.minor, charge.currency);
  add_mp_amount(json, "transaction_amount_refunded", charge.refunded_minor, charge.currency);
  json.member("currency_id", charge.currency)
      .member("payment_method_id", charge.method)
      .member("payment_type_id", is_card ? "credit_card" : "bank_transfer");
  json.member("date_created", mp_date(charge.made_at))
      .member("date_last_updated", mp_date(charge.changed_at))
      .key("date_approved");
  if (charge.paid_at)
    json.value(mp_date(*charge.paid_at));
  else
    json.null();
  const bool is_in_order = is_mp_order(charge.place_id);
  json.key("order").open('{').member(
      "id",
      is_in_order ? charge.place_id : std::to_string(merchant_order_of(world, charge.place_id)));
  json.member("type", is_in_order ? "online" : "mercadopago").close('}');
  json.key("transaction_details").open('{');
  add_mp_amount(json, "net_received_amount", charge.minor - fee, charge.currency);
  add_mp_amount(json, "total_paid_amount", charge.minor + interest, charge.currency);
  json.close('}')
      .key("fee_details")
      .open('[')
      .open('{')
      .member("type", "mercadopago_fee")
      .member("fee_payer", "collector");
  add_mp_amount(json, "amount", fee, charge.currency);
  json.close('}').open('{').member("type", "financing_fee").member("fee_payer", "payer");
  add_mp_amount(json, "amount", interest, charge.currency);
  json.close('}')
      .close(']')
      .member("captured", true)
      .member("live_mode", is_mp_live(world))
      .key("collector_id");
  json.number(charge.is_foreign ? "55667788" : mp_account(world)).close('}');
}

http::Response preference_response(const PayWorld& world, const PayPlace& place, int status) {
  json::object json = place.details;
  json["id"] = place.id;
  json["collector_id"] = mp_account(world);
  json["external_reference"] = place.reference;
  json["date_created"] = mp_date(place.made_at);
  json["operation_type"] = "regular_payment";
  const std::string page =
      fmt::format("{}/checkout/v1/redirect?pref_id={}", world.base_url, place.id);
  json["init_point"] = page;
  json["sandbox_init_point"] = page;
  return http::json_response(status, to_json(json));
}

constexpr std::pair<std::string_view, std::string_view> kMpCountries[] = {
    {"ARS", "ARG"}, {"BRL", "BRA"}, {"CLP", "CHL"}, {"COP", "COL"},
    {"MXN", "MEX"}, {"PEN", "PER"}, {"UYU", "URY"}};

// Amounts are texts here.
http::Response mp_order_response(const PayWorld& world, const PayPlace& place, int status,
                                 Instant now) {
  Instant changed = place.made_at;
  bool is_foreign = false;
  std::string_view state = place.is_active ? "created" : "canceled", currency = place.currency;
  JsonWriter json;
  json.open('{')
      .member("id", place.id)
      .member("type", "online")
      .member("external_reference", place.reference);
  json.member("total_amount", format_decimal({place.minor, Currency::of(place.currency)}))
      .key("transactions")
      .open('{')
      .key("payments")
      .open('[');
  for (const auto& charge : world.charges) {
    if (charge.place_id != place.id || charge.readable_at > now) continue;
    const auto [said, detail] = mp_order_status(charge.state);
    state = said;
    currency = charge.currency;
    changed = std::max(changed, charge.changed_at);
    is_foreign = is_foreign || charge.is_foreign;
    json.open('{')
        .member("id", charge.id)
        .member("amount", format_decimal({charge.minor, Currency::of(charge.currency)}))
        .member("status", said)
        .member("status_detail", detail);
    json.key("payment_method").open('{').member("id", charge.method).close('}').close('}');
  }
  json.close(']').key("refunds").open('[');
  for (const auto& charge : world.charges) {
    if (charge.place_id != place.id || charge.refunded_minor == 0) continue;
    json.open('{')
        .member("id", "REF" + charge.id)
        .member("transaction_id", charge.id)
        .member("amount", format_decimal({charge.refunded_minor, Currency::of(charge.currency)}));
    json.member("status", "processed").close('}');
  }
  json.close(']')
      .close('}')
      .member("status", state)
      .member("last_updated_date", mp_date(changed))
      .member("user_id", is_foreign ? "55667788" : mp_account(world));
  const auto* const country =
      std::ranges::find(kMpCountries, currency, [](const auto& one) { return one.first; });
  if (country != std::end(kMpCountries))
    json.member("country_code", country->second);
  else
    json.member("currency", currency);
  json.member("checkout_url",
              fmt::format("{}/checkout/v1/redirect?pref_id={}", world.base_url, place.id))
      .close('}');
  return http::json_response(status, json.take());
}

class MercadoPagoSimulator final : public PaySimulator {
 public:
  std::string_view name() const override { return "mercadopago"; }
  std::map<std::string, std::string> default_secrets() const override {
    return {
        {"access_token", "TEST-1234567890123456-112100-0123456789abcdef0123456789abcdef-99001122"},
        {"webhook_secret", "mpsandbox9f2c7a1e5b4d8360aa11bb22cc33"},
        {"old_webhook_secret", "mpsandbox0antiguo0000000000000000000"}};
  }
  std::vector<int64_t> retry_after_ms() const override {
    return {15 * kMinuteMs, 15 * kMinuteMs, 15 * kMinuteMs, kHourMs,
            6 * kHourMs,    kDayMs,         kDayMs,         kDayMs};
  }
  bool knows(ChargeState state) const override {
    return state != ChargeState::Error && state != ChargeState::Voided;
  }

  http::Response answer(PayWorld& world, const http::Request& request, std::string_view path,
                        Instant now) override;
  PayPlace* place_at(PayWorld& world, const http::Request& request, std::string_view path,
                     Instant now) override;
  void name_charge(PayWorld& world, const PayPlace& place, Charge& charge, Instant now) override;
  std::vector<PayNotice> notices_of(PayWorld& world, const Charge& charge, const NoticeTwist& twist,
                                    Instant now) override;
  std::string return_query(const PayPlace& place, const Charge& charge) const override {
    return fmt::format("payment_id={}&status={}&external_reference={}&preference_id={}", charge.id,
                       mp_status(charge).first, charge.reference, place.id);
  }

 private:
  http::Response make_preference(PayWorld& world, const http::Request& request, Instant now);
  http::Response put_preference(PayWorld& world, const http::Request& request, PayPlace& place,
                                Instant now);
  http::Response search(PayWorld& world, const http::Request& request, Instant now);
  http::Response merchant_order(PayWorld& world, std::string_view id, Instant now);
  http::Response orders(PayWorld& world, const http::Request& request, std::string_view path,
                        Instant now);
  http::Response make_order(PayWorld& world, const http::Request& request, Instant now);
  http::Response refund(PayWorld& world, const http::Request& request, Charge* charge,
                        std::string_view amount, Instant now);
  PayNotice signed_notice(PayWorld& world, const Charge& charge, std::string_view topic,
                          std::string_view action, const NoticeTwist& twist, Instant now);

  std::set<std::string, std::less<>> refunds_;  // The keys of those that have happened.
};

http::Response MercadoPagoSimulator::answer(PayWorld& world, const http::Request& request,
                                            std::string_view path, Instant now) {
  if (request.headers.get("Authorization") != "Bearer " + world.secret("access_token"))
    return mp_error(401, "invalid access token", "unauthorized");
  const auto after = [&](std::string_view prefix) {
    return path.starts_with(prefix) ? path.substr(prefix.size()) : std::string_view();
  };
  if (path == "/users/me")
    return http::json_response(
        200, fmt::format(R"({{"id":{},"nickname":"PRUEBA"}})", mp_account(world)));
  if (path == "/checkout/preferences" && request.method == http::Method::Post)
    return make_preference(world, request, now);
  if (const auto id = after("/checkout/preferences/"); !id.empty()) {
    PayPlace* const place = world.place(id);
    if (place == nullptr) return mp_error(404, "preference not found", "not_found");
    return request.method == http::Method::Put ? put_preference(world, request, *place, now)
                                               : preference_response(world, *place, 200);
  }
  if (path.starts_with("/v1/orders"))
    return orders(world, request, path.substr(std::string_view("/v1/orders").size()), now);
  if (const auto id = after("/v1/payments/");
      request.method == http::Method::Post && id.ends_with("/refunds")) {
    const auto given = JsonDocument::read(request.body);
    return refund(world, request, world.readable_charge(id.substr(0, id.find('/')), now),
                  given ? given->root()["amount"].raw() : std::string_view(), now);
  }
  if (request.method != http::Method::Get) return mp_error(405, "method not allowed");
  if (path == "/v1/payments/search") return search(world, request, now);
  if (const auto id = after("/v1/payments/"); !id.empty()) {
    const Charge* const charge = charge_of_mp_number(world, id, now);
    if (charge == nullptr) return mp_error(404, "Payment not found", "not_found");
    JsonWriter json;
    write_payment(json, world, *charge);
    return http::json_response(200, json.take());
  }
  if (const auto id = after("/merchant_orders/"); !id.empty())
    return merchant_order(world, id, now);
  if (const auto id = after("/v1/chargebacks/"); !id.empty()) {
    const Charge* const charge = world.charge(
        id.substr(std::min<size_t>(1, id.size())));  // Ours are the payment's id behind a 2.
    if (charge == nullptr || charge->state != ChargeState::Chargeback)
      return mp_error(404, "Chargeback not found", "not_found");
    return http::json_response(200, fmt::format(R"({{"id":"{}","payments":[{}],"currency":"{}"}})",
                                                id, charge->id, charge->currency));
  }
  return mp_error(404, "resource not found", "not_found");
}

// Pesos of Colombia and Chile have no decimals there.
std::optional<int64_t> minor_of_mp_price(const JsonRef& price, std::string_view currency_code) {
  const auto currency = Currency::parse(currency_code);
  if (price.kind() != JsonKind::Number || !currency) return std::nullopt;
  const auto minor = parse_minor(price.raw(), *currency, '.');
  if (!minor || *minor <= 0) return std::nullopt;
  const bool is_whole_only = currency_code == "COP" || currency_code == "CLP";
  return is_whole_only && *minor % currency->minor_per_major() != 0 ? std::nullopt
                                                                    : std::optional(*minor);
}

// What the payer can choose among, by the money's country.
std::vector<std::string> mp_types_for(std::string_view currency) {
  std::vector<std::string> types = {"credit_card", "debit_card"};
  for (const std::string_view one : {"BRL", "CLP", "COP", "MXN"}) {
    if (one == currency) types.emplace_back("bank_transfer");
  }
  for (const std::string_view one : {"ARS", "BRL", "COP", "MXN", "PEN"}) {
    if (one == currency) types.emplace_back("ticket");
  }
  return types;
}

http::Response MercadoPagoSimulator::make_preference(PayWorld& world, const http::Request& request,
                                                     Instant now) {
  const std::string key(request.headers.get("X-Idempotency-Key"));
  for (const auto& known : world.places) {
    const auto* used = known.details.if_contains("idempotency_key");
    if (!key.empty() && used != nullptr && used->as_string() == key)
      return preference_response(world, known, 201);
  }
  const auto document = JsonDocument::read(request.body);
  if (!document) return mp_error(400, "invalid json");
  const JsonRef given = document->root();
  PayPlace place{.id = fmt::format("{}-{}", mp_account(world), world.random.hex128()),
                 .reference = given["external_reference"].text(),
                 .made_at = now,
                 .is_single_use = false,
                 .return_url = given["back_urls"]["success"].text(),
                 .notice_url = given["notification_url"].text()};
  for (const JsonRef item : given["items"]) {
    place.title = item["title"].text();
    place.currency = item["currency_id"].text();
    const auto price = minor_of_mp_price(item["unit_price"], place.currency);
    if (!price || place.title.empty())
      return mp_error(
          400,
          "items: title, currency_id and unit_price (with the currency's decimals) are needed");
    place.minor += *price * item["quantity"].integer().value_or(1);
  }
  if (place.minor == 0) return mp_error(400, "items needed");
  if (const JsonRef excluded = given["payment_methods"]["excluded_payment_types"]) {
    place.methods = mp_types_for(place.currency);
    for (const JsonRef one : excluded) std::erase(place.methods, one["id"].text());
    if (place.methods.empty()) return mp_error(400, "no payment method is left to pay by");
  }
  if (given["expires"].kind() == JsonKind::True) {
    const auto until = parse_rfc3339(given["expiration_date_to"].text());
    if (!until || *until <= now) return mp_error(400, "expiration_date_to must be a date to come");
    place.expires_at = *until;
  }
  if (!key.empty()) place.details["idempotency_key"] = key;
  world.places.push_back(std::move(place));
  return preference_response(world, world.places.back(), 201);
}

http::Response MercadoPagoSimulator::make_order(PayWorld& world, const http::Request& request,
                                                Instant now) {
  const std::string key(request.headers.get("X-Idempotency-Key"));
  if (key.empty()) return mp_error(400, "X-Idempotency-Key is needed");
  for (const auto& known : world.places) {
    const auto* used = known.details.if_contains("idempotency_key");
    if (used != nullptr && used->as_string() == key)
      return mp_order_response(world, known, 201, now);
  }
  const auto document = JsonDocument::read(request.body);
  if (!document) return mp_error(400, "invalid json");
  const JsonRef given = document->root();
  // An account has the money of one country, which an order need not name.
  PayPlace place{.id = "ORD" + world.random_text(23),
                 .reference = given["external_reference"].text(),
                 .currency = given["currency"].text(),
                 .made_at = now,
                 .is_single_use = false,
                 .return_url = given["config"]["online"]["success_url"].text(),
                 .notice_url = given["config"]["notification_url"].text()};
  if (place.currency.empty()) place.currency = world.secret("currency");
  if (place.currency.empty()) place.currency = "BRL";
  std::ranges::transform(place.id, place.id.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  const auto known = Currency::parse(place.currency);
  if (!known) return mp_error(400, "currency is unknown");
  const Currency currency = *known;
  int64_t sum = 0;
  for (const JsonRef item : given["items"]) {
    place.title = item["title"].text();
    sum += parse_minor(item["unit_price"].text(), currency, '.').value_or(0) *
           item["quantity"].integer().value_or(1);
  }
  place.minor = parse_minor(given["total_amount"].text(), currency, '.').value_or(0);
  const bool is_text = given["total_amount"].kind() == JsonKind::String;
  if (!is_text || place.minor <= 0 || place.minor != sum || place.reference.empty() ||
      place.reference.size() > 64)
    return mp_error(400, "total_amount must be a text, and the sum of the items");
  place.details["idempotency_key"] = key;
  world.places.push_back(std::move(place));
  return mp_order_response(world, world.places.back(), 201, now);
}

// "", "/ORD…", "/ORD…/cancel", "/ORD…/refund"; ids in any case.
http::Response MercadoPagoSimulator::orders(PayWorld& world, const http::Request& request,
                                            std::string_view path, Instant now) {
  const bool is_post = request.method == http::Method::Post;
  if (path.empty() && is_post) return make_order(world, request, now);
  if (!path.starts_with('/')) return mp_error(404, "resource not found", "not_found");
  std::string id(path.substr(1, path.find('/', 1) - 1));
  std::ranges::transform(
      id, id.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  PayPlace* const place = world.place(id);
  if (place == nullptr) return mp_error(404, "order not found", "not_found");
  if (is_post && path.ends_with("/cancel")) {
    if (world.is_paid(*place)) return mp_error(409, "order cannot be canceled");
    place->is_active = false;
  } else if (is_post && path.ends_with("/refund")) {
    const auto given = JsonDocument::read(request.body);
    for (const JsonRef one : given ? given->root()["transactions"] : JsonRef()) {
      const auto answer = refund(world, request, world.readable_charge(one["id"].text(), now),
                                 one["amount"].text(), now);
      if (answer.status != 201) return answer;
    }
  }
  return mp_order_response(world, *place, is_post ? 201 : 200, now);
}

// The same key happens once.
http::Response MercadoPagoSimulator::refund(PayWorld& world, const http::Request& request,
                                            Charge* charge, std::string_view amount, Instant now) {
  const std::string key(request.headers.get("X-Idempotency-Key"));
  if (key.empty()) return mp_error(400, "X-Idempotency-Key is needed");
  if (charge == nullptr) return mp_error(404, "Payment not found", "not_found");
  const auto minor = amount.empty() ? Result<int64_t>(0)
                                    : parse_minor(amount, Currency::of(charge->currency), '.');
  if (!refunds_.contains(key)) {
    if (!minor || !world.give_back(*charge, *minor, now))
      return mp_error(400, "amount is greater than what is left of the payment");
    refunds_.insert(key);
  }
  return http::json_response(
      201, fmt::format(R"({{"id":{},"payment_id":"{}","status":"approved"}})", world.next_id++,
                       charge->id));
}

http::Response MercadoPagoSimulator::put_preference(PayWorld& world, const http::Request& request,
                                                    PayPlace& place, Instant) {
  const auto given = parse_json(request.body);
  if (!given) return mp_error(400, "invalid json");
  if (member_bool(*given, "expires").value_or(false)) {
    const auto until = parse_rfc3339(text_in(*given, "expiration_date_to"));
    if (!until) return mp_error(400, "expiration_date_to must be a date");
    place.expires_at = *until;
  }
  return preference_response(world, place, 200);
}

http::Response MercadoPagoSimulator::search(PayWorld& world, const http::Request& request,
                                            Instant now) {
  const std::string reference = request.query("external_reference").value_or("");
  const auto number = [&](std::string_view name, int64_t otherwise) {
    const auto text = request.query(name);
    return text ? parse_minor(*text, Currency::of("CLP"), '.').value_or(otherwise) : otherwise;
  };
  const int64_t limit = number("limit", 30), offset = number("offset", 0);
  int64_t total = 0;
  JsonWriter json;
  json.open('{').key("results").open('[');
  for (auto charge = world.charges.rbegin(); charge != world.charges.rend(); ++charge) {
    if (charge->reference != reference || charge->readable_at > now) continue;
    if (total >= offset && total < offset + limit) write_payment(json, world, *charge);
    ++total;
  }
  json.close(']')
      .key("paging")
      .open('{')
      .member("total", total)
      .member("limit", limit)
      .member("offset", offset)
      .close('}')
      .close('}');
  return http::json_response(200, json.take());
}

http::Response MercadoPagoSimulator::merchant_order(PayWorld& world, std::string_view id,
                                                    Instant now) {
  const auto place = std::ranges::find_if(world.places, [&](const PayPlace& one) {
    return std::to_string(merchant_order_of(world, one.id)) == id;
  });
  if (place == world.places.end()) return mp_error(404, "merchant order not found", "not_found");
  JsonWriter json;
  json.open('{')
      .key("id")
      .number(id)
      .member("preference_id", place->id)
      .member("external_reference", place->reference);
  json.member("status", world.is_paid(*place) ? "closed" : "opened").key("payments").open('[');
  for (const auto& charge : world.charges) {
    if (charge.place_id != place->id || charge.readable_at > now) continue;
    json.open('{').key("id").number(charge.id).member("status", mp_status(charge).first).close('}');
  }
  return http::json_response(200, json.close(']').close('}').take());
}

PayPlace* MercadoPagoSimulator::place_at(PayWorld& world, const http::Request& request,
                                         std::string_view path, Instant) {
  return path == "/checkout/v1/redirect" ? world.place(request.query("pref_id").value_or(""))
                                         : nullptr;
}

void MercadoPagoSimulator::name_charge(PayWorld& world, const PayPlace& place, Charge& charge,
                                       Instant) {
  charge.id = is_mp_order(place.id) ? fmt::format("PAY{:023}", world.next_id++)
                                    : std::to_string(kFirstPayment + world.next_id++);
  charge.reference = place.reference;
  if (charge.method == "PSE")
    charge.method = charge.state == ChargeState::Pending
                        ? "pse"
                        : "visa";  // What the control API says when nothing is said.
}

// Seconds or milliseconds, as it comes.
std::string mp_signature(std::string_view secret, std::string_view id, std::string_view request_id,
                         bool is_in_ms, bool is_upper, Instant at) {
  const int64_t time = is_in_ms ? at.ms : at.ms / kSecondMs;
  std::string digest =
      hex(hmac_sha256(secret, fmt::format("id:{};request-id:{};ts:{};", id, request_id, time)));
  if (is_upper)
    std::ranges::transform(digest, digest.begin(), [](char c) {
      return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c;
    });
  return fmt::format("x-signature: ts={},v1={}", time, digest);
}

PayNotice MercadoPagoSimulator::signed_notice(PayWorld& world, const Charge& charge,
                                              std::string_view topic, std::string_view action,
                                              const NoticeTwist& twist, Instant now) {
  const std::string id = topic == "order"                  ? charge.place_id
                         : topic == "topic_chargebacks_wh" ? "2" + charge.id
                                                           : mp_number_of(world, charge),
                    request_id = world.random.hex128();
  const std::string type(twist.unknown_type ? "something_new" : topic);
  json::object body{{"id", kFirstNotice + world.next_id++},
                    {"live_mode", is_mp_live(world) != twist.other_environment},
                    {"type", type},
                    {"date_created", format_utc(now)},
                    {"user_id", mp_account(world)},
                    {"api_version", "v1"},
                    {"action", action},
                    {"data", {{"id", id}}}};
  if (twist.altered) body["data"] = json::object{{"id", std::to_string(kFirstPayment)}};
  if (twist.extra_fields)
    body["added_later"] = json::object{{"ñandú", json::array{1, nullptr, "…"}}};
  PayNotice notice{.query = fmt::format("data.id={}&type={}", id, type),
                   .body = to_json(body),
                   .headers = {"Content-Type: application/json", "x-request-id: " + request_id}};
  notice.signature_at = [secret = world.signing_secret("webhook_secret", twist.signing), id,
                         request_id, is_in_ms = world.random.chance_ppm(500'000),
                         is_upper = twist.upper_case](Instant at) {
    return mp_signature(secret, id, request_id, is_in_ms, is_upper, at);
  };
  return notice;
}

// Two of a new payment, in either order; and one of the older kind, unsigned, where the address did
// not ask for webhooks alone.
std::vector<PayNotice> MercadoPagoSimulator::notices_of(PayWorld& world, const Charge& charge,
                                                        const NoticeTwist& twist, Instant now) {
  std::vector<PayNotice> notices = {
      signed_notice(world, charge, "payment", "payment.updated", twist, now)};
  if (is_mp_order(charge.place_id)) {
    notices.push_back(signed_notice(world, charge, "order", "order.processed", twist, now));
    return notices;
  }
  if (charge.told.empty())
    notices.push_back(signed_notice(world, charge, "payment", "payment.created", twist, now));
  if (charge.state == ChargeState::Chargeback)
    notices.push_back(
        signed_notice(world, charge, "topic_chargebacks_wh", "chargeback.created", twist, now));
  if (world.random.chance_ppm(500'000)) std::ranges::reverse(notices);
  const PayPlace* const place = world.place(charge.place_id);
  const bool has_own_address = place != nullptr && !place->notice_url.empty();
  if (has_own_address && !place->notice_url.contains("source_news=webhooks")) {
    notices.push_back({.query = fmt::format("topic=payment&id={}", charge.id),
                       .headers = {"Content-Type: application/json"}});
  }
  return notices;
}

}  // namespace

std::unique_ptr<PaySimulator> make_mercadopago_simulator() {
  return std::make_unique<MercadoPagoSimulator>();
}

}  // namespace puntual::sandbox
