// The templates of a deployment, by name and language.
#include <algorithm>
#include <tuple>

#include "base/embedded.h"
#include "core/messaging/template.h"
#include "core/strategy/strategy.h"

namespace puntual {

namespace {

constexpr std::string_view kTreatmentNames[] = {"usted", "tu", "vos"};
constexpr std::string_view kWithDocument = "_pdf";
constexpr std::string_view kVoseo[] = {"es_AR", "es_PY", "es_UY"};

}  // namespace

std::string_view text_of(Treatment treatment) {
  return kTreatmentNames[static_cast<size_t>(treatment)];
}

namespace messaging {

Treatment treatment_in(std::string_view locale, bool is_familiar) {
  if (!is_familiar) return Treatment::Usted;
  return std::ranges::find(kVoseo, locale) == std::end(kVoseo) ? Treatment::Tu : Treatment::Vos;
}

MessageTemplate with_link_base(MessageTemplate message_template, std::string_view link_base) {
  std::erase_if(message_template.buttons, [&](const TemplateButton& button) {
    return button.url == "{{enlace}}" && link_base.empty();
  });
  for (auto& button : message_template.buttons) {
    if (button.url == "{{enlace}}") button.url = fmt::format("{}{{{{enlace_codigo}}}}", link_base);
  }
  return message_template;
}

std::string with_document_name(std::string_view name) {
  const auto plain = plain_name(name);
  return fmt::format("{}{}{}", plain, kWithDocument, name.substr(plain.size()));
}

std::string without_document_name(std::string_view name) {
  auto plain = plain_name(name);
  const auto treatment = name.substr(plain.size());
  if (plain.ends_with(kWithDocument)) plain.remove_suffix(kWithDocument.size());
  return fmt::format("{}{}", plain, treatment);
}

MessageTemplate with_document(MessageTemplate message_template) {
  message_template.name = with_document_name(message_template.name);
  message_template.has_document = true;
  return message_template;
}

}  // namespace messaging

Result<TemplateCatalog> TemplateCatalog::built_in(std::string_view link_base) {
  TemplateCatalog catalog;
  for (const auto& file : embedded_files("templates/")) {
    if (!file.name.ends_with(".toml")) continue;
    ASSIGN_OR_RETURN(auto templates, messaging::parse_templates(file.bytes, file.name));
    for (auto& one : templates) catalog.add(messaging::with_link_base(std::move(one), link_base));
  }
  return catalog;
}

// Kept in order of name and language: a look-up for each message, and listings that do not jump
// about.
void TemplateCatalog::add(MessageTemplate message_template) {
  const auto key = [](const MessageTemplate& one) { return std::tie(one.name, one.language); };
  const auto at = std::ranges::lower_bound(templates_, key(message_template), {}, key);
  if (at != templates_.end() && key(*at) == key(message_template)) {
    *at = std::move(message_template);
  } else {
    templates_.insert(at, std::move(message_template));
  }
}

void TemplateCatalog::replace(std::vector<MessageTemplate> of_a_file) {
  if (of_a_file.empty()) return;
  const auto name = messaging::plain_name(of_a_file.front().name);
  std::erase_if(templates_, [&](const MessageTemplate& one) {
    return one.language == of_a_file.front().language && messaging::plain_name(one.name) == name;
  });
  for (auto& one : of_a_file) add(std::move(one));
}

void TemplateCatalog::add_documents_of(const Strategy& strategy) {
  std::vector<MessageTemplate> made;
  for (const auto& cadence : strategy.cadences) {
    for (const auto& step : cadence.steps) {
      if (!step.attach) continue;
      for (const auto& one : templates_) {
        const auto name = messaging::plain_name(one.name);
        if (name == step.template_name || name == step.template_many)
          made.push_back(messaging::with_document(one));
      }
    }
  }
  for (auto& one : made) add(std::move(one));
}

const MessageTemplate* TemplateCatalog::find(std::string_view name, std::string_view language,
                                             Treatment treatment) const {
  if (treatment != Treatment::Usted) {
    if (const auto* familiar = find(fmt::format("{}_{}", name, text_of(treatment)), language))
      return familiar;
  }
  const auto exact = [&](std::string_view of) -> const MessageTemplate* {
    const auto at = std::ranges::lower_bound(
        templates_, std::tie(name, of), {}, [](const MessageTemplate& one) {
          return std::tuple<std::string_view, std::string_view>(one.name, one.language);
        });
    return at != templates_.end() && at->name == name && at->language == of ? &*at : nullptr;
  };
  const auto* found = exact(language);
  return found != nullptr ? found : exact(language.substr(0, language.find_first_of("_-")));
}

}  // namespace puntual
