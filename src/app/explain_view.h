// Why something was or was not sent, as JSON and in Spanish sentences: what `puntual explain` and
// the page of a person tell.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/zone.h"
#include "core/strategy/strategy.h"
#include "engine/explain.h"

namespace puntual {

// What the gate says now, and before it what it is not asked.
struct Verdict {
  bool allowed = false;
  std::vector<std::pair<std::string, std::string>> reasons;  // Code and Spanish.
  std::optional<Instant> next_allowed;
  std::optional<Instant> house_from;  // When the house writes, which is later than the law lets it;
                                      // none: as soon as it may.
};
[[nodiscard]] Verdict verdict_of(const Explanation& e, const Strategy& strategy, Zone zone,
                                 Instant now);

// "Ley 2300 de 2023, art. 3 (CO-DAILY)"
[[nodiscard]] std::string law_text(std::string_view rule_id, const compliance::RuleBook& book);
// A record as a sentence: what happened, why not, and by which law.
[[nodiscard]] std::string told(const TimelineEvent& event, Zone zone,
                               const compliance::RuleBook& book);

[[nodiscard]] json::object explanation_json(const Explanation& e, const Verdict& verdict, Zone zone,
                                            const compliance::RuleBook& book);

}  // namespace puntual
