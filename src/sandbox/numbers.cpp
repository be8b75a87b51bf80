// Phone numbers and the account: fields, profile, settings, blocked people, registration,
// subscription.
#include <fmt/format.h>

#include <algorithm>

#include "sandbox/state.h"

namespace puntual::sandbox {
namespace {

ApiResponse bad_method() {
  return error_response({.code = 100, .details = "Unsupported request method."});
}

std::string_view tier_of(int64_t unique_users) {
  if (unique_users < 0) return "TIER_UNLIMITED";
  if (unique_users >= 100'000) return "TIER_100K";
  if (unique_users >= 10'000) return "TIER_10K";
  if (unique_users >= 2'000) return "TIER_2K";
  return "TIER_250";
}

json::object json_of(const State& state, const Number& number) {
  const std::string_view can_send = number.status == "CONNECTED" ? "AVAILABLE" : "BLOCKED";
  return {
      {"id", number.id},
      {"display_phone_number", number.display},
      {"verified_name", number.verified_name},
      {"quality_rating", number.quality},
      {"code_verification_status", "VERIFIED"},
      {"status", number.status},
      {"name_status", "APPROVED"},
      {"platform_type", "CLOUD_API"},
      {"throughput", {{"level", number.throughput}}},
      {"account_mode", "SANDBOX"},
      {"is_official_business_account", false},
      {"whatsapp_business_manager_messaging_limit", tier_of(state.options.unique_users_a_day)},
      {"webhook_configuration", {{"application", state.override_callback_uri}}},
      {"health_status",
       {{"can_send_message", can_send},
        {"entities",
         {{{"entity_type", "PHONE_NUMBER"}, {"id", number.id}, {"can_send_message", can_send}}}}}}};
}

json::object chosen_fields(const json::object& all, const std::optional<std::string>& fields) {
  static constexpr std::string_view kUsual =
      "verified_name,code_verification_status,display_phone_number,quality_rating,platform_type,"
      "throughput,webhook_configuration";
  json::object picked;
  std::string_view left = fields ? std::string_view(*fields) : kUsual;
  while (!left.empty()) {
    const auto field = left.substr(0, left.find(','));
    left.remove_prefix(std::min(left.size(), field.size() + 1));
    if (const auto* found = all.if_contains(field)) picked[field] = *found;
  }
  picked["id"] = all.at("id");
  return picked;
}

ApiResponse handle_profile(Number& number, const Call& call) {
  if (call.is("GET")) return ok_response(json::serialize(json::object{{"data", {number.profile}}}));
  if (!call.is("POST")) return bad_method();
  const auto given = parse_json(call.request.body);
  if (!given || member_text(*given, "messaging_product") != "whatsapp")
    return error_response({.code = 100, .details = "messaging_product is required."});
  constexpr std::pair<std::string_view, size_t> kMax[] = {
      {"about", 139}, {"address", 256}, {"description", 512}, {"email", 128}, {"vertical", 64}};
  for (const auto& [field, max] : kMax) {
    const auto text = member_text(*given, field);
    if (text && count_code_points(*text) > max)
      return error_response(
          {.code = 100, .details = fmt::format("{} may have {} characters at most.", field, max)});
    if (text) number.profile[field] = *text;
  }
  if (const auto* websites = member_array(*given, "websites")) {
    if (websites->size() > 2)
      return error_response({.code = 100, .details = "2 websites at most."});
    number.profile["websites"] = *websites;
  }
  return success_response();
}

ApiResponse handle_settings(Number& number, const Call& call) {
  if (call.is("GET")) {
    return ok_response(fmt::format(
        R"({{"user_identity_change":{{"enable_identity_key_check":{}}}}})", number.identity_check));
  }
  const auto given = parse_json(call.request.body);
  const auto* change = given ? member(*given, "user_identity_change") : nullptr;
  const auto enabled =
      change == nullptr ? std::nullopt : member_bool(*change, "enable_identity_key_check");
  if (!enabled)
    return error_response(
        {.code = 100, .details = "user_identity_change.enable_identity_key_check is required."});
  number.identity_check = *enabled;
  return success_response();
}

ApiResponse handle_blocked(State& state, Number& number, const Call& call) {
  if (call.is("GET")) {
    json::array data;
    for (const auto& phone : number.blocked)
      data.push_back({{"messaging_product", "whatsapp"}, {"wa_id", phone}});
    return ok_response(json::serialize(
        json::object{{"data", data}, {"paging", {{"cursors", {{"after", ""}, {"before", ""}}}}}}));
  }
  const auto given = parse_json(call.request.body);
  const auto* list = given ? member_array(*given, "block_users") : nullptr;
  if (list == nullptr || list->empty())
    return error_response({.code = 100, .details = "block_users is required."});
  json::array done;
  for (const auto& one : *list) {
    const std::string user = member_text(one, "user").value_or("");
    Person* person =
        state.people.find_or_add(user, state.options.home_calling_code, state.portfolio);
    if (person == nullptr)
      return error_response({.code = 100, .details = "block_users.user is not a phone number."});
    person->blocked_by_us = call.is("POST");
    std::erase(number.blocked, person->phone);
    if (person->blocked_by_us) number.blocked.push_back(person->phone);
    done.push_back({{"input", user}, {"wa_id", person->phone}});
  }
  const std::string_view key = call.is("POST") ? "added_users" : "removed_users";
  return ok_response(json::serialize(
      json::object{{"messaging_product", "whatsapp"}, {"block_users", {{key, done}}}}));
}

ApiResponse handle_registration(Number& number, const Call& call) {
  if (!call.is("POST")) return bad_method();
  const std::string_view edge = call.parts[1];
  if (edge == "register") {
    const auto given = parse_json(call.request.body);
    if (!given || member_text(*given, "pin").value_or("").size() != 6)
      return error_response({.code = 100, .details = "pin must have 6 digits."});
    number.status = "CONNECTED";
  } else if (edge == "deregister") {
    number.status = "DISCONNECTED";
  }
  return success_response();
}

ApiResponse handle_subscription(State& state, const Call& call) {
  if (call.is("GET")) {
    json::array data;
    if (state.app_subscribed) {
      json::object app{
          {"whatsapp_business_api_data",
           {{"id", state.options.app_id}, {"name", "Sandbox"}, {"link", "https://localhost/"}}}};
      if (!state.override_callback_uri.empty())
        app["override_callback_uri"] = state.override_callback_uri;
      data.push_back(app);
    }
    return ok_response(json::serialize(json::object{{"data", data}}));
  }
  state.app_subscribed = call.is("POST");
  return success_response();
}

}  // namespace

ApiResponse handle_number(State& state, size_t index, const Call& call, Instant now) {
  Number& number = state.numbers[index];
  if (call.parts.size() == 1) {
    if (call.is("GET"))
      return ok_response(
          json::serialize(chosen_fields(json_of(state, number), call.query("fields"))));
    return call.is("POST") ? success_response() : bad_method();
  }
  const std::string_view edge = call.parts[1];
  if (edge == "messages") return send_message(state, index, call, now);
  if (edge == "media") return upload_media(state, call, now);
  if (edge == "whatsapp_business_profile") return handle_profile(number, call);
  if (edge == "settings") return handle_settings(number, call);
  if (edge == "block_users") return handle_blocked(state, number, call);
  if (edge == "contact_book" && call.is("DELETE")) return success_response();
  if (edge == "register" || edge == "deregister" || edge == "request_code" || edge == "verify_code")
    return handle_registration(number, call);
  return error_response(
      {.code = 2500, .details = fmt::format("Unknown path components: /{}", edge)});
}

ApiResponse handle_account(State& state, const Call& call, Instant now) {
  if (!state.management_calls.take(now)) {
    return error_response({.code = 80007,
                           .details = "There have been too many calls to this WhatsApp Business "
                                      "account. Wait a bit and try again.",
                           .is_transient = true});
  }
  if (call.parts.size() == 1) {
    return ok_response(json::serialize(
        json::object{{"id", state.options.waba_id},
                     {"name", state.options.verified_name},
                     {"currency", "USD"},
                     {"timezone_id", "1"},
                     {"message_template_namespace", "00000000_0000_0000_0000_000000000000"}}));
  }
  const std::string_view edge = call.parts[1];
  if (edge == "message_templates") return handle_templates(state, call, now);
  if (edge == "subscribed_apps") return handle_subscription(state, call);
  if (edge == "assigned_users") return ok_response(R"({"data":[]})");
  if (edge == "phone_numbers" && call.is("GET")) {
    json::array data;
    for (const auto& number : state.numbers)
      data.push_back(chosen_fields(json_of(state, number), call.query("fields")));
    return ok_response(json::serialize(
        json::object{{"data", data}, {"paging", {{"cursors", {{"before", ""}, {"after", ""}}}}}}));
  }
  return error_response(
      {.code = 2500, .details = fmt::format("Unknown path components: /{}", edge)});
}

}  // namespace puntual::sandbox
