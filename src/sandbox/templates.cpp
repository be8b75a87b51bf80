// Templates over their life: created, reviewed, listed, edited, paused, changed in category,
// deleted.
#include <fmt/format.h>

#include <algorithm>

#include "http/message.h"
#include "sandbox/state.h"

namespace puntual::sandbox {
namespace {

json::object json_of(const Template& one) {
  json::object object{
      {"id", one.id},
      {"name", one.name},
      {"language", one.language},
      {"status", one.status},
      {"category", one.category},
      {"parameter_format", one.named ? "NAMED" : "POSITIONAL"},
      {"components", one.components},
      {"quality_score", {{"score", one.quality}, {"date", one.quality_at.ms / 1000}}},
      {"rejected_reason", one.rejected_reason}};
  if (!one.previous_category.empty()) object["previous_category"] = one.previous_category;
  if (!one.correct_category.empty()) object["correct_category"] = one.correct_category;
  if (one.ttl_seconds) object["message_send_ttl_seconds"] = *one.ttl_seconds;
  return object;
}

// Only the fields that were asked for, and always the id.
json::object pick(const json::object& all, std::string_view fields) {
  if (fields.empty()) return all;
  json::object picked;
  while (!fields.empty()) {
    std::string_view field = fields.substr(0, fields.find(','));
    fields.remove_prefix(std::min(fields.size(), field.size() + 1));
    if (const auto* found = all.if_contains(field)) picked[field] = *found;
  }
  picked["id"] = all.at("id");
  return picked;
}

ApiResponse create_template(State& state, const Call& call, Instant now) {
  const auto definition = parse_json(call.request.body);
  if (!definition) return error_response({.code = 100, .details = "The body is not JSON."});
  auto made = std::make_unique<Template>();
  if (const auto error = compile_template(*definition, *made)) return error_response(*error);
  const std::string key = made->name + '\n' + made->language;
  if (state.templates.contains(key)) {
    return error_response(
        {.code = 100,
         .details = "There is already content in this language for this template.",
         .subcode = 2388024,
         .user_title = "Content in this language already exists",
         .user_message = "Create a template with another name, or another language."});
  }
  if (const auto blocked = state.blocked_names.find(made->name);
      blocked != state.blocked_names.end() && now < blocked->second) {
    return error_response({.code = 100,
                           .details = "The name was deleted less than 30 days ago.",
                           .subcode = 2388023});
  }
  if (state.templates.size() >= 250)
    return error_response({.code = 100, .details = "250 templates at most.", .subcode = 2388019});
  if (!state.template_creations.take(now))
    return error_response({.code = 80007, .details = "100 templates an hour at most."});
  made->id = state.new_object_id();
  made->created = made->quality_at = now;
  json::object answer{{"id", made->id}, {"status", "PENDING"}, {"category", made->category}};
  state.schedule(now + state.within(state.options.review_after), EventKind::Review,
                 std::stoll(made->id));
  state.templates_by_id[made->id] = made.get();
  state.template_order.push_back(key);
  state.templates[key] = std::move(made);
  return ok_response(json::serialize(answer));
}

bool fits(const Template& one, const Call& call) {
  const auto is = [&](std::string_view name, std::string_view value) {
    const auto wanted = call.query(name);
    return !wanted || http::equal_ignoring_case(*wanted, value);
  };
  const auto name = call.query("name");
  return is("status", one.status) && is("category", one.category) && is("language", one.language) &&
         (!name || one.name.contains(*name)) && !call.query("source");
}

ApiResponse list_templates(State& state, const Call& call) {
  const std::string fields =
      call.query("fields").value_or("name,parameter_format,components,language,status,category,id");
  const size_t limit = static_cast<size_t>(
      std::clamp(std::atoi(call.query("limit").value_or("25").c_str()), 1, 1000));
  const std::string after = call.query("after").value_or("");
  size_t position = after.empty() ? 0 : static_cast<size_t>(std::atoll(after.c_str()));
  json::array data;
  for (; position < state.template_order.size() && data.size() < limit; ++position) {
    const Template& one = *state.templates.at(state.template_order[position]);
    if (fits(one, call)) data.push_back(pick(json_of(one), fields));
  }
  json::object paging{{"cursors", {{"before", after}, {"after", std::to_string(position)}}}};
  if (position < state.template_order.size()) {
    std::string_view query = call.request.target.substr(
        std::min(call.request.target.size(), call.request.target.find('?') + 1));
    std::string kept;
    while (!query.empty()) {
      const auto pair = query.substr(0, query.find('&'));
      query.remove_prefix(std::min(query.size(), pair.size() + 1));
      if (!pair.starts_with("after=")) kept.append(pair).append("&");
    }
    paging["next"] = fmt::format("{}/v{}.0/{}/message_templates?{}after={}", state.options.base_url,
                                 call.version, state.options.waba_id, kept, position);
  }
  return ok_response(json::serialize(json::object{{"data", data}, {"paging", paging}}));
}

void remove_template(State& state, const std::string& key) {
  const auto found = state.templates.find(key);
  state.templates_by_id.erase(found->second->id);
  std::erase(state.template_order, key);
  state.templates.erase(found);
}

ApiResponse delete_templates(State& state, const Call& call, Instant now) {
  const auto name = call.query("name");
  const auto id = call.query("hsm_id");
  if (!name && !id) return error_response({.code = 100, .details = "name or hsm_id is required."});
  std::vector<std::string> keys;
  for (const auto& key : state.template_order) {
    const Template& one = *state.templates.at(key);
    if ((!name || one.name == *name) && (!id || one.id == *id)) keys.push_back(key);
  }
  if (keys.empty())
    return error_response(
        {.code = 100, .details = "Message template was not found.", .subcode = 2593002});
  for (const auto& key : keys) {
    if (state.templates.at(key)->status == "DISABLED")
      return error_response(
          {.code = 100, .details = "A disabled template cannot be deleted.", .subcode = 2388039});
  }
  for (const auto& key : keys) {
    const Template& one = *state.templates.at(key);
    if (one.status == "APPROVED") state.blocked_names[one.name] = now + 30 * kDayMs;
    remove_template(state, key);
  }
  return success_response();
}

ApiResponse edit_template(State& state, Template& found, const Call& call, Instant now) {
  const auto given = parse_json(call.request.body);
  if (!given) return error_response({.code = 100, .details = "The body is not JSON."});
  if (found.status != "APPROVED" && found.status != "REJECTED" && found.status != "PAUSED") {
    return error_response({.code = 100,
                           .details = "Only approved, rejected and paused templates can be edited.",
                           .subcode = 2388039});
  }
  const auto category = member_text(*given, "category");
  if (category && found.status == "APPROVED" &&
      !http::equal_ignoring_case(*category, found.category)) {
    return error_response({.code = 100,
                           .details = "The category of an approved template cannot be edited.",
                           .subcode = 2388039});
  }
  if (found.status == "APPROVED") {
    std::erase_if(found.edits, [&](Instant at) { return now - at >= 30 * kDayMs; });
    if (found.edits.size() >= 10 || (!found.edits.empty() && now - found.edits.back() < kDayMs)) {
      return error_response(
          {.code = 100,
           .details =
               "An approved template can be edited once in 24 hours and 10 times in 30 days.",
           .subcode = 2388039});
    }
  }
  json::object definition = json_of(found);
  for (const std::string_view key :
       {"components", "category", "message_send_ttl_seconds", "parameter_format"}) {
    if (const auto* value = member(*given, key)) definition[key] = *value;
  }
  Template changed = found;
  if (const auto error = compile_template(definition, changed)) return error_response(*error);
  changed.edits.push_back(now);
  changed.status = "PENDING";
  found = std::move(changed);
  state.schedule(now + state.within(state.options.review_after), EventKind::Review,
                 std::stoll(found.id));
  return success_response();
}

json::object identity_of(const Template& one) {
  return {{"message_template_id", std::stoll(one.id)},
          {"message_template_name", one.name},
          {"message_template_language", one.language}};
}

}  // namespace

Template* find_template(State& state, std::string_view name, std::string_view language) {
  std::string key;
  key.reserve(name.size() + language.size() + 1);
  key.append(name).append("\n").append(language);
  const auto found = state.templates.find(key);
  return found == state.templates.end() ? nullptr : found->second.get();
}

ApiResponse handle_templates(State& state, const Call& call, Instant now) {
  if (call.is("GET")) return list_templates(state, call);
  if (call.is("POST")) return create_template(state, call, now);
  if (call.is("DELETE")) return delete_templates(state, call, now);
  return error_response({.code = 100, .details = "Unsupported request method."});
}

ApiResponse handle_template(State& state, Template& found, const Call& call, Instant now) {
  if (call.parts.size() > 1) {
    if (call.parts[1] != "unpause" || !call.is("POST"))
      return error_response({.code = 2500, .details = "Unknown path."});
    if (found.status != "PAUSED")
      return error_response(
          {.code = 100, .details = "The template is not paused.", .subcode = 2388039});
    set_template_status(state, found, "APPROVED", "NONE", now);
    return success_response();
  }
  if (call.is("POST")) return edit_template(state, found, call, now);
  if (call.is("GET"))
    return ok_response(json::serialize(pick(json_of(found), call.query("fields").value_or(""))));
  if (call.is("DELETE")) {
    if (found.status == "APPROVED") state.blocked_names[found.name] = now + 30 * kDayMs;
    remove_template(state, found.name + '\n' + found.language);
    return success_response();
  }
  return error_response({.code = 100, .details = "Unsupported request method."});
}

// Decides as the machine that reviews: what promotes is marketing, what threatens is rejected
// (contract sections 3.2 and 3.3). A name that says so chooses the outcome: …_rejected, …_pending,
// …_marketing.
void review_template(State& state, Template& found, Instant now) {
  std::string text = json::serialize(found.components);
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const auto says = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.contains(word); });
  };
  if (found.name.ends_with("_pending")) return;
  if (found.name.ends_with("_rejected") ||
      says({"embarg", "demanda judicial", "acciones legales"})) {
    return set_template_status(state, found, "REJECTED", "ABUSIVE_CONTENT", now);
  }
  const bool promotes = says({"descuento", "promoci", "oferta", "% off", "aprovecha"});
  if (found.category == "UTILITY" && (promotes || found.name.ends_with("_marketing"))) {
    found.previous_category = std::exchange(found.category, "MARKETING");
    found.ttl_seconds.reset();
  }
  set_template_status(state, found, "APPROVED", "NONE", now);
}

