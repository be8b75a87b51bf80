// Which rules a question to the gate is asked of.
#pragma once

#include <string_view>
#include <vector>

#include "core/compliance/gate.h"

namespace puntual::compliance {

// The ids of the rules that decide() asks for this request at `now`: of the person's country, and
// of the creditor's where it is another. What a record shows as satisfied when the answer was yes.
[[nodiscard]] std::vector<std::string_view> rules_asked(const ContactRequest& request, Instant now);

}  // namespace puntual::compliance
