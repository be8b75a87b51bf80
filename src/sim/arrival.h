// A message as it lies on a person's phone: what it says, and the buttons under it. Pure.
#pragma once

#include <string>
#include <vector>

#include "core/messaging/outbox_message.h"
#include "core/messaging/template.h"

namespace puntual::sim {

struct ReplyButton {
  std::string payload, title;
  bool operator==(const ReplyButton&) const = default;
};

struct Arrival {
  DebtorId debtor;
  Purpose purpose = Purpose::Overdue;
  std::string step, template_name;  // Of a person's own words the template is empty.
  std::string text;
  std::string invoice;  // The number of the one it is about; empty for thanks and replies.
  Currency currency;
  std::vector<ReplyButton> buttons;
  bool is_interactive = false;  // Its buttons come back as "interactive", a template's as "button".
};

[[nodiscard]] Arrival arrival_of(const OutboxMessage& message, const TemplateCatalog& templates);

}  // namespace puntual::sim
