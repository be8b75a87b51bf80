// The template file: TOML in, a MessageTemplate out, or all that is wrong with its form. What is
// wrong with its words is for check() to find.
#include <algorithm>

#include "base/crypto.h"
#include "base/toml.h"
#include "core/messaging/template.h"

namespace puntual::messaging {
namespace {

constexpr std::string_view kCategories[] = {"UTILITY", "MARKETING"};
constexpr std::string_view kButtonKinds[] = {"quick_reply", "url"};
constexpr std::string_view kTemplatePurposes[] = {
    "pre_due",       "overdue",   "payment_confirmation", "reply", "identity_check",
    "bureau_notice", "optout_ack"};
constexpr Purpose kTemplatePurposeValues[] = {
    Purpose::PreDue,   Purpose::Overdue,       Purpose::PaymentConfirmation,
    Purpose::Reply,    Purpose::IdentityCheck, Purpose::BureauNotice,
    Purpose::OptOutAck};

Purpose read_purpose(TomlTable& root) {
  const std::string word = root.choice("purpose", kTemplatePurposes, true);
  for (size_t i = 0; i < std::size(kTemplatePurposes); ++i) {
    if (kTemplatePurposes[i] == word) return kTemplatePurposeValues[i];
  }
  return Purpose::Overdue;
}

// TOML drops the line end after the opening quotes of a long text: then it begins on the next line.
int text_line(std::string_view toml, int line) {
  size_t at = 0;
  for (int i = 1; i < line; ++i) {
    at = toml.find('\n', at);
    if (at == std::string_view::npos) return line;
    ++at;
  }
  std::string_view row = toml.substr(at, toml.find('\n', at) - at);
  if (row.ends_with('\r')) row.remove_suffix(1);
  return row.ends_with("\"\"\"") || row.ends_with("'''") ? line + 1 : line;
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
    text.pop_back();
  size_t start = 0;
  while (start < text.size() && text[start] == '\n') ++start;
  return text.substr(start);
}

TemplateButton read_button(TomlTable& table) {
  TemplateButton button;
  button.line = table.line();
  button.kind = table.choice("kind", kButtonKinds, true);
  button.text = table.required_text("text");
  button.url = table.text("url");
  button.payload = table.text("payload");
  const bool is_url = button.kind == "url";
  if (is_url && button.url.empty()) table.problem("kind", "a button of kind url needs 'url'");
  if (is_url && !button.payload.empty())
    table.problem("payload", "'payload' belongs to quick_reply buttons");
  if (!is_url && button.payload.empty()) {
    table.problem("kind",
                  "a quick_reply button needs 'payload': what comes back when it is pressed");
  }
  if (!is_url && !button.url.empty()) table.problem("url", "'url' belongs to url buttons");
  return button;
}

// "[le|te]" at this place: where it ends. npos: no words of address stand here.
size_t choice_end(std::string_view text, size_t at) {
  if (text[at] != '[') return std::string_view::npos;
  const size_t end = text.find_first_of("[]\n", at + 1);
  const bool is_choice =
      end != std::string_view::npos && text[end] == ']' && text.substr(at, end - at).contains('|');
  return is_choice ? end : std::string_view::npos;
}

std::string_view nth_word(std::string_view words, size_t n) {
  for (size_t bar = words.find('|'); n > 0 && bar != std::string_view::npos;
       --n, bar = words.find('|'))
    words.remove_prefix(bar + 1);
  return words.substr(0, words.find('|'));
}

MessageTemplate addressed(MessageTemplate one, Treatment treatment) {
  one.treatment = treatment;
  if (treatment != Treatment::Usted) one.name += fmt::format("_{}", text_of(treatment));
  for (std::string* text : {&one.body, &one.footer}) *text = in_treatment(*text, treatment);
  for (auto& button : one.buttons) button.text = in_treatment(button.text, treatment);
  for (auto& [name, fallback] : one.fallbacks) fallback = in_treatment(fallback, treatment);
  return one;
}

bool has_words_of_address(const MessageTemplate& one) {
  return one.body != in_treatment(one.body, Treatment::Tu) ||
         one.footer != in_treatment(one.footer, Treatment::Tu);
}

Treatment treatment_of(std::string_view name) {
  return name.ends_with("_tu")    ? Treatment::Tu
         : name.ends_with("_vos") ? Treatment::Vos
                                  : Treatment::Usted;
}

Result<MessageTemplate> read_template(std::string_view toml, std::string_view file_name) {
  ASSIGN_OR_RETURN(const TomlFile file, TomlFile::parse(toml, file_name));
  TomlTable root = file.root();
  MessageTemplate result;
  result.file_name = file_name;
  result.name = root.required_text("name");
  result.language = root.required_text("language");
  result.category = root.choice("category", kCategories);
  result.purpose = read_purpose(root);
  result.is_answer = root.flag("answer");
  // The platform takes 30 s to 12 h for utility (contract section 3.8, checked 2026-11-21).
  result.ttl_seconds = static_cast<int32_t>(root.integer("ttl_seconds", 10800, {30, 43200}));
  result.body = trimmed(root.required_text("body"));
  result.body_line = text_line(toml, root.line_of("body"));
  result.footer = trimmed(root.text("footer"));
  result.footer_line = root.line_of("footer");
  for (auto& button : root.tables("button")) result.buttons.push_back(read_button(button));
  TomlTable fallbacks = root.table("fallbacks");
  result.fallbacks_line = fallbacks.line();
  for (const auto& name : fallbacks.keys())
    result.fallbacks.emplace_back(name, fallbacks.text(name));
  RETURN_IF_ERROR(file.finish());
  result.version = hex(sha256(toml)).substr(0, 8);
  return result;
}

}  // namespace

std::string in_treatment(std::string_view text, Treatment treatment) {
  std::string words;
  words.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    const size_t end = choice_end(text, at);
    if (end == std::string_view::npos) {
      words += text[at];
      continue;
    }
    words += nth_word(text.substr(at + 1, end - at - 1), static_cast<size_t>(treatment));
    at = end;
  }
  return words;
}

std::string_view plain_name(std::string_view name) {
  const Treatment treatment = treatment_of(name);
  return treatment == Treatment::Usted
             ? name
             : name.substr(0, name.size() - 1 - text_of(treatment).size());
}

Result<std::vector<MessageTemplate>> parse_templates(std::string_view toml,
                                                     std::string_view file_name) {
  ASSIGN_OR_RETURN(MessageTemplate source, read_template(toml, file_name));
  std::vector<MessageTemplate> templates;
  if (const Treatment own = treatment_of(source.name); own != Treatment::Usted) {
    source.treatment = own;
    templates.push_back(std::move(source));
    return templates;
  }
  templates.push_back(addressed(source, Treatment::Usted));
  if (!has_words_of_address(source)) return templates;
  const bool is_of_all =
      source.language == "es";  // Read wherever the country has no text of its own.
  const Treatment familiar = treatment_in(source.language, true);
  if (is_of_all || familiar == Treatment::Tu) templates.push_back(addressed(source, Treatment::Tu));
  if (is_of_all || familiar == Treatment::Vos)
    templates.push_back(addressed(source, Treatment::Vos));
  return templates;
}

}  // namespace puntual::messaging
