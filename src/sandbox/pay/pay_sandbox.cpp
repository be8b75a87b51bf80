#include "sandbox/pay/pay_sandbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/money.h"
#include "base/toml_json.h"
#include "sandbox/pay/simulator.h"

namespace puntual::sandbox {
namespace {

constexpr std::string_view kApi = "/pay/", kControl = "/_pay/";

// A secret of the house's file: one text, or the first of several.
std::string first_text(const json::value& value) {
  if (const auto* list = value.if_array())
    return list->empty() ? std::string() : first_text(list->front());
  if (const auto* text = value.if_string()) return std::string(*text);
  return value.is_int64() ? std::to_string(value.get_int64()) : std::string();
}

void take_secrets(const json::value& document, std::string_view provider,
                  std::map<std::string, std::string>& secrets) {
  const auto* own = member_object(document, provider);
  const json::object& table = own != nullptr ? *own : document.as_object();
  for (const auto& [name, value] : table) {
    if (!value.is_object()) secrets[std::string(name)] = first_text(value);
  }
}

http::Response control_trouble(int status, std::string_view what) {
  return http::json_response(status, to_json(json::object{{"error", what}}));
}

json::object json_of_charge(const Charge& charge, Instant now) {
  return {{"id", charge.id},
          {"link", charge.place_id},
          {"reference", charge.reference},
          {"state", text_of(charge.state)},
          {"amount_minor", charge.minor},
          {"refunded_minor", charge.refunded_minor},
          {"currency", charge.currency},
          {"method", charge.method},
          {"at", format_utc(charge.changed_at)},
          {"readable", charge.readable_at <= now}};
}

json::object json_of_place(const PayPlace& place) {
  return {{"id", place.id},
          {"reference", place.reference},
          {"amount_minor", place.minor},
          {"currency", place.currency},
          {"active", place.is_active}};
}

struct Waiting {
  int64_t id = 0;
  size_t house = 0;  // Whose.
  PayNotice notice;
  Instant at;
  int attempt = 1;
  bool is_out = false;  // Under way to the receiver.
};

}  // namespace

class PaySandbox::Impl {
 public:
  struct House {
    std::unique_ptr<PaySimulator> simulator;
    PayWorld world;
  };

  std::optional<http::Response> handle(const http::Request& request, Instant now);
  http::Response page(House& house, PayPlace& place, const http::Request& request, Instant now);
  http::Response control(const http::Request& request, std::string_view path, Instant now);
  http::Response control_of(House& house, const http::Request& request, std::string_view verb,
                            Instant now);
  http::Response pay(House& house, const json::value& given, Instant now);
  http::Response change(House& house, std::string_view verb, const json::value& given, Instant now);
  Charge& charge_at(House& house, const PayPlace& place, ChargeState state,
                    const json::value& given, Instant now);
  void tell(House& house, Charge& charge, Instant now);
  void queue(House& house, const PayNotice& notice, Instant at);
  House* house_named(std::string_view name);
  Result<void> load_faults(std::string_view text, std::string_view file_name);

