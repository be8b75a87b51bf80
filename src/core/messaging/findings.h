// What the parts of check() share: the list they write to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/messaging/template.h"

namespace puntual::messaging {

struct Findings {
  std::vector<TemplateFinding> list;
  void error(std::string_view code, int line, std::string message) {
    list.push_back({std::string(code), true, std::move(message), line});
  }
  void warning(std::string_view code, int line, std::string message) {
    list.push_back({std::string(code), false, std::move(message), line});
  }
};

[[nodiscard]] inline bool is_reminder(Purpose purpose) {
  return purpose == Purpose::PreDue || purpose == Purpose::Overdue;
}

// Name, variables, lengths and buttons: what the platform would refuse or change.
void check_form(const MessageTemplate& message, Findings& findings);

}  // namespace puntual::messaging
