#include "sandbox/pay/stripe.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/crypto.h"
#include "base/money.h"

namespace puntual::sandbox {
namespace {

constexpr std::string_view kStripeApi = "2026-06-24.dahlia";
constexpr int64_t kSessionMinMs = 30 * kMinuteMs, kSessionMaxMs = 24 * kHourMs;

// A body of brackets, flat: "line_items[0][quantity]" → "1".
using StripeForm = std::map<std::string, std::string>;

StripeForm stripe_form_of(const http::Request& request) {
  http::Request form;
  form.target = "/?" + request.body;
  StripeForm fields;
  for (auto& [name, value] : form.query_fields()) fields[name] = value;
  return fields;
}
std::string in_form(const StripeForm& form, const std::string& name) {
  const auto found = form.find(name);
  return found == form.end() ? std::string() : found->second;
}
json::object metadata_in(const StripeForm& form, std::string_view prefix) {
  json::object metadata;
  for (const auto& [name, value] : form) {
    if (name.starts_with(prefix) && name.ends_with(']'))
      metadata[name.substr(prefix.size(), name.size() - prefix.size() - 1)] = value;
  }
  return metadata;
}

http::Response stripe_ok(const json::object& object) {
  return http::json_response(200, to_json(object));
}
http::Response stripe_error(int status, std::string_view message, std::string_view param = {},
                            std::string_view type = "invalid_request_error") {
  json::object error{{"type", type}, {"message", message}};
  if (!param.empty()) error["param"] = param;
  return http::json_response(status, to_json(json::object{{"error", std::move(error)}}));
}
http::Response stripe_missing(std::string_view what, std::string_view id) {
  return stripe_error(404, fmt::format("No such {}: '{}'", what, id), what);
}
json::object stripe_list(std::string_view url, json::array data, bool has_more = false) {
  return {{"object", "list"}, {"url", url}, {"has_more", has_more}, {"data", std::move(data)}};
}

bool is_session(std::string_view place_id) { return place_id.starts_with("cs_"); }
// Cash and transfers: the page is completed first, and paid for later.
bool is_asynchronous(const Charge& charge) {
  return charge.state == ChargeState::Pending ||
         (charge.paid_at && *charge.paid_at > charge.made_at);
}

std::string session_id_of(const Charge& charge) {
  return is_session(charge.place_id) ? charge.place_id : "cs_test_" + charge.id.substr(3);
}
json::object metadata_of(const PayPlace& place) { return place.details.at("metadata").as_object(); }

class StripeSimulator final : public PaySimulator {
 public:
  std::string_view name() const override { return "stripe"; }
  std::map<std::string, std::string> default_secrets() const override {
    return {{"secret_key", "sk_test_Sandbox0Clave"},
            {"webhook_secret", "whsec_Sandbox0Avisos"},
            {"old_webhook_secret", "whsec_Sandbox0Antiguo"}};
  }
  std::vector<int64_t> retry_after_ms() const override {
    return {kMinuteMs, 5 * kMinuteMs, kHourMs, 3 * kHourMs, 10 * kHourMs, kDayMs, kDayMs};
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
  std::string return_query(const PayPlace&, const Charge&) const override { return {}; }

 private:
  http::Response write(PayWorld& world, const http::Request& request, std::string_view path,
                       Instant now);
  http::Response make_link(PayWorld& world, const StripeForm& form, Instant now);
  http::Response make_session(PayWorld& world, const StripeForm& form, Instant now);
  http::Response make_place(PayWorld& world, const StripeForm& form, PayPlace place);
  http::Response expire_session(PayWorld& world, std::string_view id, Instant now);
  http::Response make_refund(PayWorld& world, const StripeForm& form, Instant now);
  http::Response one_session(PayWorld& world, std::string_view id, bool is_expanded, Instant now);
  http::Response sessions(PayWorld& world, const http::Request& request, Instant now);

  std::map<std::string, std::pair<std::string, std::string>>
      idempotent_;  // By key: what was asked, what was answered.
};

bool is_stripe_live(const PayWorld& world) {
  return world.secret("secret_key").starts_with("sk_live_");
}

// What the API shows.

json::object stripe_link_json(const PayWorld& world, const PayPlace& place) {
  const auto completed = std::ranges::count_if(world.charges, [&](const Charge& one) {
    return one.place_id == place.id && one.state != ChargeState::Declined &&
           one.state != ChargeState::Expired;
  });
  return {{"id", place.id},
          {"object", "payment_link"},
          {"active", place.is_active},
          {"currency", place.currency},
          {"livemode", is_stripe_live(world)},
          {"metadata", metadata_of(place)},
          {"restrictions", {{"completed_sessions", {{"count", completed}, {"limit", 1}}}}},
          {"url", fmt::format("{}/buy/{}", world.base_url, place.id)}};
}

json::object stripe_charge_json(const PayWorld& world, const Charge& charge) {
  const bool is_disputed =
      charge.state == ChargeState::Disputed || charge.state == ChargeState::Chargeback;
  return {{"id", "ch_" + charge.id.substr(3)},
          {"object", "charge"},
          {"amount", charge.minor},
          {"amount_refunded", charge.refunded_minor},
          {"created", charge.made_at.ms / kSecondMs},
          {"currency", charge.currency},
          {"disputed", is_disputed},
          {"livemode", is_stripe_live(world)},
          {"metadata", json::object{}},
          {"paid", charge.paid_at.has_value()},
          {"payment_intent", charge.id},
          {"payment_method_details", {{"type", charge.method}}},
          {"refunded", charge.refunded_minor >= charge.minor}};
}

std::string_view intent_status(const Charge& charge) {
  switch (charge.state) {
    case ChargeState::Pending:
      return "requires_action";
    case ChargeState::Declined:
      return "requires_payment_method";
    case ChargeState::Expired:
      return "canceled";
    default:
      return "succeeded";
  }
}

json::object stripe_intent_json(const PayWorld& world, const Charge& charge, bool is_expanded) {
  json::object json{{"id", charge.id},
                    {"object", "payment_intent"},
                    {"amount", charge.minor},
                    {"amount_received", charge.paid_at ? charge.minor : 0},
                    {"created", charge.made_at.ms / kSecondMs},
                    {"currency", charge.currency},
                    {"livemode", is_stripe_live(world)},
                    {"metadata", {{"reference", charge.reference}}},
                    {"status", intent_status(charge)},
                    {"last_payment_error", nullptr}};
  if (charge.reference.empty()) json["metadata"] = json::object{};
  if (charge.state == ChargeState::Declined)
    json["last_payment_error"] = {{"code", "card_declined"},
                                  {"message", "Your card was declined."}};
  json["latest_charge"] = nullptr;
  if (charge.paid_at)
    json["latest_charge"] = is_expanded ? json::value(stripe_charge_json(world, charge))
                                        : json::value("ch_" + charge.id.substr(3));
  return json;
}

// A refused card leaves the page open for another try; a voucher that nobody paid for does not.
std::string_view session_status(const PayPlace& place, const Charge* charge, Instant now) {
  if (charge == nullptr)
    return !place.is_active || (place.expires_at && *place.expires_at <= now) ? "expired" : "open";
  if (charge->state == ChargeState::Expired) return "expired";
  return charge->state == ChargeState::Declined && charge->changed_at == charge->made_at
             ? "open"
             : "complete";
}

json::object stripe_session_json(const PayWorld& world, const PayPlace& place, const Charge* charge,
                                 bool is_expanded, Instant now) {
  const std::string id = charge == nullptr ? place.id : session_id_of(*charge);
  const int64_t amount = charge == nullptr ? place.minor : charge->minor;
  json::object json{{"id", id},
                    {"object", "checkout.session"},
                    {"amount_total", amount},
                    {"amount_subtotal", amount},
                    {"client_reference_id", nullptr},
                    {"currency", charge == nullptr ? place.currency : charge->currency},
                    {"customer_details", {{"email", "pagador@example.com"}}},
                    {"livemode", is_stripe_live(world)},
                    {"metadata", metadata_of(place)},
                    {"mode", "payment"},
                    {"payment_intent", nullptr},
                    {"payment_link", nullptr},
                    {"payment_status", charge != nullptr && charge->paid_at ? "paid" : "unpaid"},
                    {"status", session_status(place, charge, now)}};
  if (is_session(place.id)) {
    json["url"] = fmt::format("{}/c/pay/{}", world.base_url, place.id);
    json["client_reference_id"] = place.details.at("client_reference_id");
    json["expires_at"] = place.expires_at->ms / kSecondMs;
  } else {
    json["payment_link"] = place.id;
  }
  if (charge != nullptr)
    json["payment_intent"] = is_expanded ? json::value(stripe_intent_json(world, *charge, true))
                                         : json::value(charge->id);
  return json;
}

json::object stripe_dispute_json(const Charge& charge) {
  const bool is_lost = charge.state == ChargeState::Chargeback,
             is_open = charge.state == ChargeState::Disputed;
  return {{"id", "du_" + charge.id.substr(3)},
          {"object", "dispute"},
          {"amount", charge.minor},
          {"charge", "ch_" + charge.id.substr(3)},
          {"currency", charge.currency},
          {"payment_intent", charge.id},
          {"reason", "fraudulent"},
          {"status", is_lost   ? "lost"
                     : is_open ? "needs_response"
                               : "won"}};
}

// The calls.

http::Response StripeSimulator::answer(PayWorld& world, const http::Request& request,
                                       std::string_view path, Instant now) {
  if (request.headers.get("Authorization") != "Bearer " + world.secret("secret_key"))
    return stripe_error(401, "Invalid API Key provided");
  if (request.method == http::Method::Post) return write(world, request, path, now);
  if (request.method != http::Method::Get) return stripe_error(405, "Method not allowed");
  const auto after = [&](std::string_view prefix) {
    return path.starts_with(prefix) ? path.substr(prefix.size()) : std::string_view();
  };
  const bool is_expanded = request.query_text().contains("latest_charge");
  if (path == "/v1/payment_links")
    return stripe_ok(stripe_list(path, {}));  // Nobody looks what is in it.
  if (path == "/v1/checkout/sessions") return sessions(world, request, now);
  if (const auto id = after("/v1/checkout/sessions/"); !id.empty())
    return one_session(world, id, is_expanded, now);
  if (const auto id = after("/v1/payment_links/"); !id.empty()) {
    const PayPlace* const place = world.place(id);
    return place == nullptr || is_session(id) ? stripe_missing("payment_link", id)
                                              : stripe_ok(stripe_link_json(world, *place));
  }
  if (const auto id = after("/v1/payment_intents/"); !id.empty()) {
    const Charge* const charge = world.readable_charge(id, now);
    return charge == nullptr || charge->is_foreign
               ? stripe_missing("payment_intent", id)
               : stripe_ok(stripe_intent_json(world, *charge, is_expanded));
  }
  if (path == "/v1/disputes") {
    const Charge* const charge = world.charge(request.query("payment_intent").value_or(""));
    const bool is_disputed = charge != nullptr && (charge->state == ChargeState::Disputed ||
                                                   charge->state == ChargeState::Chargeback);
    return stripe_ok(
        stripe_list(path, is_disputed ? json::array{stripe_dispute_json(*charge)} : json::array{}));
  }
  return stripe_error(404, fmt::format("Unrecognized request URL (GET: {})", path));
}

// The same key with the same words has happened already; with other words it is a mistake.
http::Response StripeSimulator::write(PayWorld& world, const http::Request& request,
                                      std::string_view path, Instant now) {
  if (!request.headers.get("Content-Type").starts_with("application/x-www-form-urlencoded") &&
      !request.body.empty()) {
    return stripe_error(
        400, "Invalid request (check that the Content-Type is application/x-www-form-urlencoded)");
  }
  const std::string key(request.headers.get("Idempotency-Key")),
      words = fmt::format("{}\n{}", path, request.body);
  if (const auto done = idempotent_.find(key); !key.empty() && done != idempotent_.end()) {
    if (done->second.first != words)
      return stripe_error(400,
                          "Keys for idempotent requests can only be used with the same parameters",
                          {}, "idempotency_error");
    http::Response again = http::json_response(200, done->second.second);
    again.headers.push_back({"Idempotent-Replayed", "true"});
    return again;
  }
  const StripeForm form = stripe_form_of(request);
  constexpr std::string_view kLinks = "/v1/payment_links", kSessions = "/v1/checkout/sessions";
  http::Response made = stripe_error(404, fmt::format("Unrecognized request URL (POST: {})", path));
  if (path == kLinks)
    made = make_link(world, form, now);
  else if (path == kSessions)
    made = make_session(world, form, now);
  else if (path == "/v1/refunds")
    made = make_refund(world, form, now);
  else if (path.starts_with(kSessions) && path.ends_with("/expire")) {
    return expire_session(world,
                          path.substr(kSessions.size() + 1, path.size() - kSessions.size() - 1 -
                                                                std::string_view("/expire").size()),
                          now);
  } else if (path.starts_with(kLinks)) {
    PayPlace* const place = world.place(path.substr(kLinks.size() + 1));
    if (place == nullptr || is_session(place->id))
      return stripe_missing("payment_link", path.substr(kLinks.size() + 1));
    if (form.contains("active")) place->is_active = in_form(form, "active") == "true";
    return stripe_ok(stripe_link_json(world, *place));
  }
  if (!key.empty() && made.status == 200) idempotent_[key] = {words, made.body};
  return made;
}

http::Response StripeSimulator::make_link(PayWorld& world, const StripeForm& form, Instant now) {
  static constexpr std::string_view kKnown[] = {
      "line_items[",           "metadata[",
      "after_completion[",     "restrictions[completed_sessions][limit]",
      "payment_method_types[", "payment_intent_data[",
      "submit_type",           "inactive_message",
      "allow_promotion_codes", "custom_fields["};
  for (const auto& [name, value] : form) {
    const bool is_known = std::ranges::any_of(
        kKnown, [&](std::string_view known) { return name.starts_with(known); });
    if (!is_known)
      return stripe_error(400, fmt::format("Received unknown parameter: {}", name), name);
  }
  PayPlace place{.id = "plink_" + world.random_text(24),
                 .made_at = now,
                 .is_single_use = in_form(form, "restrictions[completed_sessions][limit]") == "1"};
  place.return_url = in_form(form, "after_completion[redirect][url]");
  place.details["metadata"] = metadata_in(form, "metadata[");
  place.details["payment_metadata"] = metadata_in(form, "payment_intent_data[metadata][");
  return make_place(world, form, std::move(place));
}

http::Response StripeSimulator::make_session(PayWorld& world, const StripeForm& form, Instant now) {
  PayPlace place{
      .id = "cs_test_" + world.random_text(24), .made_at = now, .expires_at = now + kSessionMaxMs};
  if (in_form(form, "mode") != "payment")
    return stripe_error(400, "You must pass mode=payment here", "mode");
  if (const std::string until = in_form(form, "expires_at"); !until.empty()) {
    int64_t seconds = 0;
    std::from_chars(until.data(), until.data() + until.size(), seconds);
    place.expires_at = Instant{seconds * kSecondMs};
    const int64_t ahead = *place.expires_at - now;
    if (ahead < kSessionMinMs || ahead > kSessionMaxMs)
      return stripe_error(400, "expires_at must be between 30 minutes and 24 hours from now",
                          "expires_at");
  }
  place.return_url = in_form(form, "success_url");
  place.details["client_reference_id"] = in_form(form, "client_reference_id");
  place.details["metadata"] = metadata_in(form, "metadata[");
  place.details["payment_metadata"] = metadata_in(form, "payment_intent_data[metadata][");
  return make_place(world, form, std::move(place));
}

http::Response StripeSimulator::make_place(PayWorld& world, const StripeForm& form,
                                           PayPlace place) {
  const std::string price = "line_items[0][price_data]";
  const std::string amount = in_form(form, price + "[unit_amount]");
  const auto [end, error] =
      std::from_chars(amount.data(), amount.data() + amount.size(), place.minor);
  if (error != std::errc{} || end != amount.data() + amount.size() || place.minor <= 0)
    return stripe_error(400, "Invalid integer", price + "[unit_amount]");
  place.currency = in_form(form, price + "[currency]");
  if (!Currency::parse(place.currency))
    return stripe_error(400, fmt::format("Invalid currency: {}", place.currency),
                        price + "[currency]");
  place.title = in_form(form, price + "[product_data][name]");
  if (place.title.empty())
    return stripe_error(400, "Missing required param", price + "[product_data][name]");
  if (in_form(form, "line_items[0][quantity]") != "1")
    return stripe_error(400, "Invalid quantity", "line_items[0][quantity]");
  static constexpr std::pair<std::string_view, std::string_view> kLocal[] = {
      {"oxxo", "mxn"}, {"boleto", "brl"}, {"pix", "brl"}};
  for (const auto& [name, method] : form) {
    if (!name.starts_with("payment_method_types[")) continue;
    const auto* const local =
        std::ranges::find(kLocal, method, [](const auto& one) { return one.first; });
    const bool is_usable =
        local == std::end(kLocal) ? method == "card" : local->second == place.currency;
    if (!is_usable)
      return stripe_error(400,
                          fmt::format("The payment method type `{}` cannot be used with {}.",
                                      method, place.currency),
                          name);
    place.methods.push_back(method);
  }
  if (const auto* reference =
          place.details["payment_metadata"].as_object().if_contains("reference"))
    place.reference = reference->as_string();
  world.places.push_back(std::move(place));
  const PayPlace& made = world.places.back();
  return stripe_ok(is_session(made.id)
                       ? stripe_session_json(world, made, nullptr, false, made.made_at)
                       : stripe_link_json(world, made));
}

// Of a page that was opened, whether through a link or made by itself.
const Charge* charge_of_session(const PayWorld& world, std::string_view session_id) {
  const auto found = std::ranges::find(world.charges, session_id, session_id_of);
  return found == world.charges.end() ? nullptr : &*found;
}

http::Response StripeSimulator::expire_session(PayWorld& world, std::string_view id, Instant now) {
  const Charge* const charge = charge_of_session(world, id);
  PayPlace* const place = world.place(charge == nullptr ? id : std::string_view(charge->place_id));
  if (place == nullptr) return stripe_missing("checkout.session", id);
  if (session_status(*place, charge, now) != "open")
    return stripe_error(400, "Only Checkout Sessions with a status in [\"open\"] can be expired");
  if (charge != nullptr) world.charge(charge->id)->state = ChargeState::Expired;
  if (is_session(place->id)) place->is_active = false;
  return one_session(world, id, false, now);
}

http::Response StripeSimulator::one_session(PayWorld& world, std::string_view id, bool is_expanded,
                                            Instant now) {
  const Charge* const charge = charge_of_session(world, id);
  const PayPlace* const place =
      world.place(charge == nullptr ? id : std::string_view(charge->place_id));
  if (place == nullptr || !is_session(id)) return stripe_missing("checkout.session", id);
  return stripe_ok(stripe_session_json(world, *place, charge, is_expanded, now));
}

// The newest first, in pages.
http::Response StripeSimulator::sessions(PayWorld& world, const http::Request& request,
                                         Instant now) {
  const std::string link = request.query("payment_link").value_or(""),
                    intent = request.query("payment_intent").value_or("");
  const std::string after = request.query("starting_after").value_or("");
  const bool is_expanded = request.query_text().contains("latest_charge");
  size_t limit = 10;
  if (const std::string text = request.query("limit").value_or(""); !text.empty())
    std::from_chars(text.data(), text.data() + text.size(), limit);
  json::array found;
  bool has_begun = after.empty(), has_more = false;
  for (auto charge = world.charges.rbegin(); charge != world.charges.rend(); ++charge) {
    const bool is_asked_for =
        (link.empty() || charge->place_id == link) && (intent.empty() || charge->id == intent);
    if (!is_asked_for || charge->readable_at > now || charge->is_foreign) continue;
    has_more = found.size() == limit;
    if (has_more) break;
    if (has_begun)
      found.push_back(
          stripe_session_json(world, *world.place(charge->place_id), &*charge, is_expanded, now));
    has_begun = has_begun || session_id_of(*charge) == after;
  }
  return stripe_ok(stripe_list("/v1/checkout/sessions", std::move(found), has_more));
}

http::Response StripeSimulator::make_refund(PayWorld& world, const StripeForm& form, Instant now) {
  const std::string id = in_form(form, "payment_intent"), amount = in_form(form, "amount");
  Charge* const charge = world.readable_charge(id, now);
  if (charge == nullptr || charge->is_foreign) return stripe_missing("payment_intent", id);
  int64_t minor = 0;
  std::from_chars(amount.data(), amount.data() + amount.size(), minor);
  if (!amount.empty() && minor <= 0) return stripe_error(400, "Invalid integer", "amount");
  if (!world.give_back(*charge, minor, now))
    return stripe_error(400, "Refund amount is greater than unrefunded amount on charge", "amount");
  return stripe_ok({{"id", "re_" + world.random_text(24)},
                    {"object", "refund"},
                    {"amount", minor},
                    {"currency", charge->currency},
                    {"payment_intent", id},
                    {"status", "succeeded"}});
}

PayPlace* StripeSimulator::place_at(PayWorld& world, const http::Request&, std::string_view path,
                                    Instant) {
  for (const std::string_view page : {"/buy/", "/c/pay/"}) {
    if (path.starts_with(page)) return world.place(path.substr(page.size()));
  }
  return nullptr;
}

void StripeSimulator::name_charge(PayWorld& world, const PayPlace& place, Charge& charge, Instant) {
  charge.id = "pi_" + world.random_text(24);
  charge.reference = place.reference;
  std::ranges::transform(charge.currency, charge.currency.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  if (charge.method == "PSE")
    charge.method = charge.state == ChargeState::Pending
                        ? "oxxo"
                        : "card";  // What the control API says when nothing is said.
}

// The events.

struct StripeEvent {
  std::string_view type;
  json::object object;
};

bool has_told(const Charge& charge, std::string_view type) {
  return std::ranges::any_of(charge.told,
                             [type](const std::string& body) { return body.contains(type); });
}

std::vector<StripeEvent> events_of(const PayWorld& world, const Charge& charge,
                                   const PayPlace& place, Instant now) {
  const json::object session = stripe_session_json(world, place, &charge, false, now),
                     intent = stripe_intent_json(world, charge, false);
  switch (charge.state) {
    case ChargeState::Pending:
      return {{"checkout.session.completed", session}};
    case ChargeState::Declined:
      if (charge.told.empty()) return {{"payment_intent.payment_failed", intent}};
      return {{"checkout.session.async_payment_failed", session},
              {"payment_intent.payment_failed", intent}};
    case ChargeState::Expired:
      return {{"checkout.session.expired", session}};
    case ChargeState::PartlyRefunded:
    case ChargeState::Refunded:
      return {{"charge.refunded", stripe_charge_json(world, charge)}};
    case ChargeState::Disputed:
      return {{"charge.dispute.created", stripe_dispute_json(charge)},
              {"charge.dispute.funds_withdrawn", stripe_dispute_json(charge)}};
    case ChargeState::Chargeback:
      return {{"charge.dispute.closed", stripe_dispute_json(charge)}};
    case ChargeState::Paid:
      break;
    case ChargeState::Error:
    case ChargeState::Voided:
      return {};
  }
  if (has_told(charge, "charge.dispute.created")) {
    return {{"charge.dispute.closed", stripe_dispute_json(charge)},
            {"charge.dispute.funds_reinstated", stripe_dispute_json(charge)}};
  }
  if (is_asynchronous(charge))
    return {{"checkout.session.async_payment_succeeded", session},
            {"payment_intent.succeeded", intent}};
  return {{"checkout.session.completed", session}, {"payment_intent.succeeded", intent}};
}

// Signed when it leaves, with every secret that is valid, and with the decoy of test mode.
std::string stripe_signature(const std::vector<std::string>& secrets, const std::string& body,
                             bool is_upper, Instant at) {
  std::string line = fmt::format("Stripe-Signature: t={}", at.ms / kSecondMs);
  for (const auto& secret : secrets) {
    std::string digest = hex(hmac_sha256(secret, fmt::format("{}.{}", at.ms / kSecondMs, body)));
    if (is_upper)
      std::ranges::transform(digest, digest.begin(), [](char c) {
        return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c;
      });
    line += ",v1=" + digest;
  }
  return line + ",v0=" + std::string(64, '0');
}

std::vector<PayNotice> StripeSimulator::notices_of(PayWorld& world, const Charge& charge,
                                                   const NoticeTwist& twist, Instant now) {
  std::vector<std::string> secrets = {world.signing_secret("webhook_secret", twist.signing)};
  if (twist.signing == Signed::Rightly)
    secrets.push_back(world.signing_secret("webhook_secret", Signed::ByOldSecret));
  if (world.random.chance_ppm(500'000)) std::ranges::reverse(secrets);
  std::vector<PayNotice> notices;
  for (auto& [type, object] : events_of(world, charge, *world.place(charge.place_id), now)) {
    if (twist.null_reference) object["metadata"] = json::object{};
    if (twist.extra_fields)
      object["added_later"] = json::object{{"ñandú", json::array{1, nullptr, "…"}}};
    const json::object event{{"id", "evt_" + world.random_text(24)},
                             {"object", "event"},
                             {"api_version", kStripeApi},
                             {"created", now.ms / kSecondMs},
                             {"data", {{"object", object}}},
                             {"livemode", is_stripe_live(world) != twist.other_environment},
                             {"pending_webhooks", 1},
                             {"request", {{"id", nullptr}, {"idempotency_key", nullptr}}},
                             {"type", twist.unknown_type ? "treasury.something_new" : type}};
    PayNotice notice{
        .body = to_json(event),
        .headers = {"Content-Type: application/json; charset=utf-8", "User-Agent: Stripe/1.0"}};
    notice.signature_at = [secrets, body = notice.body, is_upper = twist.upper_case](Instant at) {
      return stripe_signature(secrets, body, is_upper, at);
    };
    if (twist.altered) notice.body.replace(notice.body.find("\"amount"), 7, "\"Amount");
    notices.push_back(std::move(notice));
  }
  return notices;
}

}  // namespace

std::unique_ptr<PaySimulator> make_stripe_simulator() {
  return std::make_unique<StripeSimulator>();
}

}  // namespace puntual::sandbox