  std::string notice_url;
  std::vector<House> houses;
  std::vector<Waiting> waiting;
  int64_t next_notice = 1;
};

namespace {

// Why nobody can pay there; empty: they can.
std::string trouble_of(const PayWorld& world, const PayPlace& place, Instant now) {
  if (!place.is_active) return "Este enlace ya no está activo.";
  if (place.expires_at && *place.expires_at <= now) return "Este enlace ya venció.";
  if (place.is_single_use && world.is_paid(place)) return "Este enlace ya fue pagado.";
  return {};
}

std::optional<ChargeState> state_of_outcome(std::string_view outcome) {
  if (outcome == "approved") return ChargeState::Paid;
  if (outcome == "declined") return ChargeState::Declined;
  if (outcome == "error") return ChargeState::Error;
  if (outcome == "pending") return ChargeState::Pending;
  if (outcome == "expired") return ChargeState::Expired;
  return std::nullopt;
}

// The next answer spoilt, if that was asked for. "hang" has none at all.
std::optional<http::Response> spoilt_answer(PayWorld& world) {
  if (world.take_fault("server_error")) return http::json_response(500, R"({"error":"internal"})");
  if (world.take_fault("busy")) return http::json_response(429, R"({"error":"too many requests"})");
  if (world.take_fault("not_found")) return http::json_response(404, R"({"error":"not found"})");
  if (world.take_fault("no_json")) return http::text_response(200, "<html>502 Bad Gateway</html>");
  return std::nullopt;
}

void swap_stale(PayWorld& world, Instant now) {
  for (auto& charge : world.charges) {
    if (!charge.stale || now >= charge.stale->until) continue;
    std::swap(charge.state, charge.stale->state);
    std::swap(charge.refunded_minor, charge.stale->refunded_minor);
  }
}

NoticeTwist take_twist(PayWorld& world) {
  NoticeTwist twist;
  if (world.take_fault("wrong_signature")) twist.signing = Signed::Wrongly;
  if (world.take_fault("old_secret")) twist.signing = Signed::ByOldSecret;
  twist.altered = world.take_fault("altered_body").has_value();
  twist.other_environment = world.take_fault("other_environment").has_value();
  twist.unknown_type = world.take_fault("unknown_type").has_value();
  twist.extra_fields = world.take_fault("extra_fields").has_value();
  twist.null_reference = world.take_fault("null_reference").has_value();
  twist.upper_case = world.take_fault("upper_case").has_value();
  return twist;
}

}  // namespace

PaySandbox::Impl::House* PaySandbox::Impl::house_named(std::string_view name) {
  const auto found =
      std::ranges::find(houses, name, [](const House& house) { return house.simulator->name(); });
  return found == houses.end() ? nullptr : &*found;
}

Result<void> PaySandbox::Impl::load_faults(std::string_view text, std::string_view file_name) {
  ASSIGN_OR_RETURN(const auto faults, pay_faults_of(text, file_name));
  for (auto& house : houses) {
    for (const auto& [provider, fault] : faults) {
      if (provider.empty() || provider == house.simulator->name())
        house.world.faults.push_back(fault);
    }
  }
  return {};
}

void PaySandbox::Impl::queue(House& house, const PayNotice& notice, Instant at) {
  waiting.push_back({.id = next_notice++,
                     .house = static_cast<size_t>(&house - houses.data()),
                     .notice = notice,
                     .at = at});
}

void PaySandbox::Impl::tell(House& house, Charge& charge, Instant now) {
  const NoticeTwist twist = take_twist(house.world);
  auto notices = house.simulator->notices_of(house.world, charge, twist, now);
  if (notices.empty()) return;
  const PayPlace* const place = house.world.place(charge.place_id);
  std::string where = place == nullptr ? std::string() : place->notice_url;
  if (where.empty() && !notice_url.empty())
    where = fmt::format("{}/{}", notice_url, house.simulator->name());
  const bool is_lost = house.world.take_fault("drop").has_value(),
             is_parallel = house.world.take_fault("parallel").has_value();
  const bool is_doubled = house.world.take_fault("duplicate").has_value();
  const auto late = house.world.take_fault("late");
  const Instant at = now + (late ? late->delay_ms : 0);
  for (auto& notice : notices) {
    charge.told.push_back(notice.record.empty() ? notice.body : notice.record);
    if (notice.url.empty()) notice.url = where;
    if (is_lost || notice.url.empty()) continue;
    if (!notice.query.empty())
      notice.url += fmt::format("{}{}", notice.url.contains('?') ? '&' : '?', notice.query);
    queue(house, notice, at);
    if (is_parallel) queue(house, notice, at);
    if (is_doubled) queue(house, notice, at + kSecondMs);
  }
}

Charge& PaySandbox::Impl::charge_at(House& house, const PayPlace& place, ChargeState state,
                                    const json::value& given, Instant now) {
  PayWorld& world = house.world;
  Charge charge{.place_id = place.id,
                .currency = place.currency,
                .method = member_text(given, "method").value_or("PSE")};
  charge.minor = member_int(given, "amount_minor").value_or(place.minor);
  charge.state = state;
  charge.made_at = charge.changed_at = charge.readable_at = now;
  if (state == ChargeState::Paid) charge.paid_at = now;
  const auto currency = Currency::parse(place.currency);
  const int64_t unit = currency ? currency->minor_per_major() : 1;
  if (world.take_fault("amount_more")) charge.minor += unit;
  if (world.take_fault("amount_less")) charge.minor -= unit;
  if (world.take_fault("other_currency"))
    charge.currency = charge.currency == "USD" ? "COP" : "USD";
  if (world.take_fault("other_merchant")) charge.is_foreign = true;
  if (const auto fault = world.take_fault("unreadable")) charge.readable_at = now + fault->delay_ms;
  house.simulator->name_charge(world, place, charge, now);
  world.charges.push_back(std::move(charge));
  tell(house, world.charges.back(), now);
  return world.charges.back();
}

http::Response PaySandbox::Impl::page(House& house, PayPlace& place, const http::Request& request,
                                      Instant now) {
  const std::string trouble = trouble_of(house.world, place, now);
  if (request.method != http::Method::Post || !trouble.empty()) return pay_page(place, trouble);
  http::Request form;
  form.target = "/?" + request.body;
  const auto outcome = state_of_outcome(form.query("outcome").value_or(""));
  if (!outcome) return pay_page(place, "Elija qué debe pasar.");
  json::object given{{"method", form.query("method").value_or("PSE")}};
  if (place.minor == 0) given["amount_minor"] = form.query("amount_minor").value_or("");
  const Charge& charge = charge_at(house, place, *outcome, given, now);
  if (place.return_url.empty()) {
    http::Response done =
        pay_page(place, *outcome == ChargeState::Paid ? "Listo. Ya puede cerrar esta página."
                                                      : "No se hizo ningún pago.");
    done.status = 200;
    return done;
  }
  const std::string back =
      fmt::format("{}{}{}", place.return_url, place.return_url.contains('?') ? '&' : '?',
                  house.simulator->return_query(place, charge));
  return {.status = 303, .headers = {{"Location", back}}};
}

// {"url"|"link"|"reference", "outcome", "amount_minor", "method", "anyway"}
http::Response PaySandbox::Impl::pay(House& house, const json::value& given, Instant now) {
  PayWorld& world = house.world;
  PayPlace* place = world.place(text_in(given, "link"));
  if (const std::string reference = text_in(given, "reference");
      place == nullptr && !reference.empty()) {
    const auto found = std::ranges::find(world.places, reference, &PayPlace::reference);
    if (found != world.places.end()) place = &*found;
  }
  if (const std::string url = text_in(given, "url");
      place == nullptr && url.starts_with(world.base_url)) {
    http::Request visit;
    visit.target = url.substr(world.base_url.size());
    place = house.simulator->place_at(world, visit, visit.path(), now);
  }
  if (place == nullptr)
    return control_trouble(404, "no such place to pay: name its url, link or reference");
  const auto outcome = state_of_outcome(member_text(given, "outcome").value_or("approved"));
  if (!outcome || !house.simulator->knows(*outcome))
    return control_trouble(400, "outcome: approved, declined, error or pending");
  if (const auto method = member_text(given, "method");
      method && !place->methods.empty() &&
      std::ranges::find(place->methods, *method) == place->methods.end()) {
    return control_trouble(409, fmt::format("method: this place is paid by {} alone",
                                            fmt::join(place->methods, ", ")));
  }
  if (const auto trouble = trouble_of(world, *place, now);
      !trouble.empty() && !member_bool(given, "anyway").value_or(false))
    return control_trouble(409, trouble);
  return http::json_response(
      200, to_json(json_of_charge(charge_at(house, *place, *outcome, given, now), now)));
}

// settle {"payment","outcome"}; refund {"payment","amount_minor"}; void, dispute, chargeback, win
// {"payment"}
http::Response PaySandbox::Impl::change(House& house, std::string_view verb,
                                        const json::value& given, Instant now) {
  Charge* const charge = house.world.charge(text_in(given, "payment"));
  if (charge == nullptr) return control_trouble(404, "payment: there is none of this id");
  std::optional<ChargeState> next;
  int64_t refunded = charge->refunded_minor;
  if (verb == "settle" && charge->state == ChargeState::Pending)
    next = state_of_outcome(member_text(given, "outcome").value_or("approved"));
  if (verb == "void" && charge->state == ChargeState::Paid) next = ChargeState::Voided;
  if (verb == "dispute" && charge->state == ChargeState::Paid) next = ChargeState::Disputed;
  if (verb == "chargeback" && charge->paid_at) next = ChargeState::Chargeback;
  if (verb == "win" && charge->state == ChargeState::Disputed) next = ChargeState::Paid;
  if (verb == "refund" &&
      (charge->state == ChargeState::Paid || charge->state == ChargeState::PartlyRefunded)) {
    refunded =
        std::min(charge->minor,
                 refunded + member_int(given, "amount_minor").value_or(charge->minor - refunded));
    next = refunded == charge->minor ? ChargeState::Refunded : ChargeState::PartlyRefunded;
  }
  if (!next || !house.simulator->knows(*next))
    return control_trouble(409, fmt::format("a payment that is {} cannot do this at {}",
                                            text_of(charge->state), house.simulator->name()));
  if (const auto fault = house.world.take_fault("stale"))
    charge->stale = {.state = charge->state,
                     .refunded_minor = charge->refunded_minor,
                     .until = now + fault->delay_ms};
  charge->state = *next;
  charge->refunded_minor = refunded;
  charge->changed_at = now;
  if (*next == ChargeState::Paid && !charge->paid_at) charge->paid_at = now;
  tell(house, *charge, now);
  return http::json_response(200, to_json(json_of_charge(*charge, now)));
}

http::Response PaySandbox::Impl::control_of(House& house, const http::Request& request,
                                            std::string_view verb, Instant now) {
  if (request.method == http::Method::Get && verb == "list") {
    json::array places, charges;
    for (const auto& place : house.world.places) places.push_back(json_of_place(place));
    for (const auto& charge : house.world.charges) charges.push_back(json_of_charge(charge, now));
    return http::json_response(200, to_json(json::object{{"links", std::move(places)},
                                                         {"payments", std::move(charges)},
                                                         {"faults", house.world.faults.size()}}));
  }
  if (request.method != http::Method::Post)
    return control_trouble(404,
                           "GET list; POST pay, settle, refund, void, dispute, chargeback, win");
  const auto given = parse_json(request.body);
  if (!given) return control_trouble(400, given.error().message);
  return verb == "pay" ? pay(house, *given, now) : change(house, verb, *given, now);
}

http::Response PaySandbox::Impl::control(const http::Request& request, std::string_view path,
                                         Instant now) {
  if (path == "faults" && request.method == http::Method::Post) {
    const auto loaded = load_faults(request.body, "faults");
    return loaded ? http::json_response(200, "{}") : control_trouble(400, loaded.error().message);
  }
  const size_t end = std::min(path.find('/'), path.size());
  House* const house = house_named(path.substr(0, end));
  if (house == nullptr)
    return control_trouble(404, "POST faults, or a provider's name and what is to happen there");
  return control_of(*house, request, path.substr(std::min(end + 1, path.size())), now);
}

std::optional<http::Response> PaySandbox::Impl::handle(const http::Request& request, Instant now) {
  std::string_view path = request.path();
  if (path.starts_with(kControl)) return control(request, path.substr(kControl.size()), now);
  path.remove_prefix(std::min(kApi.size(), path.size()));
  const size_t end = std::min(path.find('/'), path.size());
  House* const house = house_named(path.substr(0, end));
  if (house == nullptr) return control_trouble(404, "no such provider here");
  path.remove_prefix(end);
  if (PayPlace* const place = house->simulator->place_at(house->world, request, path, now))
    return page(*house, *place, request, now);
  if (house->world.take_fault("hang")) return std::nullopt;
  if (auto spoilt = spoilt_answer(house->world)) return spoilt;
  // PayU is asked by POST.
  const bool is_read = request.method == http::Method::Get || path.contains("/reports-api");
  if (is_read) swap_stale(house->world, now);
  http::Response answer = house->simulator->answer(house->world, request, path, now);
  if (is_read) swap_stale(house->world, now);
  for (const auto& id : std::exchange(house->world.untold, {}))
    tell(*house, *house->world.charge(id), now);
  // Done, and nobody hears of it.
  if (request.method != http::Method::Get && house->world.take_fault("lost_answer"))
    return http::json_response(500, R"({"error":"internal"})");
  if (house->world.take_fault("slow")) answer.ending = http::Ending::Drip;
  return answer;
}

Result<PaySandbox> PaySandbox::make(const PayOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->notice_url = options.notice_url;
  ASSIGN_OR_RETURN(const json::value secrets, json_of_toml(options.secrets, "--pay-secrets-file"));
  uint64_t seed = options.seed;
  for (const auto& name : options.providers) {
    auto simulator = make_pay_simulator(name);
    if (simulator == nullptr) {
      const auto known = pay_simulator_names();
      return fail(ErrorCode::NotFound, "payment provider '{}' is not simulated (known are {})",
                  name, fmt::join(known, ", "));
    }
    Impl::House house{.simulator = std::move(simulator), .world = PayWorld(seed++)};
    house.world.secrets = house.simulator->default_secrets();
    take_secrets(secrets, name, house.world.secrets);
    impl->houses.push_back(std::move(house));
  }
  return PaySandbox(std::move(impl));
}

PaySandbox::PaySandbox(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PaySandbox::~PaySandbox() = default;
PaySandbox::PaySandbox(PaySandbox&&) noexcept = default;
PaySandbox& PaySandbox::operator=(PaySandbox&&) noexcept = default;

std::optional<http::Response> PaySandbox::handle(const http::Request& request, Instant now) {
  return impl_->handle(request, now);
}

std::optional<Instant> PaySandbox::next_due() const {
  std::optional<Instant> due;
  for (const auto& one : impl_->waiting) {
    if (!one.is_out && (!due || one.at < *due)) due = one.at;
  }
  return due;
}

std::vector<WebhookDelivery> PaySandbox::advance(Instant now) {
  std::ranges::stable_sort(impl_->waiting, {}, &Waiting::at);
  std::vector<WebhookDelivery> deliveries;
  for (auto& one : impl_->waiting) {
    if (one.is_out || one.at > now) continue;
    one.is_out = true;
    deliveries.push_back({.id = one.id,
                          .body = one.notice.body,
                          .signature = {},
                          .attempt = one.attempt,
                          .url = one.notice.url,
                          .headers = one.notice.headers});
    if (one.notice.signature_at) deliveries.back().headers.push_back(one.notice.signature_at(now));
  }
  return deliveries;
}

void PaySandbox::delivered(int64_t delivery_id, int http_status, Instant now) {
  const auto found = std::ranges::find(impl_->waiting, delivery_id, &Waiting::id);
  if (found == impl_->waiting.end()) return;
  const auto gaps = impl_->houses[found->house].simulator->retry_after_ms();
  const bool is_over = http_status == 200 || static_cast<size_t>(found->attempt) > gaps.size();
  if (is_over) {
    impl_->waiting.erase(found);
    return;
  }
  found->at = now + gaps[static_cast<size_t>(found->attempt++ - 1)];
  found->is_out = false;
}

Result<void> PaySandbox::load_faults(std::string_view text, std::string_view file_name) {
  return impl_->load_faults(text, file_name);
}

void PaySandbox::set_base_url(const std::string& url) {
  for (auto& house : impl_->houses)
    house.world.base_url = fmt::format("{}{}{}", url, kApi, house.simulator->name());
}

json::object PaySandbox::ready() const {
  json::object ready;
  for (const auto& house : impl_->houses)
    ready[house.simulator->name()] = json::object{
        {"base_url", house.world.base_url + std::string(house.simulator->base_path())}};
  return ready;
}

}  // namespace puntual::sandbox
