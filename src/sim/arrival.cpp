#include "sim/arrival.h"

#include "base/json.h"

namespace puntual::sim {
namespace {

// {"type":"button","body":{…},"action":{"buttons":[{"type":"reply","reply":{"id":…,"title":…}}]}}
std::vector<ReplyButton> interactive_buttons(std::string_view body) {
  std::vector<ReplyButton> buttons;
  const auto object = parse_json(body);
  if (!object || !object->is_object()) return buttons;
  const auto* action = object->get_object().if_contains("action");
  const auto* list = action == nullptr ? nullptr : member_array(*action, "buttons");
  for (const auto& one : list == nullptr ? json::array() : *list) {
    const auto* reply = one.is_object() ? one.get_object().if_contains("reply") : nullptr;
    if (reply != nullptr) buttons.push_back({text_in(*reply, "id"), text_in(*reply, "title")});
  }
  return buttons;
}

}  // namespace

Arrival arrival_of(const OutboxMessage& message, const TemplateCatalog& templates) {
  Arrival arrival{.debtor = message.debtor_id,
                  .purpose = message.purpose,
                  .step = message.step,
                  .template_name = message.template_name,
                  .text = message.text,
                  .invoice = {},
                  .currency = message.balance.currency,
                  .buttons = {},
                  .is_interactive = message.kind == "interactive"};
  if (arrival.is_interactive) {
    arrival.buttons = interactive_buttons(message.body);
  } else if (const auto* used = message.kind == "template"
                                    ? templates.find(message.template_name, message.language)
                                    : nullptr) {
    for (const auto& button : used->buttons) {
      if (button.kind == "quick_reply") arrival.buttons.push_back({button.payload, button.text});
    }
  }
  return arrival;
}

}  // namespace puntual::sim
