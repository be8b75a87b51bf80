// The bodies of POST /{phone-number-id}/messages, written by hand: this is done once a message.
//
// Contract: whatsapp-cloud-api.md section 2. Limits of the platform are the caller's business
// (core/messaging checks texts); what is mended here is only what the platform refuses inside a
// template parameter. Pure; thread-safe.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace puntual::whatsapp {

// Whom to write to, and how to recognise the attempt in later status events.
struct Envelope {
  std::string_view
      phone;  // E.164; a missing '+' is added, or the business's own country is assumed.
  std::string_view user_id;     // Business-scoped user id; used when there is no phone.
  std::string_view attempt_id;  // Goes into biz_opaque_callback_data.
  std::string_view reply_to;    // A wamid to quote, or empty.
};

// A button of the approved template that takes a value. `index` counts all buttons of the template.
struct TemplateButtonValue {
  enum class Kind : uint8_t { UrlSuffix, QuickReply };
  Kind kind = Kind::UrlSuffix;
  int index = 0;
  std::string_view value;
};

struct TemplateMessage {
  std::string_view name;
  std::string_view language;                     // Exactly that of the approved template.
  std::span<const std::string> parameter_names;  // Same length as parameters.
  std::span<const std::string> parameters;       // Of the body.
  std::span<const TemplateButtonValue> buttons;
};

struct ReplyChoice {
  std::string_view id;
  std::string_view title;
};

// The content alone, kept in the outbox; the envelope is put around it when the message leaves.
[[nodiscard]] std::string template_object(const TemplateMessage& message);
[[nodiscard]] std::string text_object(std::string_view text, bool preview_url = false);
// Of type "interactive": one to three choices under a text.
[[nodiscard]] std::string buttons_object(std::string_view text,
                                         std::span<const ReplyChoice> choices);
// type: "template", "text", …, whose content `object` is.
[[nodiscard]] std::string envelope(const Envelope& to, std::string_view type,
                                   std::string_view object);

// A document that is yet to be uploaded: its media id belongs at `media_id_at`.
struct DocumentBody {
  std::string body;
  size_t media_id_at = 0;
};
[[nodiscard]] DocumentBody document_body(const Envelope& to, std::string_view file_name,
                                         std::string_view caption);
// The same for a template whose header is a document; `object` is its template_object.
[[nodiscard]] DocumentBody document_template_body(const Envelope& to, std::string_view object,
                                                  std::string_view file_name);
// Newlines, tabs, other control characters and runs of blanks become one blank; none at the ends.
// The platform refuses a parameter with them (132018).
[[nodiscard]] std::string clean_parameter(std::string_view text);

}  // namespace puntual::whatsapp
