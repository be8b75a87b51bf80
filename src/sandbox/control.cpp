// The control API below /_sandbox/: what a test or a person at the demo does to the world. No
// token: it listens on loopback only. POST clock belongs to the process, which owns the clock
// (sandbox_server.cpp).
#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "sandbox/state.h"

namespace puntual::sandbox {
namespace {

ApiResponse control_error(const Error& error) {
  const int status = error.code == ErrorCode::NotFound ? 404 : 400;
  return {.status = status, .body = fmt::format(R"({{"error":{}}})", json_quoted(error.message))};
}

ApiResponse ok_or(const Result<void>& result) {
  return result ? success_response() : control_error(result.error());
}

json::object json_of(const State& state, int64_t number, const Message& message) {
  json::object object{{"id", wamid_of(state, number, message)},
                      {"direction", message.direction == Direction::Out ? "out" : "in"},
                      {"phone", message.person->phone},
                      {"user_id", message.person->user_id},
                      {"at", format_utc(message.at)},
                      {"type", message.type},
                      {"status", message.held ? std::string("held") : message.status},
                      {"category", message.category}};
  if (message.fail_code != 0) object["error_code"] = message.fail_code;
  if (!message.callback_data.empty()) object["biz_opaque_callback_data"] = message.callback_data;
  if (!message.context_id.empty()) object["context_id"] = message.context_id;
  if (auto content = parse_json(message.content)) object["content"] = *content;
  return object;
}

// ?to=+57… or ?from=…, ?limit=N (the last ones).
ApiResponse list_messages(State& state, const Call& call) {
  const auto to = call.query("to");
  const auto from = call.query("from");
  const auto wanted = to ? to : from;
  const Person* person = wanted ? state.people.find(*wanted) : nullptr;
  if (wanted && person == nullptr) return ok_response(R"({"messages":[]})");
  const size_t limit =
      static_cast<size_t>(std::max(1, std::atoi(call.query("limit").value_or("1000").c_str())));
  std::vector<json::object> found;
  for (size_t i = state.messages.size(); i-- > 0 && found.size() < limit;) {
    const Message& message = state.messages[i];
    if (person != nullptr && message.person != person) continue;
    if ((to && message.direction == Direction::In) || (from && message.direction == Direction::Out))
      continue;
    found.push_back(json_of(state, state.first_message + static_cast<int64_t>(i), message));
  }
  json::array list;
  for (auto& one : std::views::reverse(found)) list.push_back(std::move(one));
  return ok_response(json::serialize(json::object{{"messages", std::move(list)}}));
}

// ?with=+57…, &limit=N: what stands on this person's phone, the last ones, as they see it.
ApiResponse show_talk(State& state, const Call& call) {
  const Person* person = state.people.find(call.query("with").value_or(""));
  const auto limit =
      static_cast<size_t>(std::max(1, std::atoi(call.query("limit").value_or("100").c_str())));
  std::vector<json::object> found;
  for (size_t i = state.messages.size(); person != nullptr && i-- > 0 && found.size() < limit;) {
    const Message& message = state.messages[i];
    // What has not reached the phone cannot be seen on it.
    const bool is_there = message.direction == Direction::In || message.status == "delivered" ||
                          message.status == "read";
    if (message.person != person || !is_there) continue;
    json::object one = shown_on_phone(state, message);
    one["id"] = wamid_of(state, state.first_message + static_cast<int64_t>(i), message);
    one["at"] = format_utc(message.at);
    one["from"] = message.direction == Direction::Out ? "house" : "person";
    one["type"] = message.type;
    one["status"] = message.status;
    found.push_back(std::move(one));
  }
  json::array list;
  for (auto& one : std::views::reverse(found)) list.push_back(std::move(one));
  return ok_response(json::serialize(json::object{{"messages", std::move(list)}}));
}

// {"from","text"} | {"from","payload","text","kind":"button"|"interactive"|"list"} |
// {"from","image":true,"caption"}
ApiResponse say(State& state, const json::value& given, Instant now) {
  PersonAction action{.from = member_text(given, "from").value_or("")};
  action.text = member_text(given, "text").value_or("");
  action.payload = member_text(given, "payload").value_or("");
  action.context_id = member_text(given, "context_id").value_or("");
  action.phone_number_id = member_text(given, "phone_number_id").value_or("");
  action.from_advertisement = member_bool(given, "from_advertisement").value_or(false);
  action.media_type = member_text(given, "mime_type").value_or("");
  action.file_name = member_text(given, "filename").value_or("");
  action.media_bytes = member_text(given, "bytes").value_or("");
  for (const std::string_view kind : {"image", "document", "audio"}) {
    if (member(given, kind) == nullptr) continue;
    action.type = kind;
    action.text = member_text(given, "caption").value_or(action.text);
    if (action.media_type.empty())
      action.media_type = kind == "image"   ? "image/jpeg"
                          : kind == "audio" ? "audio/ogg"
                                            : "application/pdf";
  }
  if (!action.payload.empty()) action.type = "button";
  if (const auto reaction = member_text(given, "reaction")) {
    action.type = "reaction";
    action.text = *reaction;
  }
  if (const auto kind = member_text(given, "kind")) action.type = *kind;
  const auto wamid = person_acts(state, action, now);
  return wamid ? ok_response(fmt::format(R"({{"id":{}}})", json_quoted(*wamid)))
               : control_error(wamid.error());
}

// {"name","language","event":"PAUSED",…} | {"quality":"RED"} |
// {"category":"MARKETING","in_seconds":86400} | {"hold":true}
ApiResponse template_event(State& state, const json::value& given, Instant now) {
  Template* found = find_template(state, member_text(given, "name").value_or(""),
                                  member_text(given, "language").value_or(""));
  if (found == nullptr)
    return control_error({ErrorCode::NotFound, "no template of this name and language"});
  if (const auto hold = member_bool(given, "hold")) {
    found->hold = *hold;
    if (!found->hold) {
      for (const int64_t number : std::exchange(found->held_messages, {}))
        release_message(state, number, now);
    }
  }
  if (const auto quality = member_text(given, "quality"))
    set_template_quality(state, *found, *quality, now);
  if (const auto category = member_text(given, "category")) {
    const int64_t seconds = member_int(given, "in_seconds").value_or(0);
    if (seconds > 0)
      announce_category(state, *found, *category, now + seconds * kSecondMs, now);
    else
      flip_category(state, *found, *category, now);
  }
  if (const auto event = member_text(given, "event")) {
    set_template_status(state, *found, *event, member_text(given, "reason").value_or("NONE"), now);
  }
  return success_response();
}

// {"field":"account_update","value":{…}} as it is;
// {"number":{"quality":…,"status":…,"messages_per_second":…}}.
ApiResponse account_event(State& state, const json::value& given, Instant now) {
  static constexpr std::string_view kFields[] = {"account_update",
                                                 "account_alerts",
                                                 "account_review_update",
                                                 "phone_number_quality_update",
                                                 "phone_number_name_update",
                                                 "business_capability_update",
                                                 "security",
                                                 "messages",
                                                 "business_username_updates",
                                                 "payment_configuration_update",
                                                 "user_id_update"};
  if (const auto field = member_text(given, "field")) {
    const auto* known = std::ranges::find(kFields, *field);
    const auto* value = member(given, "value");
    if (known == std::end(kFields) || value == nullptr)
      return control_error({ErrorCode::Invalid, "field is unknown, or value is missing"});
    emit(state, *known, respelled(json::serialize(*value)), now);
  }
  if (const auto* change = member(given, "number")) {
    Number& number = state.numbers.front();
    if (const auto quality = member_text(*change, "quality")) number.quality = *quality;
    if (const auto status = member_text(*change, "status")) number.status = *status;
    if (const auto rate = member_int(*change, "messages_per_second")) {
      number.limit.set_rate(static_cast<int>(*rate));
      number.throughput = *rate >= 1000 ? "HIGH" : "STANDARD";
      const json::object value{{"display_phone_number", number.digits},
                               {"event", "THROUGHPUT_UPGRADE"},
                               {"max_daily_conversations_per_business", "TIER_UNLIMITED"}};
      emit(state, "phone_number_quality_update", respelled(json::serialize(value)), now);
    }
  }
  return success_response();
}

ApiResponse show_state(const State& state, Instant now) {
  return ok_response(json::serialize(json::object{{"now", format_utc(now)},
                                                  {"accepted", state.accepted},
                                                  {"refused", state.refused},
                                                  {"people", state.people.size()},
                                                  {"templates", state.templates.size()},
                                                  {"media", state.media.size()},
                                                  {"events_waiting", state.events.size()},
                                                  {"webhooks_delivered", state.webhooks_sent},
                                                  {"webhooks_in_flight", state.in_flight.size()},
                                                  {"webhooks_given_up", state.webhooks_given_up},
                                                  {"send_faults", state.send_faults.size()}}));
}

// GET /_sandbox/media/{id}: what the person would open.
ApiResponse show_media(const State& state, std::string_view id, Instant now) {
  if (!has_media(state, id, now))
    return control_error({ErrorCode::NotFound, "no media of this id"});
  const Media& media = state.media.find(id)->second;
  return {.body = media.bytes, .content_type = media.mime};
}

}  // namespace

ApiResponse handle_control(State& state, const Call& call, Instant now) {
  const std::string_view verb = call.parts.size() == 2 ? call.parts[1] : std::string_view();
  if (call.is("GET") && verb == "state") return show_state(state, now);
  if (call.is("GET") && verb == "messages") return list_messages(state, call);
  if (call.is("GET") && verb == "talk") return show_talk(state, call);
  if (call.is("GET") && call.parts.size() == 3 && call.parts[1] == "media")
    return show_media(state, call.parts[2], now);
  if (!call.is("POST"))
    return control_error({ErrorCode::NotFound,
                          "GET state, GET messages, GET talk, GET media/{id}, POST say, person, "
                          "faults, template, account, clock"});
  if (verb == "faults") {
    const auto document = toml_or_json(call.request.body, "faults");
    return document ? ok_or(read_faults(state, *document)) : control_error(document.error());
  }
  const auto given = parse_json(call.request.body);
  if (!given) return control_error(given.error());
  if (verb == "say") return say(state, *given, now);
  if (verb == "person") return ok_or(change_person(state, *given, now));
  if (verb == "template") return template_event(state, *given, now);
  if (verb == "account") return account_event(state, *given, now);
  return control_error({ErrorCode::NotFound,
                        "GET state, GET messages, GET talk, GET media/{id}, POST say, person, "
                        "faults, template, account, clock"});
}

}  // namespace puntual::sandbox