void set_template_status(State& state, Template& found, std::string_view event,
                         std::string_view reason, Instant now) {
  std::string title;
  if (event == "PAUSED") {
    ++found.pauses;
    if (found.pauses >= 3) event = "DISABLED";
    title = found.pauses == 1 ? "FIRST_PAUSE" : found.pauses == 2 ? "SECOND_PAUSE" : "DISABLED";
    const int64_t pause_ms = found.pauses == 1 ? 3 * kHourMs : 6 * kHourMs;
    if (event == "PAUSED") state.schedule(now + pause_ms, EventKind::Unpause, std::stoll(found.id));
  } else if (event == "APPROVED" && found.status == "PAUSED") {
    title = "UNPAUSED";
  }
  found.status = event == "REINSTATED" || event == "UNARCHIVED" ? "APPROVED"
                 : event == "FLAGGED"                           ? found.status
                                                                : std::string(event);
  found.rejected_reason = event == "REJECTED" ? std::string(reason) : "NONE";
  if (event == "PAUSED" || event == "DISABLED") {
    for (const int64_t number : std::exchange(found.held_messages, {}))
      fail_message(state, number, 132015, now);
  }
  json::object value = identity_of(found);
  value["event"] = event;
  value["message_template_category"] = found.category;
  if (event == "REJECTED" || event == "APPROVED")
    value["reason"] = reason;
  else
    value["reason"] = nullptr;
  if (!title.empty())
    value["other_info"] = {{"title", title}, {"description", "Set by the sandbox."}};
  if (event == "REJECTED")
    value["rejection_info"] = {{"reason", reason},
                               {"recommendation", "Change the text and submit it again."}};
  if (event == "DISABLED") value["disable_info"] = {{"disable_date", now.ms / 1000}};
  emit(state, "message_template_status_update", respelled(json::serialize(value)), now);
}

