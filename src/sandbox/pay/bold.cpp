#include "sandbox/pay/bold.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"

namespace puntual::sandbox {
namespace {

constexpr int64_t kPesosMin = 1'000;

http::Response bold_error(int status, std::string_view what) {
  return http::json_response(
      status, to_json(json::object{{"payload", json::object{}}, {"errors", json::array{what}}}));
}

std::string_view bold_type(ChargeState state) {
  if (state == ChargeState::Paid) return "SALE_APPROVED";
  return state == ChargeState::Voided ? "VOID_APPROVED" : "SALE_REJECTED";
}

std::string_view bold_link_status(const PayPlace& place, const Charge* last, Instant now) {
  if (last != nullptr && (last->state == ChargeState::Paid || last->state == ChargeState::Voided))
    return "PAID";
  if (last != nullptr && last->state == ChargeState::Pending) return "PROCESSING";
  if (place.expires_at && *place.expires_at <= now) return "EXPIRED";
  return last != nullptr ? "REJECTED" : "ACTIVE";
}

class BoldSimulator final : public PaySimulator {
 public:
  std::string_view name() const override { return "bold"; }
  std::map<std::string, std::string> default_secrets() const override {
    return {{"identity_key", "Sandbox0LlaveIdentidad"},
            {"secret_key", "Sandbox0LlaveSecreta"},
            {"old_secret_key", "Sandbox0LlaveAntigua"},
            {"merchant_id", "CKKSANDBOX"}};
  }
  std::vector<int64_t> retry_after_ms() const override {
    return {15 * kMinuteMs, kHourMs, 4 * kHourMs, 8 * kHourMs, 24 * kHourMs};
  }
  bool knows(ChargeState state) const override {
    return state <= ChargeState::Declined || state == ChargeState::Voided;
  }

  http::Response answer(PayWorld& world, const http::Request& request, std::string_view path,
                        Instant now) override;
  PayPlace* place_at(PayWorld& world, const http::Request&, std::string_view path,
                     Instant) override {
    return path.starts_with("/checkout/") ? world.place(path.substr(10)) : nullptr;
  }
  void name_charge(PayWorld& world, const PayPlace& place, Charge& charge, Instant) override {
    charge.id = fmt::format("TXSANDBOX{:04}", world.next_id++);
    charge.reference = place.reference;
  }
  std::vector<PayNotice> notices_of(PayWorld& world, const Charge& charge, const NoticeTwist& twist,
                                    Instant now) override;
  std::string return_query(const PayPlace& place, const Charge& charge) const override {
    return fmt::format("bold-order-id={}&bold-tx-status={}", place.id,
                       charge.state == ChargeState::Paid      ? "approved"
                       : charge.state == ChargeState::Pending ? "pending"
                                                              : "rejected");
  }

