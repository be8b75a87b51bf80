#include "whatsapp/payload.h"

#include "base/json_writer.h"
#include "base/result.h"

namespace puntual::whatsapp {
namespace {

// Appends ,"key":"value"; the comma is left out after an opening bracket.
void append_key(std::string& out, std::string_view key) {
  if (out.back() != '{' && out.back() != '[') out += ',';
  out += '"';
  out += key;
  out += "\":";
}

void append_field(std::string& out, std::string_view key, std::string_view value) {
  append_key(out, key);
  append_json_string(out, value);
}

void append_recipient(std::string& out, const Envelope& to) {
  if (to.phone.empty()) {
    append_field(out, "recipient", to.user_id);
    return;
  }
  append_key(out, "to");
  out += to.phone.front() == '+' ? "\"" : "\"+";
  for (const char c : to.phone) {
    if (c == '+' || (c >= '0' && c <= '9')) out += c;
  }
  out += '"';
}

// Everything before the message itself.
std::string open_body(const Envelope& to, std::string_view type, size_t size_hint) {
  std::string out;
  out.reserve(256 + size_hint);
  out += R"({"messaging_product":"whatsapp","recipient_type":"individual")";
  append_recipient(out, to);
  append_field(out, "type", type);
  if (!to.attempt_id.empty()) append_field(out, "biz_opaque_callback_data", to.attempt_id);
  if (!to.reply_to.empty()) {
    append_key(out, "context");
    out += '{';
    append_field(out, "message_id", to.reply_to);
    out += '}';
  }
  append_key(out, type);
  out += '{';
  return out;
}

std::string close_body(std::string out) {
  out += "}}";
  return out;
}

// Is there nothing in the text that clean_parameter would change?
bool is_clean(std::string_view text) {
  bool after_blank = true;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || (c == ' ' && after_blank)) return false;
    after_blank = c == ' ';
  }
  return text.empty() || !after_blank;
}

void append_parameter_text(std::string& out, std::string_view value) {
  out += R"(,"text":)";
  if (is_clean(value)) {
    append_json_string(out, value);
  } else {
    append_json_string(out, clean_parameter(value));
  }
}

void append_body_parameters(std::string& out, const TemplateMessage& message) {
  if (out.back() != '[') out += ',';
  out += R"({"type":"body","parameters":[)";
  for (size_t i = 0; i < message.parameters.size(); ++i) {
    if (i != 0) out += ',';
    out += R"({"type":"text")";
    if (!message.parameter_names.empty()) {
      out += R"(,"parameter_name":)";
      append_json_string(out, message.parameter_names[i]);
    }
    append_parameter_text(out, message.parameters[i]);
    out += '}';
  }
  out += "]}";
}

void append_button(std::string& out, const TemplateButtonValue& button) {
  const bool is_url = button.kind == TemplateButtonValue::Kind::UrlSuffix;
  if (out.back() != '[') out += ',';
  out += R"({"type":"button","sub_type":)";
  out += is_url ? R"("url")" : R"("quick_reply")";
  append_field(out, "index", std::to_string(button.index));
  out += R"(,"parameters":[{"type":)";
  out += is_url ? R"("text")" : R"("payload")";
  append_field(out, is_url ? "text" : "payload", button.value);
  out += "}]}";
}

}  // namespace

std::string template_object(const TemplateMessage& message) {
  PUNTUAL_CHECK(message.parameter_names.empty() ||
                message.parameter_names.size() == message.parameters.size());
  std::string out;
  out.reserve(1024);
  out += '{';
  append_field(out, "name", message.name);
  out += R"(,"language":{)";
  append_field(out, "code", message.language);
  out += R"(},"components":[)";
  if (!message.parameters.empty()) append_body_parameters(out, message);
  for (const auto& button : message.buttons) append_button(out, button);
  out += "]}";
  return out;
}

std::string text_object(std::string_view text, bool preview_url) {
  std::string out = "{";
  append_field(out, "body", text);
  out += preview_url ? R"(,"preview_url":true})" : R"(,"preview_url":false})";
  return out;
}

std::string buttons_object(std::string_view text, std::span<const ReplyChoice> choices) {
  std::string out = R"({"type":"button","body":{)";
  append_field(out, "text", text);
  out += R"(},"action":{"buttons":[)";
  for (const auto& choice : choices) {
    if (out.back() != '[') out += ',';
    out += R"({"type":"reply","reply":{)";
    append_field(out, "id", choice.id);
    append_field(out, "title", choice.title);
    out += "}}";
  }
  out += "]}}";
  return out;
}

std::string envelope(const Envelope& to, std::string_view type, std::string_view object) {
  std::string out = open_body(to, type, object.size());
  out.pop_back();  // The object brings its own bracket.
  out += object;
  out += '}';
  return out;
}

DocumentBody document_body(const Envelope& to, std::string_view file_name,
                           std::string_view caption) {
  std::string out = open_body(to, "document", caption.size() + 128);
  if (!file_name.empty()) append_field(out, "filename", file_name);
  if (!caption.empty()) append_field(out, "caption", caption);
  append_field(out, "id", "");
  const size_t media_id_at = out.size() - 1;  // Before the closing quote.
  return {close_body(std::move(out)), media_id_at};
}

DocumentBody document_template_body(const Envelope& to, std::string_view object,
                                    std::string_view file_name) {
  // Before it stand the name and the language alone, in which a quote would have a stroke before
  // it.
  static constexpr std::string_view kComponents = R"("components":[)";
  const size_t at = object.find(kComponents);
  PUNTUAL_CHECK(at != std::string_view::npos);
  const std::string_view rest = object.substr(at + kComponents.size());
  std::string made(object.substr(0, at + kComponents.size()));
  made += R"({"type":"header","parameters":[{"type":"document","document":{)";
  append_field(made, "filename", file_name);
  append_field(made, "id", "");
  const size_t id_at = made.size() - 1;  // Before the closing quote.
  made += rest.front() == ']' ? "}}]}" : "}}]},";
  made += rest;
  std::string body = envelope(to, "template", made);
  const size_t media_id_at =
      body.size() - 1 - made.size() + id_at;  // The object is the last but a bracket.
  return {std::move(body), media_id_at};
}

std::string clean_parameter(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool blank_due = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F) {
      blank_due = !out.empty();
      continue;
    }
    if (blank_due) out += ' ';
    blank_due = false;
    out += c;
  }
  return out;
}

}  // namespace puntual::whatsapp