void set_template_quality(State& state, Template& found, std::string_view quality, Instant now) {
  json::object value = identity_of(found);
  value["previous_quality_score"] = found.quality;
  value["new_quality_score"] = quality;
  found.quality = quality;
  found.quality_at = now;
  emit(state, "message_template_quality_update", respelled(json::serialize(value)), now);
  if (quality == "RED" && found.status == "APPROVED")
    set_template_status(state, found, "PAUSED", "NONE", now);
}

void announce_category(State& state, Template& found, std::string_view category, Instant when,
                       Instant now) {
  found.correct_category = category;
  json::object value = identity_of(found);
  value["new_category"] = found.category;  // The current one: so the platform writes it.
  value["correct_category"] = category;
  value["category_update_timestamp"] = when.ms / 1000;
  emit(state, "template_category_update", respelled(json::serialize(value)), now);
  state.schedule(when, EventKind::CategoryFlip, std::stoll(found.id));
}

void flip_category(State& state, Template& found, std::string_view category, Instant now) {
  found.previous_category = std::exchange(found.category, std::string(category));
  found.correct_category.clear();
  found.ttl_seconds.reset();
  json::object value = identity_of(found);
  value["previous_category"] = found.previous_category;
  value["new_category"] = found.category;
  emit(state, "template_category_update", respelled(json::serialize(value)), now);
}

}  // namespace puntual::sandbox
