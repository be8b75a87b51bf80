#include "app/templates_view.h"

#include <set>

#include "app/strategy_view.h"
#include "core/messaging/help_clause.h"

namespace puntual {

json::object template_json(const MessageTemplate& one, const Creditor& house,
                           const TemplateStates& states) {
  json::array buttons, findings;
  for (const auto& button : one.buttons)
    buttons.push_back(json::object{{"kind", button.kind}, {"text", button.text}});
  for (const auto& finding : messaging::check(one))
    findings.push_back(json::object{{"code", finding.code},
                                    {"error", finding.is_error},
                                    {"es", finding.message},
                                    {"line", finding.line}});
  const auto state = states.find({one.name, one.language});
  return {
      {"name", one.name},
      {"language", one.language},
      {"purpose", std::string(text_of(one.purpose))},
      {"answer", one.is_answer},
      {"document", one.has_document},
      {"version", one.version},
      {"status", state != states.end() ? state->second.status : ""},
      {"quality", state != states.end() ? state->second.quality : ""},
      {"source", fmt::format("{}/{}", one.language,
                             messaging::without_document_name(messaging::plain_name(one.name)))},
      {"text", sample_text(one, house)},
      {"footer", one.footer},
      {"buttons", std::move(buttons)},
      {"findings", std::move(findings)}};
}

std::string sample_text(const MessageTemplate& one, const Creditor& house) {
  Variables variables;
  for (const auto& known : known_variables())
    variables.set(known.name, messaging::in_treatment(known.example, one.treatment));
  // What is this house's own is not an example's: an owner signs what they read here, and calls the
  // number.
  const auto own = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) variables.set(name, value);
  };
  own("empresa", house.name);
  own("agente", house.agent_name);
  own("ayuda", messaging::help_clause(house.help, one.language));
  const auto rendered = messaging::render(one, variables);
  return rendered ? rendered->text : "";
}

Result<std::string> templates_view(Store& store, const Desk& desk, const Config& config,
                                   std::string_view asked) {
  const Creditor& creditor = config.creditor;
  std::set<std::string> names, languages;
  for (const auto& one : desk.templates.all()) {
    names.emplace(messaging::plain_name(one.name));
    languages.insert(one.language);
  }
  languages.insert(creditor.locale);
  const std::string language(asked.empty() ? creditor.locale : asked);
  if (!languages.contains(language))
    return fail(ErrorCode::Invalid, "language '{}' (expected one of {})", language,
                fmt::join(languages, ", "));
  TemplateStates states;
  json::array drafts, editions;
  RETURN_IF_ERROR(store.read([&](Tx& tx) {
    for (auto& one : tx.templates.all(creditor.id))
      states.insert_or_assign({one.name, one.language}, one);
    drafts = drafts_json(tx.editions.drafts(creditor.id, store::TextKind::Template));
    editions = editions_json(tx.editions.last_templates(creditor.id));
  }));
  json::array list, all_languages;
  for (const auto& name : names) {
    const auto* one = desk.templates.find(
        name, language, messaging::treatment_in(language, desk.settings.is_familiar));
    if (one != nullptr) list.push_back(template_json(*one, creditor, states));
  }
  for (const auto& one : languages) all_languages.push_back(json::string(one));
  return to_json(json::object{{"language", language},
                              {"languages", std::move(all_languages)},
                              {"templates", std::move(list)},
                              {"drafts", std::move(drafts)},
                              {"editions", std::move(editions)},
                              {"four_eyes", config.needs_four_eyes}});
}

}  // namespace puntual
