// Answers that people of the creditor give often: written once with the variables of templates,
// filled for each person. They are free text of a person: the gate judges them when they are used.
// Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/messaging/template.h"

namespace puntual {

struct CannedReply {
  std::string name;  // "saludo"
  std::string text;
  bool is_built_in = true;
};

namespace messaging {

[[nodiscard]] const std::vector<CannedReply>& built_in_replies();
// Invalid when the name is no short word, or the text is empty, too long, or names an unknown
// variable.
[[nodiscard]] Result<void> check_reply(const CannedReply& reply);
// What the person reads. Invalid when a variable has no value for them.
[[nodiscard]] Result<std::string> fill_reply(const CannedReply& reply, const Variables& variables);

}  // namespace messaging
}  // namespace puntual
