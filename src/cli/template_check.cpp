// puntual template check | show | export: the texts before anybody reads them.
#include <cstdio>

#include "base/embedded.h"
#include "base/json.h"
#include "cli/command.h"
#include "core/messaging/template.h"

namespace puntual::cli {
namespace {

// The templates of one file, or all built-in ones when none is given, as they are written.
Result<std::vector<MessageTemplate>> chosen_templates(const Arguments& arguments) {
  std::vector<MessageTemplate> templates;
  if (const std::string file = arguments.text("FILE"); !file.empty()) {
    ASSIGN_OR_RETURN(const std::string text, read_file(file));
    return messaging::parse_templates(text, file);
  }
  for (const auto& file : embedded_files("templates/")) {
    if (!file.name.ends_with(".toml")) continue;
    ASSIGN_OR_RETURN(const auto of_file, messaging::parse_templates(file.bytes, file.name));
    templates.insert(templates.end(), of_file.begin(), of_file.end());
  }
  return templates;
}

json::object finding_as_json(const MessageTemplate& one, const TemplateFinding& finding) {
  return {{"file", one.file_name},     {"line", finding.line}, {"template", one.name},
          {"language", one.language},  {"code", finding.code}, {"error", finding.is_error},
          {"message", finding.message}};
}

Result<int> check_templates(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto templates, chosen_templates(arguments));
  size_t errors = 0, warnings = 0;
  for (const auto& one : templates) {
    for (const auto& finding : messaging::check(one)) {
      ++(finding.is_error ? errors : warnings);
      if (arguments.has("--json")) {
        std::printf("%s\n", to_json(finding_as_json(one, finding)).c_str());
      } else {
        std::printf("%s:%d: %s [%s] %s\n", one.file_name.c_str(), finding.line,
                    finding.is_error ? "error" : "aviso", finding.code.c_str(),
                    finding.message.c_str());
      }
    }
  }
  std::fprintf(stderr, "%zu plantillas, %zu errores, %zu avisos\n", templates.size(), errors,
               warnings);
  return errors == 0 ? kOk : kFailure;
}

Result<int> show_template(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto catalog, TemplateCatalog::built_in());
  const std::string name = arguments.text("NAME");
  const std::string language = arguments.text("--language");
  const MessageTemplate* one =
      catalog.find(name, language, messaging::treatment_in(language, arguments.has("--familiar")));
  if (one == nullptr) {
    return fail(ErrorCode::NotFound,
                "no template '{}' in {} (list them with: puntual template list)", name, language);
  }
  Variables variables;
  for (const auto& known : known_variables())
    variables.set(known.name, messaging::in_treatment(known.example, one->treatment));
  ASSIGN_OR_RETURN(const auto message, messaging::render(*one, variables));
  std::printf("%s\n", message.text.c_str());
  for (const auto& button : one->buttons) std::printf("[%s] ", button.text.c_str());
  if (!one->buttons.empty()) std::printf("\n");
  return kOk;
}

Result<int> list_templates(const Arguments&) {
  ASSIGN_OR_RETURN(const auto catalog, TemplateCatalog::built_in());
  for (const auto& one : catalog.all()) {
    std::printf("%s\t%s\t%s\t%s\n", one.name.c_str(), one.language.c_str(), one.version.c_str(),
                std::string(text_of(one.treatment)).c_str());
  }
  return kOk;
}

Result<int> list_variables(const Arguments&) {
  for (const auto& known : known_variables()) {
    std::printf(
        "{{%s}}\t%s\t%s\t%s\n", std::string(known.name).c_str(), std::string(known.meaning).c_str(),
        messaging::in_treatment(known.example, Treatment::Usted).c_str(),
        known.fallback.empty() ? "(obligatoria)"
                               : messaging::in_treatment(known.fallback, Treatment::Usted).c_str());
  }
  return kOk;
}

Result<int> export_templates(const Arguments& arguments) {
  const std::string language = arguments.text("--language");
  const std::string link_base = arguments.text("--link-base");
  ASSIGN_OR_RETURN(const auto templates, chosen_templates(arguments));
  for (const auto& one : templates) {
    if (one.is_answer || (!language.empty() && one.language != language) ||
        (one.treatment != Treatment::Usted && !arguments.has("--familiar")))
      continue;  // The platform is not asked about answers.
    std::printf("%s\n",
                messaging::cloud_definition(messaging::with_link_base(one, link_base)).c_str());
  }
  return kOk;
}

}  // namespace

Command template_check_command() {
  return {.name = "template check",
          .summary =
              "Find what is wrong with message templates: identification, threats, charges, "
              "jargon, length, variables",
          .positionals = {"[FILE]"},
          .options = {{"--json", "", "One JSON object a finding"}},
          .examples =
              "  puntual template check                 all built-in templates\n"
              "  puntual template check mi_aviso.toml",
          .run = check_templates};
}

Command template_show_command() {
  return {.name = "template show",
          .summary = "Show a built-in template filled with example data",
          .positionals = {"NAME"},
          .options = {{"--language", "L", "Language, such as es_CO", false, "es"},
                      {"--familiar", "", "As with treatment = \"tu\""}},
          .examples =
              "  puntual template show vencido_amable_v1 --language es_CO\n"
              "  puntual template show respuesta_saldo_v1 --language es_AR --familiar",
          .run = show_template};
}

Command template_list_command() {
  return {.name = "template list",
          .summary = "List the built-in templates: name, language, version, treatment",
          .run = list_templates};
}

Command template_variables_command() {
  return {.name = "template variables",
          .summary =
              "List the variables of templates: meaning, example, what stands in when there is no "
              "value",
          .run = list_variables};
}

Command template_export_command() {
  return {.name = "template export",
          .summary = "Write template definitions for the WhatsApp platform, one JSON object a line",
          .positionals = {"[FILE]"},
          .options = {{"--language", "L", "Only this language"},
                      {"--familiar", "", "Also those of treatment = \"tu\""},
                      {"--link-base", "URL",
                       "Address of the payer's page; with it templates get the button «Pagar»"}},
          .examples =
              "  puntual template export --language es_CO --link-base https://pagos.example.com/",
          .run = export_templates};
}

}  // namespace puntual::cli
