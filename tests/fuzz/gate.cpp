// One line of `puntual gate`: an error that names the field, or a decision in JSON that is no yes
// with reasons against.
#include <algorithm>

#include "base/json.h"
#include "cli/gate_json.h"
#include "tests/fuzz/fuzz.h"

namespace puntual::cli {

FUZZ(gate, "") {
  const auto answer = answer_gate_line(bytes);
  if (!answer) {
    HOLDS(!answer.error().message.empty());
    return;
  }
  HOLDS(!answer->contains('\n'));
  const auto decision = parse_json(*answer);
  HOLDS(decision.has_value());
  const auto allowed = member_bool(*decision, "allowed");
  const auto* reasons = member_array(*decision, "reasons");
  HOLDS(allowed && reasons);
  // A yes has at most the reason why no rule had to be asked.
  HOLDS(*allowed == std::ranges::all_of(*reasons, [](const json::value& one) {
    return one.as_string().starts_with("EXEMPT_");
  }));
}

}  // namespace puntual::cli
