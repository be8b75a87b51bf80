#include "whatsapp/webhook_updates.h"

#include <algorithm>

#include "base/crypto.h"

namespace puntual::whatsapp {
namespace {

constexpr int64_t kLastSecond = 253402300799;  // 9999-12-31T23:59:59Z

}  // namespace

std::optional<Instant> instant_of(JsonRef seconds) {
  const auto value = seconds.integer();
  if (!value || *value <= 0 || *value > kLastSecond) return std::nullopt;
  return Instant{*value * kSecondMs};
}

namespace {

std::string clean_raw(JsonRef value) {
  std::string raw;
  append_clean_utf8(raw, value.raw());
  return raw;
}

// "+573001234567" from what the platform writes as a number; empty when it is no phone number.
std::string phone_of(std::string_view wa_id) {
  std::string phone = "+";
  for (const char c : wa_id) {
    if (c >= '0' && c <= '9') {
      phone += c;
    } else if (std::string_view("+ -()").find(c) == std::string_view::npos) {
      return {};
    }
  }
  const size_t digits = phone.size() - 1;
  return digits >= 6 && digits <= 20 ? phone : std::string();
}

// Business-scoped ids begin with a country and a dot ("CO.1349…").
bool is_user_id(std::string_view text) {
  return text.size() > 3 && text[2] == '.' && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' &&
         text[1] <= 'Z';
}

void set_address(Update& update, std::string address) {
  if (is_user_id(address)) {
    if (update.user_id.empty()) update.user_id = std::move(address);
    return;
  }
  update.phone = phone_of(address);
  update.wa_id = std::move(address);
}

// The contact that belongs to these ids; the only one there is belongs to all unless it
// contradicts.
const KnownContact* contact_of(const ChangeContext& context, const Update& update) {
  for (const auto& one : context.contacts) {
    if (!update.user_id.empty() && one.user_id == update.user_id) return &one;
    if (!update.wa_id.empty() && one.wa_id == update.wa_id) return &one;
  }
  if (context.contacts.size() != 1) return nullptr;
  const auto& only = context.contacts.front();
  const bool contradicts = (!update.user_id.empty() && !only.user_id.empty()) ||
                           (!update.wa_id.empty() && !only.wa_id.empty());
  return contradicts ? nullptr : &only;
}

void add_person(Update& update, const ChangeContext& context) {
  if (const auto* known = contact_of(context, update)) {
    if (update.wa_id.empty() && !known->wa_id.empty()) set_address(update, known->wa_id);
    if (update.user_id.empty()) update.user_id = known->user_id;
    if (update.parent_user_id.empty())
      update.parent_user_id = known->contact["parent_user_id"].text();
    if (update.identity_hash.empty())
      update.identity_hash = known->contact["identity_key_hash"].text();
    update.profile_name = known->contact["profile"]["name"].text();
    update.username = known->contact["profile"]["username"].text();
  }
}

void read_errors(Update& update, JsonRef errors) {
  for (const JsonRef error : errors) {
    const auto code = error["code"].integer();
    if (code && *code >= INT32_MIN && *code <= INT32_MAX) {
      update.error_codes.push_back(static_cast<int>(*code));
    }
    if (!update.error_detail.empty()) continue;
    update.error_detail = error["error_data"]["details"].text();
    if (update.error_detail.empty()) update.error_detail = error["title"].text();
  }
}

// "Others by hash of the change" (section 5.3). The place is part of it, as two of our numbers may
// be told the same words, and so is the time: a template can be paused twice in the same words.
std::string hash_key(const ChangeContext& context, JsonRef value) {
  std::string text = context.waba_id;
  text.append("\n").append(context.phone_number_id).append("\n").append(context.field).append("\n");
  if (context.entry_at) text.append(std::to_string(context.entry_at->ms)).append("\n");
  text.append(value.raw());
  return "h:" + hex(sha256(text)).substr(0, 32);
}

Update update_of(UpdateKind kind, const ChangeContext& context) {
  Update update;
  update.kind = kind;
  update.field = context.field;
  update.waba_id = context.waba_id;
  update.phone_number_id = context.phone_number_id;
  return update;
}

}  // namespace

Update unknown_update(const ChangeContext& context, std::string type, JsonRef value) {
  Update update = update_of(UpdateKind::Unknown, context);
  update.type = std::move(type);
  update.at = context.entry_at;
  update.raw = clean_raw(value);
  update.dedupe_key = hash_key(context, value);
  return update;
}

namespace {

// ---- what a person wrote

void read_media(Update& update, JsonRef media) {
  update.media_id = media["id"].text();
  update.mime_type = media["mime_type"].text();
  update.file_name = media["filename"].text();
  update.text = media["caption"].text();
}

void read_interactive(Update& update, JsonRef interactive) {
  for (const std::string_view kind : {"button_reply", "list_reply"}) {
    if (const JsonRef reply = interactive[kind]) {
      update.text = reply["title"].text();
      update.payload = reply["id"].text();
    }
  }
  if (const JsonRef reply = interactive["nfm_reply"]) {
    update.text = reply["body"].text();
    update.payload = reply["response_json"].text();
  }
  if (const JsonRef reply = interactive["call_permission_reply"]) {
    update.payload = reply["response"].text();
  }
}

void read_location(Update& update, JsonRef location) {
  update.text = location["name"].text();
  const std::string address = location["address"].text();
  if (!update.text.empty() && !address.empty()) update.text += ", ";
  update.text += address;
  const std::string latitude = location["latitude"].text();
  const std::string longitude = location["longitude"].text();
  if (!latitude.empty() && !longitude.empty()) update.payload = latitude + "," + longitude;
}

// The first card: its name, and its number when it has one (the answer to a request for the
// number).
void read_contact_cards(Update& update, JsonRef cards) {
  for (const JsonRef card : cards) {
    update.text = card["name"]["formatted_name"].text();
    for (const JsonRef phone : card["phones"]) {
      std::string number = phone["wa_id"].text();
      if (number.empty()) number = phone["phone"].text();
      if (update.payload.empty()) update.payload = phone_of(number);
    }
    return;
  }
}

bool is_media(std::string_view type) {
  return type == "image" || type == "document" || type == "audio" || type == "video" ||
         type == "sticker";
}

// Reads content[type]. False when the type is not known.
bool read_content(Update& update, std::string_view type, JsonRef content) {
  const JsonRef body = content[type];
  if (type == "text") {
    update.text = body["body"].text();
  } else if (type == "button") {
    update.text = body["text"].text();
    update.payload = body["payload"].text();
  } else if (type == "interactive") {
    read_interactive(update, body);
  } else if (is_media(type)) {
    read_media(update, body);
  } else if (type == "location") {
    read_location(update, body);
  } else if (type == "contacts") {
    read_contact_cards(update, body);
  } else if (type == "reaction") {
    update.text = body["emoji"].text();
    update.context_id = body["message_id"].text();
  } else if (type == "order") {
    update.text = body["text"].text();
  } else if (type == "edit") {
    const JsonRef edited = body["message"];
    const std::string edited_type = edited["type"].text();
    if (edited_type != "edit") read_content(update, edited_type, edited);
    update.context_id = body["original_message_id"].text();
  } else if (type == "revoke") {
    update.context_id = body["original_message_id"].text();
  } else {
    return type == "unsupported";
  }
  return true;
}

void read_system(Update& update, JsonRef message) {
  const JsonRef system = message["system"];
  update.kind = UpdateKind::System;
  update.type = system["type"].text();
  if (update.type.empty()) update.type = "system";
  update.text = system["body"].text();
  update.new_wa_id = system["wa_id"].text();
  if (update.new_wa_id.empty()) update.new_wa_id = system["new_wa_id"].text();
  update.previous_user_id = system["previous_user_id"].text();
  update.identity_hash = system["identity"]["hash"].text();
  if (auto user_id = system["user_id"].text(); !user_id.empty())
    update.user_id = std::move(user_id);
  if (auto parent = system["parent_user_id"].text(); !parent.empty()) {
    update.parent_user_id = std::move(parent);
  }
}

// Fills what every message has. The person of an echo is the one it was sent to.
void read_message_head(Update& update, const ChangeContext& context, JsonRef message,
                       bool is_echo) {
  update.platform_id = message["id"].text();
  update.at = instant_of(message["timestamp"]);
  update.user_id = message[is_echo ? "to_user_id" : "from_user_id"].text();
  update.parent_user_id = message[is_echo ? "to_parent_user_id" : "from_parent_user_id"].text();
  set_address(update, message[is_echo ? "to" : "from"].text());
  add_person(update, context);
  update.context_id = message["context"]["id"].text();
  read_errors(update, message["errors"]);
}

}  // namespace

Update message_update(const ChangeContext& context, JsonRef message, bool is_echo) {
  if (!message.is_object())
    return unknown_update(context, is_echo ? "message_echoes" : "messages", message);
  Update update = update_of(UpdateKind::Message, context);
  read_message_head(update, context, message, is_echo);
  update.type = message["type"].text();
  if (update.type == "system") {
    read_system(update, message);
  } else if (!read_content(update, update.type, message)) {
    update.kind = UpdateKind::Unknown;
  }
  if (update.type.empty()) update.type = "message";
  if (is_echo) {
    update.type.insert(0, "echo_");
    update.is_from_business = true;
  }
  const bool says_all =
      update.kind == UpdateKind::Message &&
      (!update.text.empty() || !update.payload.empty() || !update.media_id.empty());
  if (!says_all) update.raw = clean_raw(message);
  update.dedupe_key =
      update.platform_id.empty() ? hash_key(context, message) : "m:" + update.platform_id;
  return update;
}

namespace {

// ---- what became of what we wrote

bool is_known_status(std::string_view status) {
  return status == "sent" || status == "delivered" || status == "read" || status == "failed" ||
         status == "played";
}

}  // namespace

Update status_update(const ChangeContext& context, JsonRef status) {
  if (!status.is_object()) return unknown_update(context, "statuses", status);
  Update update = update_of(UpdateKind::Status, context);
  update.platform_id = status["id"].text();
  update.type = status["status"].text();
  update.at = instant_of(status["timestamp"]);
  update.user_id = status["recipient_user_id"].text();
  update.parent_user_id = status["recipient_parent_user_id"].text();
  const bool is_group = status["recipient_type"].text() == "group";
  set_address(update, status[is_group ? "recipient_participant_id" : "recipient_id"].text());
  const std::string& recipient = update.wa_id.empty() ? update.user_id : update.wa_id;
  if (update.platform_id.empty() || update.type.empty()) {
    update.dedupe_key = hash_key(context, status);
  } else {
    update.dedupe_key.reserve(update.platform_id.size() + update.type.size() + recipient.size() +
                              4);
    update.dedupe_key.append("s:").append(update.platform_id).append(":").append(update.type);
    update.dedupe_key.append(":").append(recipient);
  }
  update.identity_hash = status["recipient_identity_key_hash"].text();
  add_person(update, context);
  update.attempt_id = status["biz_opaque_callback_data"].text();
  const JsonRef pricing = status["pricing"];
  update.pricing_category = pricing["category"].text();
  update.pricing_type = pricing["type"].text();
  read_errors(update, status["errors"]);
  if (!is_known_status(update.type)) {
    update.kind = UpdateKind::Unknown;
    if (update.type.empty()) update.type = "statuses";
    update.raw = clean_raw(status);
  }
  return update;
}

namespace {

// ---- what else the platform tells

}  // namespace

Update account_error(const ChangeContext& context, JsonRef error) {
  if (!error.is_object()) return unknown_update(context, "errors", error);
  Update update = unknown_update(context, "error", error);
  update.kind = UpdateKind::Account;
  const auto code = error["code"].integer();
  if (code && *code >= INT32_MIN && *code <= INT32_MAX) {
    update.error_codes.push_back(static_cast<int>(*code));
  }
  update.error_detail = error["error_data"]["details"].text();
  if (update.error_detail.empty()) update.error_detail = error["title"].text();
  update.text = error["title"].text();
  return update;
}

Update preference_update(const ChangeContext& context, JsonRef preference) {
  Update update = unknown_update(context, "user_preferences", preference);
  if (!preference.is_object()) return update;
  update.kind = UpdateKind::System;
  update.user_id = preference["user_id"].text();
  set_address(update, preference["wa_id"].text());
  add_person(update, context);
  update.payload = preference["value"].text();
  update.text = preference["detail"].text();
  if (const auto at = instant_of(preference["timestamp"])) update.at = at;
  return update;
}

Update user_id_update(const ChangeContext& context, JsonRef change) {
  Update update = unknown_update(context, "user_id_update", change);
  if (!change.is_object()) return update;
  update.kind = UpdateKind::System;
  set_address(update, change["wa_id"].text());
  update.user_id = change["user_id"]["current"].text();
  update.previous_user_id = change["user_id"]["previous"].text();
  update.text = change["detail"].text();
  if (const auto at = instant_of(change["timestamp"])) update.at = at;
  return update;
}

Update template_update(const ChangeContext& context, JsonRef value) {
  Update update = unknown_update(context, context.field, value);
  update.kind = UpdateKind::Template;
  update.template_id = value["message_template_id"].text();
  update.template_name = value["message_template_name"].text();
  update.template_language = value["message_template_language"].text();
  std::replace(update.template_language.begin(), update.template_language.end(), '-', '_');
  update.template_category = value["message_template_category"].text();
  if (auto event = value["event"].text(); !event.empty()) {
    update.type = std::move(event);
    update.text = value["reason"].text();
  } else if (value["new_quality_score"]) {
    update.type = "message_template_quality_update";
    update.text = value["new_quality_score"].text();
  } else if (value["new_category"]) {
    update.type = "template_category_update";
    update.template_category = value["new_category"].text();
    update.text = value["correct_category"].text();
  } else {
    update.text = value["message_template_element"].text();
  }
  return update;
}

Update account_update(const ChangeContext& context, JsonRef value) {
  Update update = unknown_update(context, context.field, value);
  update.kind = UpdateKind::Account;
  if (auto event = value["event"].text(); !event.empty()) update.type = std::move(event);
  for (const std::string_view key : {"decision", "max_daily_conversations_per_business"}) {
    if (update.text.empty()) update.text = value[key].text();
  }
  if (update.text.empty()) update.text = value["violation_info"]["violation_type"].text();
  if (update.text.empty()) update.text = value["alert_info"]["alert_type"].text();
  return update;
}

}  // namespace puntual::whatsapp
