// What people do: write, press, send pictures, block, change their number.
#include <fmt/format.h>

#include "sandbox/state.h"

namespace puntual::sandbox {
namespace {

// A picture of one pixel: what a person sends when the test has no better.
constexpr std::string_view kSmallestJpeg =
    "\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xFF\xD9";

json::object media_object(State& state, const PersonAction& action, Instant now) {
  const std::string mime = action.media_type.empty() ? "image/jpeg" : action.media_type;
  std::string bytes = action.media_bytes.empty() ? std::string(kSmallestJpeg) : action.media_bytes;
  // Ids of incoming media can be downloaded for 7 days.
  const std::string id =
      add_media(state, std::move(bytes), mime, action.file_name, now + 7 * kDayMs);
  json::object media{{"id", id}, {"mime_type", mime}, {"sha256", state.media.at(id).sha256_base64}};
  if (!action.text.empty()) media["caption"] = action.text;
  if (action.type == "document")
    media["filename"] = action.file_name.empty() ? "comprobante.pdf" : action.file_name;
  if (action.type == "audio") media["voice"] = true;
  return media;
}

// The part of the message named like its type.
Result<json::object> content_of(State& state, const PersonAction& action, Instant now) {
  if (action.type == "text") return json::object{{"body", action.text}};
  if (action.type == "button") {
    return json::object{{"payload", action.payload.empty() ? action.text : action.payload},
                        {"text", action.text}};
  }
  if (action.type == "interactive") {
    return json::object{{"type", "button_reply"},
                        {"button_reply", {{"id", action.payload}, {"title", action.text}}}};
  }
  if (action.type == "list") {
    return json::object{{"type", "list_reply"},
                        {"list_reply", {{"id", action.payload}, {"title", action.text}}}};
  }
  if (action.type == "reaction") {
    json::object reaction{{"message_id", action.context_id}};
    if (!action.text.empty()) reaction["emoji"] = action.text;
    return reaction;
  }
  if (action.type == "location") return json::object{{"latitude", 4.711}, {"longitude", -74.0721}};
  for (const std::string_view media : {"image", "document", "audio", "video", "sticker"}) {
    if (action.type == media) return media_object(state, action, now);
  }
  return fail(ErrorCode::Invalid,
              "a person cannot send '{}' (text, button, interactive, list, image, document, audio, "
              "video, sticker, reaction, location)",
              action.type);
}

std::string inbound_value(const State& state, const Person& person, size_t number,
                          json::object message, Instant now) {
  std::string value =
      R"({"messaging_product":"whatsapp","metadata":)" + metadata_json(state.numbers[number]);
  value += R"(,"contacts":[)" + contacts_json(state, person, number, now, true) + "]";
  value += R"(,"messages":[)" + respelled(json::serialize(message)) + "]}";
  return value;
}

void add_sender(json::object& message, const Person& person, size_t number, Instant now) {
  if (person.shows_phone(number, now))
    message["from"] = person.phone;
  else if (person.shape == Shape::EmptyStrings)
    message["from"] = "";
  message["from_user_id"] = person.user_id;
}

Result<Person*> sender_of(State& state, std::string_view from) {
  Person* person = state.people.find_or_add(from, state.options.home_calling_code, state.portfolio);
  if (person == nullptr)
    return fail(ErrorCode::Invalid,
                "from: '{}' is neither a phone number nor a business-scoped user id", from);
  return person;
}

void change_number(State& state, Person& person, std::string new_phone, Instant now) {
  const std::string old_phone = person.phone, old_id = person.user_id;
  const bool showed = person.shows_phone(0, now);
  state.people.change_identity(person, std::move(new_phone), state.portfolio);
  json::object system{{"type", showed ? "user_changed_number" : "user_changed_user_id"},
                      {"user_id", person.user_id},
                      {"previous_user_id", old_id}};
  if (showed) {
    system["body"] =
        fmt::format("User {} changed from {} to {}", person.name, old_phone, person.phone);
    system["wa_id"] = person.phone;
  }
  const int64_t number = add_message(
      state, {.person = &person, .at = now, .direction = Direction::In, .type = "system"});
  json::object message{{"id", wamid_of(state, number, *state.message(number))},
                       {"timestamp", std::to_string(now.ms / 1000)},
                       {"type", "system"},
                       {"system", system}};
  if (showed) message["from"] = old_phone;
  emit(state, "messages",
       R"({"messaging_product":"whatsapp","metadata":)" + metadata_json(state.numbers[0]) +
           R"(,"messages":[)" + respelled(json::serialize(message)) + "]}",
       now);
}

void emit_preference(State& state, const Person& person, bool stops, Instant now) {
  json::object preference{{"user_id", person.user_id},
                          {"category", "marketing_messages"},
                          {"value", stops ? "stop" : "resume"},
                          {"detail", stops ? "User requested to stop marketing messages"
                                           : "User requested to resume marketing messages"},
                          {"timestamp", now.ms / 1000}};
  if (person.shows_phone(0, now)) preference["wa_id"] = person.phone;
  emit(state, "user_preferences",
       R"({"messaging_product":"whatsapp","metadata":)" + metadata_json(state.numbers[0]) +
           R"(,"contacts":[)" + contacts_json(state, person, 0, now, true) +
           R"(],"user_preferences":[)" + respelled(json::serialize(preference)) + "]}",
       now);
}

}  // namespace

Result<std::string> person_acts(State& state, const PersonAction& action, Instant now) {
  if (!state.has_started) {
    state.started = now;
    state.has_started = true;
  }
  ASSIGN_OR_RETURN(Person * person, sender_of(state, action.from));
  const auto index = action.phone_number_id.empty() ? std::optional<size_t>(0)
                                                    : state.number_index(action.phone_number_id);
  if (!index)
    return fail(ErrorCode::NotFound, "phone_number_id {}: no such number here",
                action.phone_number_id);
  ASSIGN_OR_RETURN(json::object content, content_of(state, action, now));
  state.numbers[*index].limit.take_always(now);
  Line& line = person->line(*index);
  line.last_inbound = now;
  if (!person->phone.empty() && person->shape == Shape::PhoneAndUserId) line.by_phone_at = now;
  if (action.from_advertisement) line.free_until = now + 3 * kDayMs;

  const std::string type = action.type == "list" ? "interactive" : action.type;
  Message record{.person = person,
                 .at = now,
                 .direction = Direction::In,
                 .number = static_cast<uint16_t>(*index),
                 .type = type};
  if (state.options.keep_contents) record.content = json::serialize(content);
  record.status = "received";
  const int64_t number = add_message(state, std::move(record));
  std::string wamid = wamid_of(state, number, *state.message(number));
  json::object message;
  add_sender(message, *person, *index, now);
  message["id"] = wamid;
  message["timestamp"] = std::to_string(now.ms / 1000);
  message["type"] = type;
  message[type] = std::move(content);
  if (!action.context_id.empty() && type != "reaction")
    message["context"] = {{"from", state.numbers[*index].digits}, {"id", action.context_id}};
  if (action.from_advertisement)
    message["referral"] = {{"source_type", "ad"},
                           {"source_id", "1"},
                           {"source_url", "https://fb.me/x"},
                           {"headline", "Anuncio"}};
  emit(state, "messages", inbound_value(state, *person, *index, std::move(message), now), now);
  return wamid;
}

Result<void> change_person(State& state, const json::value& properties, Instant now) {
  const auto who = member_text(properties, "phone") ? member_text(properties, "phone")
                                                    : member_text(properties, "user_id");
  if (!who) return fail(ErrorCode::Invalid, "phone or user_id is required");
  ASSIGN_OR_RETURN(Person * person, sender_of(state, *who));
  const auto flag = [&](std::string_view key, bool& target) {
    if (const auto value = member_bool(properties, key)) target = *value;
  };
  flag("on_whatsapp", person->on_whatsapp);
  flag("reads", person->reads);
  flag("blocks_us", person->blocks_us);
  if (const auto name = member_text(properties, "name")) person->name = *name;
  if (const auto username = member_text(properties, "username")) person->username = *username;
  if (const auto shape = member_text(properties, "shape")) {
    if (*shape != "phone" && *shape != "user_id" && *shape != "empty_strings") {
      return fail(ErrorCode::Invalid, "shape: '{}' (phone, user_id or empty_strings)", *shape);
    }
    person->shape = *shape == "phone"     ? Shape::PhoneAndUserId
                    : *shape == "user_id" ? Shape::UserIdOnly
                                          : Shape::EmptyStrings;
  }
  if (const auto ms = member_int(properties, "delivered_after_ms"))
    person->delivered_after_ms = *ms;
  if (const auto ms = member_int(properties, "read_after_ms")) person->read_after_ms = *ms;
  if (const auto seconds = member_int(properties, "offline_seconds"))
    person->offline_until = now + *seconds * kSecondMs;
  if (const auto stops = member_bool(properties, "stopped_marketing");
      stops && *stops != person->stopped_marketing) {
    person->stopped_marketing = *stops;
    emit_preference(state, *person, *stops, now);
  }
  if (const auto phone = member_text(properties, "new_phone")) {
    std::string digits = People::normalise(*phone, state.options.home_calling_code);
    if (digits.empty())
      return fail(ErrorCode::Invalid, "new_phone: '{}' is not a phone number", *phone);
    change_number(state, *person, std::move(digits), now);
  }
  return {};
}

}  // namespace puntual::sandbox
