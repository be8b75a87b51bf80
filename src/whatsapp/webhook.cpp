#include "whatsapp/webhook.h"

#include "base/crypto.h"
#include "whatsapp/webhook_updates.h"

namespace puntual::whatsapp {
namespace {

// A batch's contacts beyond this are not looked up: a hostile body must not make the search
// quadratic.
constexpr size_t kContactsMax = 1000;

// Recognised by its keys, not only by its field: the platform's own examples print the wrong one.
bool is_about_template(std::string_view field, JsonRef value) {
  return field.starts_with("message_template_") || field == "template_category_update" ||
         static_cast<bool>(value["message_template_id"]);
}

bool is_about_account(std::string_view field) {
  return field.starts_with("account_") || field.starts_with("phone_number_") ||
         field == "business_capability_update" || field == "security" ||
         field == "business_username_updates" || field == "payment_configuration_update" ||
         field == "partner_solutions";
}

class WebhookReader {
 public:
  std::vector<Update> updates;

  void read_entry(JsonRef entry, bool is_whatsapp);
  // Reads each element of a list; the rest is one update when there are too many of them.
  template <class ReadOne>
  void each(const ChangeContext& context, JsonRef list, const ReadOne& read_one);

 private:
  void read_change(ChangeContext& context, JsonRef change, bool is_whatsapp);
  void read_value(ChangeContext& context, JsonRef value);
  void read_list(const ChangeContext& context, JsonRef list);
  void read_contacts(ChangeContext& context, JsonRef contacts);
  void add_unknown(const ChangeContext& context, std::string type, JsonRef value) {
    updates.push_back(unknown_update(context, std::move(type), value));
  }
};

template <class ReadOne>
void WebhookReader::each(const ChangeContext& context, JsonRef list, const ReadOne& read_one) {
  for (const JsonRef element : list) {
    if (updates.size() < kUpdatesMax) {
      read_one(element);
      continue;
    }
    Update rest = unknown_update(context, "overflow", element);
    const auto whole = list.raw();
    const auto from = static_cast<size_t>(element.raw().data() - whole.data());
    rest.raw = "[";
    append_clean_utf8(rest.raw, whole.substr(from));
    rest.dedupe_key = "h:" + hex(sha256(rest.raw)).substr(0, 32);
    updates.push_back(std::move(rest));
    return;
  }
}

void WebhookReader::read_contacts(ChangeContext& context, JsonRef contacts) {
  for (const JsonRef contact : contacts) {
    if (context.contacts.size() == kContactsMax) return;
    context.contacts.push_back({contact, contact["wa_id"].text(), contact["user_id"].text()});
  }
}

// One list of a value, by its name. A list of unknown name may hold updates, so each element is
// kept.
void WebhookReader::read_list(const ChangeContext& context, JsonRef list) {
  const std::string_view name = list.key();
  each(context, list, [&](JsonRef one) {
    if (name == "messages") {
      updates.push_back(message_update(context, one, false));
    } else if (name == "statuses") {
      updates.push_back(status_update(context, one));
    } else if (name == "message_echoes") {
      updates.push_back(message_update(context, one, true));
    } else if (name == "errors") {
      updates.push_back(account_error(context, one));
    } else if (name == "user_preferences") {
      updates.push_back(preference_update(context, one));
    } else if (name == "user_id_update") {
      updates.push_back(user_id_update(context, one));
    } else {
      add_unknown(context, std::string(name), one);
    }
  });
}

// Names of lists that hold updates; under any of them something that is no list is kept as Unknown.
bool holds_updates(std::string_view name) {
  return name == "messages" || name == "statuses" || name == "message_echoes" || name == "errors" ||
         name == "user_preferences" || name == "user_id_update";
}

void WebhookReader::read_value(ChangeContext& context, JsonRef value) {
  context.phone_number_id = value["metadata"]["phone_number_id"].text();
  if (is_about_template(context.field, value)) {
    updates.push_back(template_update(context, value));
    return;
  }
  if (is_about_account(context.field)) {
    updates.push_back(account_update(context, value));
    return;
  }
  read_contacts(context, value["contacts"]);
  const size_t before = updates.size();
  bool has_empty_list = false;
  for (const JsonRef part : value) {
    if (part.is_array() && part.key() != "contacts") {
      has_empty_list |= holds_updates(part.key()) && part.begin() == part.end();
      read_list(context, part);
    } else if (holds_updates(part.key())) {
      add_unknown(context, std::string(part.key()), part);
    }
  }
  if (updates.size() == before && !has_empty_list) add_unknown(context, context.field, value);
}

void WebhookReader::read_change(ChangeContext& context, JsonRef change, bool is_whatsapp) {
  context.field = change["field"].text();
  context.contacts.clear();
  const JsonRef value = change["value"];
  if (!is_whatsapp || !value.is_object()) {
    add_unknown(context, context.field.empty() ? "change" : context.field, change);
    return;
  }
  if (context.field.empty()) context.field = "change";
  read_value(context, value);
}

void WebhookReader::read_entry(JsonRef entry, bool is_whatsapp) {
  ChangeContext context;
  context.field = "entry";
  context.waba_id = entry["id"].text();
  context.entry_at = instant_of(entry["time"]);
  const JsonRef changes = entry["changes"];
  if (!changes.is_array()) {
    add_unknown(context, "entry", entry);
    return;
  }
  each(context, changes, [&](JsonRef change) { read_change(context, change, is_whatsapp); });
}

}  // namespace

Result<std::vector<Update>> parse_webhook(std::string_view raw_body) {
  ASSIGN_OR_RETURN(const auto document, JsonDocument::read(raw_body));
  const JsonRef root = document.root();
  const JsonRef entries = root["entry"];
  if (!entries.is_array()) {
    return fail(ErrorCode::Invalid,
                "webhook: no list 'entry' (expected an object with object and entry)");
  }
  const JsonRef object = root["object"];
  const bool is_whatsapp = !object || object.text() == "whatsapp_business_account";
  WebhookReader reader;
  ChangeContext context;
  context.field = "entry";
  reader.each(context, entries, [&](JsonRef entry) { reader.read_entry(entry, is_whatsapp); });
  return std::move(reader.updates);
}

std::string_view text_of(UpdateKind kind) {
  switch (kind) {
    case UpdateKind::Message:
      return "message";
    case UpdateKind::Status:
      return "status";
    case UpdateKind::Template:
      return "template";
    case UpdateKind::Account:
      return "account";
    case UpdateKind::System:
      return "system";
    case UpdateKind::Unknown:
      return "unknown";
  }
  return "unknown";
}

}  // namespace puntual::whatsapp
