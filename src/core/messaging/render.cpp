// Fills a template: the text that the person reads and the parameters that the platform takes.
#include <algorithm>

#include "core/messaging/placeholder.h"
#include "core/messaging/template.h"

namespace puntual::messaging {
namespace {

// Limit of the platform for the body (contract section 3.1, checked 2026-11-21).
constexpr size_t kBodyCharactersMax = 1024;

// Bytes of a character that nobody sees but that changes what is read: zero-width and direction
// marks, line and paragraph separators (U+200B…F without the joiner of emoji, U+2028…E, U+2060…F,
// U+FEFF). 0: an ordinary one.
size_t invisible_at(std::string_view text, size_t at) {
  if (at + 2 >= text.size()) return 0;
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[at + i]); };
  if (byte(0) == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF) return 3;
  if (byte(0) != 0xE2) return 0;
  if (byte(1) == 0x81) return byte(2) >= 0xA0 && byte(2) <= 0xAF ? 3 : 0;
  if (byte(1) != 0x80) return 0;
  const bool zero_width = byte(2) >= 0x8B && byte(2) <= 0x8F && byte(2) != 0x8D;
  return zero_width || (byte(2) >= 0xA8 && byte(2) <= 0xAE) ? 3 : 0;
}

// Nothing in it that mended() would change; in doubt not.
bool is_plain(std::string_view value) {
  char before = ' ';
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xE2 || byte == 0xEF ||
        (c == ' ' && before == ' '))
      return false;
    before = c;
  }
  return before != ' ';
}

// Newlines, tabs, no-break spaces and runs of blanks become one blank: the platform refuses a
// parameter that holds them (error 132018).
std::string mended(std::string_view value) {
  if (is_plain(value)) return std::string(value);
  std::string text;
  text.reserve(value.size());
  for (size_t i = 0; i < value.size(); ++i) {
    if (const size_t skip = invisible_at(value, i); skip > 0) {
      i += skip - 1;
      continue;
    }
    const auto byte = static_cast<unsigned char>(value[i]);
    const bool is_nbsp =
        byte == 0xC2 && i + 1 < value.size() && static_cast<unsigned char>(value[i + 1]) == 0xA0;
    if (is_nbsp) ++i;
    if (byte > 0x20 && byte != 0x7F && !is_nbsp) {
      text += value[i];
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
  }
  if (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::string_view fallback_of(const MessageTemplate& message_template, std::string_view name) {
  for (const auto& [known, fallback] : message_template.fallbacks) {
    if (known == name) return fallback;
  }
  const VariableInfo* info = known_variable(name);
  return info == nullptr ? std::string_view() : info->fallback;
}

// Each line by itself.
std::string mended_lines(std::string_view value) {
  std::string text;
  for (size_t from = 0; from <= value.size();) {
    const size_t end = std::min(value.find('\n', from), value.size());
    const std::string line = mended(value.substr(from, end - from));
    if (!line.empty()) text += (text.empty() ? "" : "\n") + line;
    from = end + 1;
  }
  return text;
}

std::string value_of(const MessageTemplate& message_template, const Variables& variables,
                     std::string_view name) {
  const std::string* value = variables.find(name);
  // What is to be chosen from stands line by line, in answers: their text is free.
  const bool has_lines = name == "opciones" && message_template.is_answer;
  std::string text = value == nullptr ? std::string()
                     : has_lines      ? mended_lines(*value)
                                      : mended(*value);
  if (text.empty())
    text = mended(in_treatment(fallback_of(message_template, name), message_template.treatment));
  return text;
}

const TemplateButton* url_button(const MessageTemplate& message_template) {
  const auto found = std::ranges::find(message_template.buttons, "url", &TemplateButton::kind);
  return found == message_template.buttons.end() ? nullptr : &*found;
}

// The end of the link for the button; empty when the button has no variable.
Result<std::string> url_suffix_of(const MessageTemplate& message_template,
                                  const Variables& variables) {
  const TemplateButton* button = url_button(message_template);
  if (button == nullptr) return std::string();
  for (const auto& piece : pieces_of(button->url)) {
    if (!piece.is_variable) continue;
    std::string value = value_of(message_template, variables, piece.text);
    if (value.empty()) {
      return fail(ErrorCode::Invalid,
                  "template {} ({}): the button '{}' needs {{{{{}}}}}, which has no value: "
                  "the payment link does not begin with the creditor's payment_link_base",
                  message_template.name, message_template.language, button->text, piece.text);
    }
    return value;
  }
  return std::string();
}

}  // namespace

std::vector<TextPiece> pieces_of(std::string_view text) {
  std::vector<TextPiece> pieces;
  while (!text.empty()) {
    const size_t open = text.find("{{");
    const size_t close = open == std::string_view::npos ? open : text.find("}}", open + 2);
    if (close == std::string_view::npos) {
      pieces.push_back({text, false});
      return pieces;
    }
    if (open > 0) pieces.push_back({text.substr(0, open), false});
    std::string_view name = text.substr(open + 2, close - open - 2);
    while (!name.empty() && name.front() == ' ') name.remove_prefix(1);
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    pieces.push_back({name, true});
    text.remove_prefix(close + 2);
  }
  return pieces;
}

size_t count_characters(std::string_view text) {
  return static_cast<size_t>(std::ranges::count_if(
      text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

Result<RenderedMessage> render(const MessageTemplate& message_template,
                               const Variables& variables) {
  RenderedMessage message;
  message.text.reserve(message_template.body.size() + 256);
  const bool has_button = url_button(message_template) != nullptr;
  for (const auto& piece : pieces_of(message_template.body)) {
    if (!piece.is_variable) {
      message.text += piece.text;
      continue;
    }
    const auto known = std::ranges::find(message.parameter_names, piece.text);
    if (known != message.parameter_names.end()) {
      message.text +=
          message.parameters[static_cast<size_t>(known - message.parameter_names.begin())];
      continue;
    }
    const bool by_button = has_button && piece.text == "como_pagar";
    std::string value =
        value_of(message_template, variables, by_button ? "como_pagar_boton" : piece.text);
    if (value.empty()) {
      return fail(ErrorCode::Invalid,
                  "template {} ({}): the variable {{{{{}}}}} has no value and no fallback",
                  message_template.name, message_template.language, piece.text);
    }
    message.text += value;
    message.parameter_names.emplace_back(piece.text);
    message.parameters.push_back(std::move(value));
  }
  if (const size_t length = count_characters(message.text); length > kBodyCharactersMax) {
    return fail(ErrorCode::Invalid, "template {} ({}): the text has {} characters (at most {})",
                message_template.name, message_template.language, length, kBodyCharactersMax);
  }
  ASSIGN_OR_RETURN(message.url_suffix, url_suffix_of(message_template, variables));
  if (!message_template.footer.empty()) message.text += "\n\n" + message_template.footer;
  return message;
}

}  // namespace puntual::messaging
