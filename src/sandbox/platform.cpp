// The front door: who is calling, which object, which edge; and time passing.
#include "sandbox/platform.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "http/message.h"
#include "sandbox/state.h"

namespace puntual::sandbox {
namespace {

constexpr int kOldestVersion = 21;  // Usable on 2026-11-21 (contract section 1.1).
constexpr int kNewestVersion = 26;

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    if (path.front() == '/') path.remove_prefix(1);
    const auto part = path.substr(0, path.find('/'));
    if (!part.empty()) parts.push_back(part);
    path.remove_prefix(part.size());
  }
  return parts;
}

// Takes "v26.0" off the path; the newest when there is none. Empty when it is no version we have.
std::optional<int> take_version(std::vector<std::string_view>& parts) {
  if (parts.empty() || parts.front().size() < 2 || parts.front().front() != 'v')
    return kNewestVersion;
  const std::string_view text = parts.front();
  int version = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), version);
  const bool is_known = error == std::errc{} &&
                        std::string_view(end, text.data() + text.size()) == ".0" &&
                        version >= kOldestVersion && version <= kNewestVersion;
  parts.erase(parts.begin());
  return is_known ? std::optional(version) : std::nullopt;
}

std::optional<GraphError> check_token(const State& state, const Call& call) {
  constexpr std::string_view kBearer = "Bearer ";
  std::string given(call.request.authorization);
  if (given.empty()) {
    if (auto in_query = call.query("access_token")) given = std::string(kBearer) + *in_query;
  }
  if (given.empty())
    return GraphError{.code = 104, .details = "Send the header Authorization: Bearer <token>."};
  const bool is_bearer =
      http::equal_ignoring_case(std::string_view(given).substr(0, kBearer.size()), kBearer) ||
      given.starts_with("OAuth ");
  const auto token = std::string_view(given).substr(given.find(' ') + 1);
  if (!is_bearer || token != state.options.access_token) {
    return GraphError{.code = 190,
                      .details = "Invalid OAuth access token - Cannot parse access token"};
  }
  return std::nullopt;
}

ApiResponse unknown_object(std::string_view id) {
  return error_response(
      {.code = 100,
       .details =
           fmt::format("Unsupported request. Object with ID '{}' does not exist, cannot be loaded "
                       "due to missing permissions, or does not support this operation.",
                       id),
       .subcode = 33});
}

ApiResponse route(State& state, const Call& call, Instant now) {
  if (call.parts.empty())
    return error_response({.code = 2500, .details = "An object id is required in the path."});
  const std::string_view id = call.parts[0];
  if (const auto number = state.number_index(id)) return handle_number(state, *number, call, now);
  if (id == state.options.waba_id) return handle_account(state, call, now);
  if (id == state.options.app_id || id.starts_with("upload:")) return handle_uploads(state, call);
  if (const auto found = state.templates_by_id.find(id); found != state.templates_by_id.end()) {
    return handle_template(state, *found->second, call, now);
  }
  if (state.media.contains(id)) return handle_media(state, id, call, now);
  return unknown_object(id);
}

void run_event(State& state, const Event& event) {
  switch (event.kind) {
    case EventKind::Sent:
    case EventKind::Delivered:
    case EventKind::Read:
    case EventKind::Failed:
      message_event(state, event);
      break;
    case EventKind::Redeliver:
      state.redeliveries.push_back(event.ref);
      break;
    case EventKind::LateChange:
      if (auto late = state.late_changes.extract(event.ref))
        state.late_ready.push_back(std::move(late.mapped()));
      break;
    case EventKind::Review:
    case EventKind::Unpause:
    case EventKind::CategoryFlip:
      if (const auto found = state.templates_by_id.find(std::to_string(event.ref));
          found != state.templates_by_id.end()) {
        Template& one = *found->second;
        if (event.kind == EventKind::Review && one.status == "PENDING")
          review_template(state, one, event.at);
        if (event.kind == EventKind::Unpause && one.status == "PAUSED") {
          set_template_status(state, one, "APPROVED", "NONE", event.at);
        }
        if (event.kind == EventKind::CategoryFlip && !one.correct_category.empty()) {
          flip_category(state, one, std::string(one.correct_category), event.at);
        }
      }
      break;
  }
}

