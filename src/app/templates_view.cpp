#include "app/templates_view.h"

#include <map>
#include <set>

#include "base/json.h"

namespace puntual {
namespace {

using States = std::map<std::pair<std::string, std::string>, std::string>;  // By name and language.

json::object template_json(const MessageTemplate& one, const Creditor& house, const States& states) {
  json::array buttons, findings;
  for (const auto& button : one.buttons) buttons.push_back(json::object{{"kind", button.kind}, {"text", button.text}});
  for (const auto& finding : messaging::check(one)) findings.push_back(json::object{{"code", finding.code}, {"error", finding.is_error}, {"es", finding.message}, {"line", finding.line}});
  const auto state = states.find({one.name, one.language});
  return {{"name", one.name}, {"language", one.language}, {"purpose", std::string(text_of(one.purpose))}, {"answer", one.is_answer}, {"document", one.has_document}, {"version", one.version},
          {"status", state != states.end() ? state->second : ""}, {"text", sample_text(one, house)}, {"footer", one.footer}, {"buttons", std::move(buttons)}, {"findings", std::move(findings)}};
}

}  // namespace

std::string sample_text(const MessageTemplate& one, const Creditor& house) {
  Variables variables;
  for (const auto& known : known_variables()) variables.set(known.name, messaging::in_treatment(known.example, one.treatment));
  if (!house.name.empty()) variables.set("empresa", house.name);
  const auto rendered = messaging::render(one, variables);
  return rendered ? rendered->text : "";
}

Result<std::string> templates_view(Store& store, const Desk& desk, const Creditor& creditor, std::string_view asked) {
  std::set<std::string> names, languages;
  for (const auto& one : desk.templates.all()) {
    names.emplace(messaging::plain_name(one.name));
    languages.insert(one.language);
  }
  languages.insert(creditor.locale);
  const std::string language(asked.empty() ? creditor.locale : asked);
  if (!languages.contains(language)) return fail(ErrorCode::Invalid, "language '{}' (expected one of {})", language, fmt::join(languages, ", "));
  ASSIGN_OR_RETURN(const States states, store.read([&](Tx& tx) {
                     States found;
                     for (auto& one : tx.templates.all(creditor.id)) found[{one.name, one.language}] = one.status;
                     return found;
                   }));
  json::array list, all_languages;
  for (const auto& name : names) {
    const auto* one = desk.templates.find(name, language, messaging::treatment_in(language, desk.settings.is_familiar));
    if (one != nullptr) list.push_back(template_json(*one, creditor, states));
  }
  for (const auto& one : languages) all_languages.push_back(json::string(one));
  return to_json(json::object{{"language", language}, {"languages", std::move(all_languages)}, {"templates", std::move(list)}});
}

}  // namespace puntual
