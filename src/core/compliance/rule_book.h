// The rules by their names: which of them a question to the gate is asked of, and what each one's law is.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/compliance/country_rules.h"

namespace puntual::compliance {

// The ids of the rules that decide() asks for this request: of the person's country, and of the creditor's where it
// is another. What a record shows as satisfied when the answer was yes.
[[nodiscard]] std::vector<std::string_view> rules_asked(const ContactRequest& request);

// Null when no pack of this program has such a rule. Lives for ever.
[[nodiscard]] const Rule* find_rule(std::string_view id);

}  // namespace puntual::compliance