 private:
  http::Response make_link(PayWorld& world, const http::Request& request, Instant now);
  http::Response show_link(PayWorld& world, std::string_view id, Instant now);
  http::Response show_notices(PayWorld& world, const http::Request& request, std::string_view id,
                              Instant now);
};

http::Response BoldSimulator::answer(PayWorld& world, const http::Request& request,
                                     std::string_view path, Instant now) {
  constexpr std::string_view kLink = "/online/link/v1",
                             kNotices = "/payments/webhook/notifications/";
  if (request.headers.get("Authorization") != "x-api-key " + world.secret("identity_key"))
    return bold_error(403, "Forbidden");
  if (path == kLink && request.method == http::Method::Post) return make_link(world, request, now);
  if (path == "/online/link/v1/payment_methods") {
    return http::json_response(
        200,
        R"({"payload":{"payment_methods":{"CREDIT_CARD":{},"PSE":{},"NEQUI":{},"BOTON_BANCOLOMBIA":{}}},"errors":[]})");
  }
  if (path.starts_with("/online/link/v1/") && request.method == http::Method::Get)
    return show_link(world, path.substr(kLink.size() + 1), now);
  if (path.starts_with(kNotices))
    return show_notices(world, request, path.substr(kNotices.size()), now);
  return bold_error(404, "Not found");
}

http::Response BoldSimulator::make_link(PayWorld& world, const http::Request& request,
                                        Instant now) {
  const auto given = parse_json(request.body);
  if (!given) return bold_error(400, "El cuerpo no es JSON");
  const auto* const amount = member_object(*given, "amount");
  const auto* const total = amount == nullptr ? nullptr : member(*amount, "total_amount");
  const bool is_open = text_in(*given, "amount_type") == "OPEN";
  if (!is_open && (total == nullptr || !total->is_int64()))
    return bold_error(403, "El monto no admite decimales");
  if (!is_open && total->get_int64() < kPesosMin) return bold_error(400, "El monto mínimo es 1000");
  std::vector<std::string> methods;
  if (const auto* const asked = member(*given, "payment_methods");
      asked != nullptr && asked->is_array()) {
    for (const auto& one : asked->get_array())
      methods.emplace_back(one.is_string() ? std::string(one.get_string()) : std::string());
  }
  static constexpr std::string_view kMethods[] = {"CREDIT_CARD", "PSE", "NEQUI",
                                                  "BOTON_BANCOLOMBIA"};
  const bool are_known = std::ranges::all_of(methods, [](const std::string& one) {
    return std::ranges::find(kMethods, one) != std::end(kMethods);
  });
  if (!are_known) return bold_error(400, "payment_methods: medio de pago desconocido");
  const std::string reference = text_in(*given, "reference"),
                    description = text_in(*given, "description");
  if (reference.size() > 60 || std::ranges::any_of(world.places, [&](const PayPlace& one) {
        return one.reference == reference;
      }))
    return bold_error(400, "La referencia ya existe");
  if (description.size() < 2 || description.size() > 100)
    return bold_error(400, "La descripción debe tener entre 2 y 100 caracteres");
  PayPlace place{.id = "LNK_" + world.random_text(10),
                 .reference = reference,
                 .title = description,
                 .currency = "COP",
                 .minor = is_open ? 0 : total->get_int64() * 100,
                 .made_at = now};
  if (const auto expiry = member_int(*given, "expiration_date"))
    place.expires_at = Instant{*expiry / 1'000'000};
  if (place.expires_at && *place.expires_at <= now)
    return bold_error(400, "La fecha de vencimiento ya pasó");
  place.return_url = text_in(*given, "callback_url");
  place.methods = std::move(methods);
  world.places.push_back(place);
  const std::string url = fmt::format("{}/checkout/{}", world.base_url, place.id);
  return http::json_response(
      200, to_json(json::object{{"payload", {{"payment_link", place.id}, {"url", url}}},
                                {"errors", json::array{}}}));
}

http::Response BoldSimulator::show_link(PayWorld& world, std::string_view id, Instant now) {
  const PayPlace* const place = world.place(id);
  if (place == nullptr) return bold_error(404, "El link no existe");
  const Charge* last = nullptr;
  for (const Charge& one : world.charges) {
    if (one.place_id == place->id && one.readable_at <= now) last = &one;
  }
  json::object link{{"api_version", 1},
                    {"id", place->id},
                    {"status", bold_link_status(*place, last, now)},
                    {"total", (last != nullptr ? last->minor : place->minor) / 100},
                    {"reference", place->reference},
                    {"is_sandbox", world.secret("environment") != "live"},
                    {"transaction_id", nullptr},
                    {"payment_method", nullptr}};
  if (last != nullptr) {
    link["transaction_id"] = last->id;
    link["payment_method"] = last->method;
  }
  return http::json_response(200, to_json(link));
}

http::Response BoldSimulator::show_notices(PayWorld& world, const http::Request& request,
                                           std::string_view id, Instant now) {
  const bool by_reference = request.query("is_external_reference").value_or("") == "true";
  json::array list;
  for (const Charge& one : world.charges) {
    if (one.readable_at > now || (by_reference ? one.reference : one.id) != id) continue;
    for (const auto& body : one.told) {
      if (auto event = parse_json(body)) list.push_back(std::move(*event));
    }
  }
  if (list.empty() && !by_reference) return bold_error(404, "No hay notificaciones");
  return http::json_response(200, to_json(json::object{{"notifications", std::move(list)}}));
}

std::vector<PayNotice> BoldSimulator::notices_of(PayWorld& world, const Charge& charge,
                                                 const NoticeTwist& twist, Instant now) {
  if (charge.state == ChargeState::Pending) return {};
  json::object data{{"payment_id", charge.id},
                    {"merchant_id", charge.is_foreign ? "CKKOTRO" : world.secret("merchant_id")},
                    {"created_at", format_rfc3339(now, -5 * 3600)},
                    {"amount",
                     {{"total", charge.minor / 100},
                      {"taxes", json::array{}},
                      {"tip", 0},
                      {"currency", charge.currency}}},
                    {"user_id", "u-1"},
                    {"metadata", {{"reference", charge.reference}}},
                    {"bold_code", charge.state == ChargeState::Declined ? "51" : "00"},
                    {"payer_email", "pagador@example.com"},
                    {"payment_method", charge.method}};
  if (twist.null_reference) data["metadata"].as_object()["reference"] = nullptr;
  if (twist.extra_fields) data["campo_nuevo"] = json::object{{"ñandú", 1.5}};
  const std::string id = fmt::format("{}-0000-4000-8000-{:012}", "0b5a6c1e", world.next_id++);
  json::object event{{"id", id},
                     {"type", twist.unknown_type ? "SALE_RENAMED" : bold_type(charge.state)},
                     {"subject", charge.id},
                     {"source", "/payments"},
                     {"spec_version", "1.0"},
                     {"time", now.ms * 1'000'000},
                     {"data", std::move(data)},
                     {"datacontenttype", "application/json"}};
  std::string body = to_json(event);
  // What was spoilt on its way stands right in its own books; only a reference it never had is
  // missing there too.
  json::object record = event;
  record["type"] = bold_type(charge.state);
  std::string signature =
      hex(hmac_sha256(world.signing_secret("secret_key", twist.signing), base64(body)));
  if (twist.upper_case)
    std::ranges::transform(signature, signature.begin(),
                           [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
  if (twist.altered) {
    event["data"].as_object()["amount"].as_object()["total"] = charge.minor / 100 + 1;
    body = to_json(event);
  }
  return {{.body = std::move(body),
           .record = to_json(record),
           .headers = {"Content-Type: application/json; charset=utf-8",
                       "x-bold-signature: " + signature}}};
}

}  // namespace

std::unique_ptr<PaySimulator> make_bold_simulator() { return std::make_unique<BoldSimulator>(); }

}  // namespace puntual::sandbox
