#include "sandbox/pay/wompi.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"

namespace puntual::sandbox {
namespace {

constexpr int64_t kAmountMin = 1'500'00, kAmountMax = 1'000'000'000'000;
constexpr std::string_view kWebPlace =
    "web-";  // Places that are an address alone: no link of theirs.

http::Response wompi_ok(json::object data, int status = 200) {
  return http::json_response(
      status, to_json(json::object{{"data", std::move(data)}, {"meta", json::object{}}}));
}
http::Response wompi_error(int status, std::string_view type, std::string_view reason) {
  return http::json_response(
      status, to_json(json::object{{"error", {{"type", type}, {"reason", reason}}}}));
}
http::Response wompi_not_found() {
  return wompi_error(404, "NOT_FOUND_ERROR", "La entidad solicitada no existe");
}

json::value text_or_null_of(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

std::string_view wompi_status(ChargeState state) {
  switch (state) {
    case ChargeState::Pending:
      return "PENDING";
    case ChargeState::Paid:
      return "APPROVED";
    case ChargeState::Declined:
      return "DECLINED";
    case ChargeState::Voided:
      return "VOIDED";
    default:
      return "ERROR";
  }
}

std::string link_id_of(const Charge& charge) {
  return charge.place_id.starts_with(kWebPlace) ? std::string() : charge.place_id;
}

json::object transaction_json(const Charge& charge) {
  json::object json{{"id", charge.id},
                    {"created_at", format_utc(charge.made_at)},
                    {"amount_in_cents", charge.minor},
                    {"reference", charge.reference},
                    {"currency", charge.currency},
                    {"customer_email", "pagador@example.com"},
                    {"payment_method_type", charge.method},
                    {"payment_method", {{"type", charge.method}}},
                    {"status", wompi_status(charge.state)},
                    {"status_message", nullptr},
                    {"redirect_url", nullptr},
                    {"payment_link_id", text_or_null_of(link_id_of(charge))},
                    {"payment_source_id", nullptr},
                    {"shipping_address", nullptr},
                    {"taxes", json::array{}}};
  json["finalized_at"] = charge.state == ChargeState::Pending
                             ? json::value(nullptr)
                             : json::value(format_utc(charge.changed_at));
  return json;
}

json::object link_json(const PayWorld& world, const PayPlace& place) {
  const bool is_foreign = std::ranges::any_of(
      world.charges, [&](const Charge& one) { return one.place_id == place.id && one.is_foreign; });
  json::object json = place.details;
  json["id"] = place.id;
  json["active"] = place.is_active;
  json["created_at"] = json["updated_at"] = format_utc(place.made_at);
  json["merchant_public_key"] = is_foreign ? "pub_test_otro_comercio" : world.secret("public_key");
  return json;
}

// What is wrong with an order for a link: {"field":["…"]}.
json::object troubles_of_link(const json::value& given, Instant now) {
  json::object messages;
  const auto add = [&](std::string_view field, std::string_view what) {
    messages[field] = json::array{what};
  };
  for (const std::string_view field : {"name", "description"}) {
    if (text_in(given, field).empty()) add(field, "No está presente");
  }
  for (const std::string_view field : {"single_use", "collect_shipping"}) {
    if (!member_bool(given, field)) add(field, "No está presente");
  }
  if (const auto* amount = member(given, "amount_in_cents");
      amount != nullptr && !amount->is_null()) {
    const bool fits = amount->is_int64() && amount->get_int64() >= kAmountMin &&
                      amount->get_int64() <= kAmountMax;
    if (!fits) add("amount_in_cents", "Debe estar entre 150000 y 1000000000000");
  }
  if (text_in(given, "currency") != "COP") add("currency", "Debe ser COP");
  if (text_in(given, "sku").size() > 36) add("sku", "Debe tener máximo 36 caracteres");
  if (const std::string expiry = text_in(given, "expires_at"); !expiry.empty()) {
    const auto at = parse_rfc3339(expiry);
    if (!at || *at <= now) add("expires_at", "Debe ser una fecha futura, en UTC");
  }
  return messages;
}

class WompiSimulator final : public PaySimulator {
 public:
  std::string_view name() const override { return "wompi"; }
  std::string_view base_path() const override { return "/v1"; }
  std::map<std::string, std::string> default_secrets() const override {
    return {{"public_key", "pub_test_Sandbox0Publica"},
            {"private_key", "prv_test_Sandbox0Privada"},
            {"events_secret", "test_events_Sandbox0Eventos"},
            {"old_events_secret", "test_events_Sandbox0Antiguo"},
            {"integrity_secret", "test_integrity_Sandbox0Integridad"}};
  }
  std::vector<int64_t> retry_after_ms() const override {
    return {30 * kMinuteMs, 3 * kHourMs, 24 * kHourMs};
  }
  bool knows(ChargeState state) const override {
    return state <= ChargeState::Error || state == ChargeState::Voided;
  }

  http::Response answer(PayWorld& world, const http::Request& request, std::string_view path,
                        Instant now) override;
  PayPlace* place_at(PayWorld& world, const http::Request& request, std::string_view path,
                     Instant now) override;
  void name_charge(PayWorld& world, const PayPlace& place, Charge& charge, Instant now) override;
  std::vector<PayNotice> notices_of(PayWorld& world, const Charge& charge, const NoticeTwist& twist,
                                    Instant now) override;
  std::string return_query(const PayPlace&, const Charge& charge) const override {
    return "id=" + charge.id + "&env=test";
  }

 private:
  http::Response links(PayWorld& world, const http::Request& request, std::string_view id,
                       bool is_private, Instant now);
  http::Response transactions(PayWorld& world, const http::Request& request, std::string_view id,
                              bool is_private, Instant now);
  http::Response search(PayWorld& world, const http::Request& request, Instant now);
};

http::Response WompiSimulator::answer(PayWorld& world, const http::Request& request,
                                      std::string_view path, Instant now) {
  if (!path.starts_with("/v1/"))
    return http::text_response(404, "Esta página de pago no existe, o su firma no corresponde.");
  path.remove_prefix(4);
  const std::string_view noun = path.substr(0, path.find('/'));
  const std::string_view id =
      noun.size() < path.size() ? path.substr(noun.size() + 1) : std::string_view();
  const auto bearer = request.headers.get("Authorization");
  const bool is_private = bearer == "Bearer " + world.secret("private_key"),
             is_public = bearer == "Bearer " + world.secret("public_key");
  if (noun == "merchants" && id == world.secret("public_key"))
    return wompi_ok({{"id", 1}, {"name", "Comercio de prueba"}, {"public_key", id}});
  if (noun == "payment_links") return links(world, request, id, is_private, now);
  if (!is_private && !is_public)
    return wompi_error(401, "INVALID_ACCESS_TOKEN",
                       "La llave proporcionada no corresponde a este ambiente");
  if (noun == "transactions") return transactions(world, request, id, is_private, now);
  if (path == "pse/financial_institutions") {
    const json::array banks = {json::object{{"financial_institution_code", "1"},
                                            {"financial_institution_name", "Banco que aprueba"}},
                               json::object{{"financial_institution_code", "2"},
                                            {"financial_institution_name", "Banco que declina"}}};
    return http::json_response(200,
                               to_json(json::object{{"data", banks}, {"meta", json::object{}}}));
  }
  return wompi_not_found();
}

http::Response WompiSimulator::links(PayWorld& world, const http::Request& request,
                                     std::string_view id, bool is_private, Instant now) {
  if (request.method == http::Method::Get) {
    const PayPlace* const place = world.place(id);
    return place == nullptr ? wompi_not_found() : wompi_ok(link_json(world, *place));
  }
  if (!is_private)
    return wompi_error(401, "INVALID_ACCESS_TOKEN",
                       "La llave proporcionada no corresponde a este ambiente");
  const auto given = parse_json(request.body);
  if (!given || !given->is_object())
    return wompi_error(422, "INPUT_VALIDATION_ERROR", "El cuerpo no es JSON");
  if (request.method == http::Method::Patch) {
    PayPlace* const place = world.place(id);
    if (place == nullptr) return wompi_not_found();
    place->is_active = member_bool(*given, "active").value_or(place->is_active);
    return wompi_ok(link_json(world, *place));
  }
  if (auto messages = troubles_of_link(*given, now); !messages.empty()) {
    return http::json_response(
        422,
        to_json(json::object{
            {"error", {{"type", "INPUT_VALIDATION_ERROR"}, {"messages", std::move(messages)}}}}));
  }
  PayPlace place{.id = world.random_text(6),
                 .reference = text_in(*given, "sku"),
                 .title = text_in(*given, "name"),
                 .currency = "COP"};
  place.minor = member_int(*given, "amount_in_cents").value_or(0);
  place.made_at = now;
  if (const auto at = parse_rfc3339(text_in(*given, "expires_at"))) place.expires_at = *at;
  place.is_single_use = member_bool(*given, "single_use").value_or(false);
  place.return_url = text_in(*given, "redirect_url");
  place.details = given->as_object();
  world.places.push_back(std::move(place));
  return wompi_ok(link_json(world, world.places.back()), 201);
}

// Cards alone, on the day of the payment in Bogotá, before it is settled.
http::Response void_charge(PayWorld& world, Charge& charge, Instant now) {
  constexpr int64_t kBogotaMs = -5 * kHourMs;
  const bool is_same_day =
      (charge.made_at.ms + kBogotaMs) / kDayMs == (now.ms + kBogotaMs) / kDayMs;
  if (charge.state != ChargeState::Paid || charge.method != "CARD" || !is_same_day) {
    return http::json_response(
        422, to_json(json::object{
                 {"error",
                  {{"type", "INPUT_VALIDATION_ERROR"},
                   {"messages",
                    {{"transaction", json::array{"La transacción no se puede anular"}}}}}}}));
  }
  charge.state = ChargeState::Voided;
  charge.changed_at = now;
  world.untold.push_back(charge.id);
  return wompi_ok({{"status", "APPROVED"}, {"transaction", transaction_json(charge)}}, 201);
}

http::Response WompiSimulator::transactions(PayWorld& world, const http::Request& request,
                                            std::string_view id, bool is_private, Instant now) {
  if (constexpr std::string_view kVoid = "/void";
      request.method == http::Method::Post && id.ends_with(kVoid)) {
    if (!is_private)
      return wompi_error(401, "INVALID_ACCESS_TOKEN", "Anular pide la llave privada");
    Charge* const charge = world.readable_charge(id.substr(0, id.size() - kVoid.size()), now);
    if (charge == nullptr) return wompi_not_found();
    return void_charge(world, *charge, now);
  }
  if (!id.empty()) {
    const Charge* const charge = world.readable_charge(id, now);
    return charge == nullptr ? wompi_not_found() : wompi_ok(transaction_json(*charge));
  }
  if (!is_private)
    return wompi_error(401, "INVALID_ACCESS_TOKEN", "La búsqueda pide la llave privada");
  return search(world, request, now);
}

http::Response WompiSimulator::search(PayWorld& world, const http::Request& request, Instant now) {
  const auto wanted = [&](std::string_view name) { return request.query(name).value_or(""); };
  const int64_t size = std::clamp<int64_t>(std::atoll(wanted("page_size").c_str()), 1, 200),
                page = std::max<int64_t>(1, std::atoll(wanted("page").c_str()));
  const std::string reference = wanted("reference"), from = wanted("from_date"),
                    until = wanted("until_date"), status = wanted("status"), id = wanted("id");
  json::array found;
  int64_t index = 0;
  for (const Charge& charge : world.charges) {
    const std::string day = format_utc(charge.made_at).substr(0, 10);
    const bool fits =
        !charge.is_foreign && charge.readable_at <= now && (id.empty() || charge.id == id) &&
        (reference.empty() || charge.reference == reference) && (from.empty() || day >= from) &&
        (until.empty() || day <= until) && (status.empty() || status == wompi_status(charge.state));
    if (fits && index++ / size == page - 1) found.push_back(transaction_json(charge));
  }
  return http::json_response(
      200, to_json(json::object{
               {"data", std::move(found)},
               {"meta", {{"page", page}, {"page_size", size}, {"total_results", index}}}}));
}

// /l/{link}, or /p/?… whose seal must fit what it asks for.
PayPlace* WompiSimulator::place_at(PayWorld& world, const http::Request& request,
                                   std::string_view path, Instant now) {
  if (path.starts_with("/l/")) return world.place(path.substr(3));
  if (path != "/p/" && path != "/p") return nullptr;
  const auto wanted = [&](std::string_view name) { return request.query(name).value_or(""); };
  const std::string reference = wanted("reference"), cents = wanted("amount-in-cents"),
                    expiration = wanted("expiration-time");
  const std::string sealed =
      reference + cents + wanted("currency") + expiration + world.secret("integrity_secret");
  if (wanted("public-key") != world.secret("public_key") || reference.empty() ||
      wanted("signature:integrity") != hex(sha256(sealed)))
    return nullptr;
  const std::string id = std::string(kWebPlace) + reference;
  if (PayPlace* const known = world.place(id)) return known;
  PayPlace place{.id = id,
                 .reference = reference,
                 .title = "Pago",
                 .currency = wanted("currency"),
                 .minor = std::atoll(cents.c_str()),
                 .made_at = now};
  if (const auto at = parse_rfc3339(expiration)) place.expires_at = *at;
  place.return_url = wanted("redirect-url");
  return &world.places.emplace_back(std::move(place));
}

// A reference of Wompi's own for a link; a new attempt soon after a refusal keeps it.
void WompiSimulator::name_charge(PayWorld& world, const PayPlace& place, Charge& charge,
                                 Instant now) {
  charge.id = fmt::format("13370-{}-{}", now.ms / 1000, 10'000 + world.next_id++);
  charge.reference =
      place.id.starts_with(kWebPlace)
          ? place.reference
          : fmt::format("test_{}_{}_{}", place.id, now.ms / 1000, world.random_text(9));
  for (const Charge& earlier : world.charges) {
    if (earlier.place_id == place.id && earlier.state == ChargeState::Declined &&
        now - earlier.changed_at <= 3 * kMinuteMs)
      charge.reference = earlier.reference;
  }
}

std::vector<PayNotice> WompiSimulator::notices_of(PayWorld& world, const Charge& charge,
                                                  const NoticeTwist& twist, Instant now) {
  if (charge.state == ChargeState::Pending) return {};  // Only what is final is told.
  json::object transaction = transaction_json(charge);
  for (const std::string_view left_out :
       {"created_at", "finalized_at", "payment_method", "status_message", "taxes"})
    transaction.erase(left_out);
  if (twist.null_reference) transaction["reference"] = nullptr;
  if (twist.extra_fields) transaction["campo_nuevo"] = json::object{{"ñandú", 1.5}};
  json::array properties = {"transaction.id", "transaction.status", "transaction.amount_in_cents"};
  const std::string link = link_id_of(charge);
  std::string sealed = fmt::format("{}{}{}", charge.id, wompi_status(charge.state), charge.minor);
  if (world.random.chance_ppm(300'000)) {  // The list is not always the same.
    properties.emplace_back("transaction.payment_link_id");
    sealed += link;
  }
  if (twist.unknown_type) {
    properties = {"nequi_token.id", "nequi_token.status"};
    sealed = "nequi_prod_1APPROVED";
  }
  const int64_t seconds = now.ms / 1000;
  std::string checksum = hex(sha256(fmt::format(
      "{}{}{}", sealed, seconds, world.signing_secret("events_secret", twist.signing))));
  if (twist.upper_case || world.random.chance_ppm(500'000))
    std::ranges::transform(checksum, checksum.begin(),
                           [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  if (twist.altered) transaction["amount_in_cents"] = charge.minor + 100;
  json::object data{{"transaction", std::move(transaction)}};
  if (twist.unknown_type)
    data = {{"nequi_token", {{"id", "nequi_prod_1"}, {"status", "APPROVED"}}}};
  const json::object event{
      {"event", twist.unknown_type ? "nequi_token.updated" : "transaction.updated"},
      {"data", std::move(data)},
      {"environment", twist.other_environment ? "prod" : "test"},
      {"signature", {{"properties", std::move(properties)}, {"checksum", checksum}}},
      {"timestamp", seconds},
      {"sent_at", format_utc(now)}};
  return {{.body = to_json(event),
           .headers = {"Content-Type: application/json; charset=utf-8",
                       "X-Event-Checksum: " + checksum}}};
}

}  // namespace

std::unique_ptr<PaySimulator> make_wompi_simulator() { return std::make_unique<WompiSimulator>(); }

}  // namespace puntual::sandbox