// What is due happens before a request is looked at: it must find the world as it is at its
// instant.
void run_due(State& state, Instant now) {
  while (!state.events.empty() && state.events.top().at <= now) {
    const Event event = state.events.top();
    state.events.pop();
    run_event(state, event);
  }
}

}  // namespace

std::optional<std::string> Call::query(std::string_view name) const {
  http::Request parsed;
  if (!request.target.contains('?')) return std::nullopt;
  parsed.target = request.target;
  return parsed.query(name);
}

State::State(PlatformOptions settings)
    : options(std::move(settings)),
      random(options.seed),
      portfolio(std::hash<std::string>()(options.waba_id)),
      management_calls(static_cast<size_t>(options.management_calls_an_hour), kHourMs) {
  Number number{.id = options.phone_number_id, .display = options.display_phone_number};
  number.digits = People::normalise(number.display, {});
  number.verified_name = options.verified_name;
  number.limit.set_rate(options.messages_per_second);
  number.profile = {{"messaging_product", "whatsapp"}, {"about", "Cuenta de prueba"}};
  numbers.push_back(std::move(number));
}

std::optional<size_t> State::number_index(std::string_view id) const {
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i].id == id) return i;
  }
  return std::nullopt;
}

ApiResponse ok_response(std::string body) { return {.body = std::move(body)}; }
ApiResponse success_response() { return ok_response(R"({"success":true})"); }

Platform::Platform(PlatformOptions options) : state_(std::make_unique<State>(std::move(options))) {}
Platform::~Platform() = default;

ApiResponse Platform::handle(const ApiRequest& request, Instant now) {
  State& state = *state_;
  if (!state.has_started) {
    state.started = now;
    state.has_started = true;
  }
  run_due(state, now);
  Call call{request, parts_of(request.target.substr(0, request.target.find('?')))};
  if (!call.parts.empty() && call.parts[0] == "_sandbox") return handle_control(state, call, now);
  if (const auto error = check_token(state, call)) return error_response(*error);
  if (!call.parts.empty() && call.parts[0] == "_media") return download_media(state, call, now);
  const std::string_view version_text = call.parts.empty() ? std::string_view() : call.parts[0];
  const auto version = take_version(call.parts);
  if (!version) {
    return error_response(
        {.code = 2500,
         .details = fmt::format("Unknown version '{}'; v{}.0 to v{}.0 can be used.", version_text,
                                kOldestVersion, kNewestVersion)});
  }
  call.version = *version;
  return route(state, call, now);
}

std::optional<Instant> Platform::next_due() const {
  if (!state_->changes.empty()) return state_->changes.front().at;
  if (state_->events.empty()) return std::nullopt;
  return state_->events.top().at;
}

std::vector<WebhookDelivery> Platform::advance(Instant now) {
  State& state = *state_;
  run_due(state, now);
  return cut_deliveries(state, now);
}

void Platform::delivered(int64_t delivery_id, int http_status, Instant now) {
  report_delivery(*state_, delivery_id, http_status, now);
}

Result<std::string> Platform::act(const PersonAction& action, Instant now) {
  return person_acts(*state_, action, now);
}

Result<void> Platform::set_person(std::string_view text, Instant now) {
  ASSIGN_OR_RETURN(const auto properties, parse_json(text));
  return change_person(*state_, properties, now);
}

Result<void> Platform::load_faults(std::string_view text, std::string_view file_name) {
  ASSIGN_OR_RETURN(const auto document, toml_or_json(text, file_name));
  return read_faults(*state_, document);
}

Result<std::string> Platform::add_template(std::string_view definition, Instant now) {
  ASSIGN_OR_RETURN(const auto document, parse_json(definition));
  auto made = std::make_unique<Template>();
  if (const auto error = compile_template(document, *made)) {
    return fail(ErrorCode::Invalid, "template '{}' would be refused with {}: {}", made->name,
                error->code, error->details);
  }
  made->id = state_->new_object_id();
  made->created = now;
  made->status = "APPROVED";
  const std::string key = made->name + '\n' + made->language;
  state_->templates_by_id[made->id] = made.get();
  if (!state_->templates.contains(key)) state_->template_order.push_back(key);
  std::string id = made->id;
  state_->templates[key] = std::move(made);
  return id;
}

void Platform::set_base_url(std::string url) { state_->options.base_url = std::move(url); }
const PlatformOptions& Platform::options() const { return state_->options; }

}  // namespace puntual::sandbox
