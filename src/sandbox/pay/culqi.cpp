#include "sandbox/pay/culqi.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"

namespace puntual::sandbox {
namespace {

constexpr std::string_view kCulqiOrders = "/v2/orders", kCulqiPage = "/pago/";
constexpr int64_t kCulqiMin = 600, kCulqiMax = 999'900;

http::Response culqi_error(int status, std::string_view type, std::string_view message) {
  return http::json_response(status,
                             to_json(json::object{{"object", "error"},
                                                  {"type", type},
                                                  {"merchant_message", message},
                                                  {"user_message", "No se pudo procesar."}}));
}

// What the payer has come to at this order; an order is paid once.
const Charge* culqi_charge(const PayWorld& world, const PayPlace& place, Instant now) {
  const auto found = std::ranges::find_if(world.charges, [&](const Charge& one) {
    return one.place_id == place.id && one.readable_at <= now;
  });
  return found == world.charges.end() ? nullptr : &*found;
}

std::string_view culqi_state(const PayPlace& place, const Charge* charge, Instant now) {
  if (charge != nullptr && charge->paid_at) return "paid";
  if (!place.is_active) return "deleted";
  const bool is_over = (place.expires_at && *place.expires_at <= now) ||
                       (charge != nullptr && charge->state == ChargeState::Expired);
  return is_over ? "expired" : "pending";
}

json::object culqi_order(const PayWorld& world, const PayPlace& place, const Charge* charge,
                         Instant now) {
  const int64_t amount = charge != nullptr ? charge->minor : place.minor;
  json::object order{{"object", "order"},
                     {"id", place.id},
                     {"amount", amount},
                     {"payment_code", place.id.substr(place.id.size() - 8)},
                     {"currency_code", charge != nullptr ? charge->currency : place.currency},
                     {"description", place.title},
                     {"order_number", place.reference},
                     {"state", culqi_state(place, charge, now)},
                     {"total_fee", nullptr},
                     {"net_amount", nullptr},
                     {"creation_date", place.made_at.ms},
                     {"paid_at", nullptr},
                     {"url_pe", fmt::format("{}{}{}", world.base_url, kCulqiPage, place.id)},
                     {"metadata", json::object{}}};
  if (place.expires_at) order["expiration_date"] = place.expires_at->ms / kSecondMs;
  if (charge != nullptr && charge->paid_at) {
    order["paid_at"] = charge->paid_at->ms;
    order["total_fee"] = amount * 4 / 100;
    order["net_amount"] = amount - amount * 4 / 100;
  }
  return order;
}

// Empty: nothing is wrong with it.
std::string trouble_of_culqi_order(const PayWorld& world, const json::value& given, Instant now) {
  const auto amount = member_int(given, "amount");
  const std::string number = text_in(given, "order_number"),
                    description = text_in(given, "description");
  const auto* const client = member_object(given, "client_details");
  if (!amount || *amount < kCulqiMin || *amount > kCulqiMax)
    return "El monto debe estar entre 600 y 999900";
  if (text_in(given, "currency_code") != "PEN") return "La moneda debe ser PEN";
  if (description.size() < 5 || description.size() > 80)
    return "La descripción debe tener entre 5 y 80 caracteres";
  if (number.empty() || number.size() > 36)
    return "order_number debe tener entre 1 y 36 caracteres";
  if (std::ranges::any_of(world.places,
                          [&](const PayPlace& one) { return one.reference == number; }))
    return "order_number ya existe";
  for (const std::string_view name : {"first_name", "last_name", "email", "phone_number"}) {
    if (client == nullptr || text_in(*client, name).empty())
      return fmt::format("client_details.{} es obligatorio", name);
  }
  if (member_int(given, "expiration_date").value_or(0) * kSecondMs <= now.ms)
    return "expiration_date debe ser una fecha futura";
  return {};
}

class CulqiSimulator final : public PaySimulator {
 public:
  std::string_view name() const override { return "culqi"; }
  std::map<std::string, std::string> default_secrets() const override {
    return {{"secret_key", "sk_test_Sandbox0Llave"},
            {"webhook_user", "cobranza"},
            {"webhook_password", "Sandbox0Clave"},
            {"old_webhook_password", "Sandbox0Antigua"}};
  }
  std::vector<int64_t> retry_after_ms() const override {
    return {5 * kMinuteMs, kHourMs, 24 * kHourMs};
  }
  bool knows(ChargeState state) const override {
    return state == ChargeState::Pending || state == ChargeState::Paid ||
           state == ChargeState::Expired;
  }

  http::Response answer(PayWorld& world, const http::Request& request, std::string_view path,
                        Instant now) override;
  PayPlace* place_at(PayWorld& world, const http::Request&, std::string_view path,
                     Instant) override {
    return path.starts_with(kCulqiPage) ? world.place(path.substr(kCulqiPage.size())) : nullptr;
  }
  void name_charge(PayWorld&, const PayPlace& place, Charge& charge, Instant) override {
    charge.id = place.id;
    charge.reference = place.reference;
  }
  std::vector<PayNotice> notices_of(PayWorld& world, const Charge& charge, const NoticeTwist& twist,
                                    Instant now) override;
  std::string return_query(const PayPlace&, const Charge&) const override { return {}; }

