// The template file: TOML in, a MessageTemplate out, or all that is wrong with its form. What is
// wrong with its words is for check() to find.
#include <algorithm>

#include "base/crypto.h"
#include "base/toml.h"
#include "core/messaging/template.h"

namespace puntual::messaging {
namespace {

constexpr std::string_view kCategories[] = {"UTILITY", "MARKETING"};
constexpr std::string_view kTreatments[] = {"usted", "tu", "vos"};
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

Treatment read_treatment(TomlTable& root) {
  const std::string word = root.choice("treatment", kTreatments);
  return static_cast<Treatment>(std::ranges::find(kTreatments, word) - std::begin(kTreatments));
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

}  // namespace

Result<MessageTemplate> parse_template(std::string_view toml, std::string_view file_name) {
  ASSIGN_OR_RETURN(const TomlFile file, TomlFile::parse(toml, file_name));
  TomlTable root = file.root();
  MessageTemplate result;
  result.file_name = file_name;
  result.name = root.required_text("name");
  result.language = root.required_text("language");
  result.treatment = read_treatment(root);
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

}  // namespace puntual::messaging
