// What the platform is asked to approve: POST /{waba}/message_templates (contract section 3.1,
// checked 2026-11-21), from the same source as the texts.
#include <algorithm>

#include "base/json.h"
#include "core/messaging/placeholder.h"
#include "core/messaging/template.h"

namespace puntual::messaging {
namespace {

// The example of a variable as render() would fill it.
std::string example_of(const MessageTemplate& message_template, std::string_view name) {
  const bool by_button = name == "como_pagar" &&
                         std::ranges::find(message_template.buttons, "url",
                                           &TemplateButton::kind) != message_template.buttons.end();
  const VariableInfo* info = known_variable(by_button ? "como_pagar_boton" : name);
  return info == nullptr ? std::string(name)
                         : in_treatment(info->example, message_template.treatment);
}

json::object body_component(const MessageTemplate& message_template) {
  std::string text;
  json::array examples;
  std::vector<std::string_view> seen;
  for (const auto& piece : pieces_of(message_template.body)) {
    if (!piece.is_variable) {
      text += piece.text;
      continue;
    }
    text += fmt::format("{{{{{}}}}}", piece.text);
    if (std::ranges::find(seen, piece.text) != seen.end()) continue;
    seen.push_back(piece.text);
    examples.push_back(json::object{{"param_name", piece.text},
                                    {"example", example_of(message_template, piece.text)}});
  }
  json::object component{{"type", "BODY"}, {"text", text}};
  if (!examples.empty())
    component["example"] = json::object{{"body_text_named_params", std::move(examples)}};
  return component;
}

json::object url_button_definition(const MessageTemplate& message_template,
                                   const TemplateButton& button) {
  std::string url;
  json::array example;
  for (const auto& piece : pieces_of(button.url)) {
    if (!piece.is_variable) {
      url += piece.text;
      continue;
    }
    // A button's variable is positional on the platform, whatever the body's are.
    url += "{{1}}";
    example.push_back(json::value(example_of(message_template, piece.text)));
  }
  json::object definition{{"type", "URL"}, {"text", button.text}, {"url", url}};
  if (!example.empty()) definition["example"] = std::move(example);
  return definition;
}

json::object buttons_component(const MessageTemplate& message_template) {
  json::array buttons;
  for (const auto& button : message_template.buttons) {
    if (button.kind == "url") {
      buttons.push_back(url_button_definition(message_template, button));
    } else {
      buttons.push_back(json::object{{"type", "QUICK_REPLY"}, {"text", button.text}});
    }
  }
  return {{"type", "BUTTONS"}, {"buttons", std::move(buttons)}};
}

}  // namespace

std::string cloud_definition(const MessageTemplate& message_template) {
  json::array components;
  if (message_template.has_document)
    components.push_back(json::object{{"type", "HEADER"}, {"format", "DOCUMENT"}});
  components.push_back(body_component(message_template));
  if (!message_template.footer.empty()) {
    components.push_back(json::object{{"type", "FOOTER"}, {"text", message_template.footer}});
  }
  if (!message_template.buttons.empty()) components.push_back(buttons_component(message_template));
  return to_json(json::object{{"name", message_template.name},
                              {"language", message_template.language},
                              {"category", message_template.category},
                              {"parameter_format", "NAMED"},
                              {"message_send_ttl_seconds", message_template.ttl_seconds},
                              {"components", std::move(components)}});
}

}  // namespace puntual::messaging