 private:
  http::Response make_order(PayWorld& world, const http::Request& request, Instant now);
  http::Response list_orders(PayWorld& world, const http::Request& request, Instant now);
};

http::Response CulqiSimulator::answer(PayWorld& world, const http::Request& request,
                                      std::string_view path, Instant now) {
  if (request.headers.get("Authorization") != "Bearer " + world.secret("secret_key"))
    return culqi_error(401, "authentication_error", "La llave no es válida");
  if (path == kCulqiOrders)
    return request.method == http::Method::Post ? make_order(world, request, now)
                                                : list_orders(world, request, now);
  PayPlace* const place =
      path.starts_with("/v2/orders/") ? world.place(path.substr(kCulqiOrders.size() + 1)) : nullptr;
  const Charge* const charge = place == nullptr ? nullptr : culqi_charge(world, *place, now);
  if (place == nullptr || (charge != nullptr && charge->is_foreign))
    return culqi_error(404, "resource_missing", "No existe");
  if (request.method == http::Method::Delete) {
    if (charge != nullptr && charge->paid_at)
      return culqi_error(400, "parameter_error", "La orden ya fue pagada");
    place->is_active = false;
    return http::json_response(200, to_json(json::object{{"id", place->id}, {"deleted", true}}));
  }
  return http::json_response(200, to_json(culqi_order(world, *place, charge, now)));
}

http::Response CulqiSimulator::make_order(PayWorld& world, const http::Request& request,
                                          Instant now) {
  const auto given = parse_json(request.body);
  if (!given || !given->is_object())
    return culqi_error(400, "parameter_error", "El cuerpo no es JSON");
  if (const auto trouble = trouble_of_culqi_order(world, *given, now); !trouble.empty())
    return culqi_error(400, "parameter_error", trouble);
  PayPlace place{
      .id = "ord_test_" + world.random_text(16),
      .reference = text_in(*given, "order_number"),
      .title = text_in(*given, "description"),
      .currency = "PEN",
      .minor = member_int(*given, "amount").value_or(0),
      .made_at = now,
      .expires_at = Instant{member_int(*given, "expiration_date").value_or(0) * kSecondMs}};
  const bool is_confirmed = member_bool(*given, "confirm").value_or(false);
  json::object order =
      culqi_order(world, world.places.emplace_back(std::move(place)), nullptr, now);
  if (!is_confirmed) {
    order["state"] = "created";
    order["url_pe"] = order["payment_code"] = nullptr;
  }
  return http::json_response(201, to_json(order));
}

// The newest first; the cursor is the last id of the page before.
http::Response CulqiSimulator::list_orders(PayWorld& world, const http::Request& request,
                                           Instant now) {
  const int64_t limit =
      std::clamp<int64_t>(std::atoll(request.query("limit").value_or("50").c_str()), 1, 100);
  const std::string after = request.query("after").value_or("");
  json::array data;
  bool is_reached = after.empty(), has_more = false;
  for (auto place = world.places.rbegin(); place != world.places.rend(); ++place) {
    const bool is_wanted = is_reached;
    is_reached = is_reached || place->id == after;
    if (!is_wanted) continue;
    has_more = static_cast<int64_t>(data.size()) == limit;
    if (has_more) break;
    data.push_back(culqi_order(world, *place, culqi_charge(world, *place, now), now));
  }
  json::object cursors{{"before", nullptr}, {"after", nullptr}};
  if (has_more) cursors["after"] = data.back().as_object()["id"];
  return http::json_response(200,
                             to_json(json::object{{"data", std::move(data)},
                                                  {"paging", {{"cursors", std::move(cursors)}}}}));
}

std::vector<PayNotice> CulqiSimulator::notices_of(PayWorld& world, const Charge& charge,
                                                  const NoticeTwist& twist, Instant now) {
  if (charge.state == ChargeState::Pending) return {};
  json::object order = culqi_order(world, *world.place(charge.place_id), &charge, now);
  if (twist.unknown_type) order["object"] = "novedad";
  if (twist.extra_fields) order["campo_nuevo"] = json::object{{"ñandú", 1.5}};
  if (twist.null_reference) order["order_number"] = nullptr;
  if (twist.altered) order["amount"] = charge.minor + 100;
  json::object event{{"object", "event"},
                     {"id", "evt_test_" + world.random_text(16)},
                     {"type", twist.unknown_type ? "novedad.creada" : "order.status.changed"},
                     {"creation_date", now.ms}};
  event["data"] = to_json(order);  // A text, as theirs is.
  const std::string credentials =
      base64(fmt::format("{}:{}", world.secret("webhook_user"),
                         world.signing_secret("webhook_password", twist.signing)));
  return {{.body = to_json(event),
           .headers = {"Content-Type: application/json; charset=utf-8",
                       "Authorization: Basic " + credentials}}};
}

}  // namespace

std::unique_ptr<PaySimulator> make_culqi_simulator() { return std::make_unique<CulqiSimulator>(); }

}  // namespace puntual::sandbox
