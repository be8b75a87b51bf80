// A strategy of somebody's own: what is accepted can be asked on any day.
#include "core/strategy/strategy.h"

#include <algorithm>

#include "tests/fuzz/fuzz.h"

namespace puntual::strategy {

FUZZ(strategy, "strategies") {
  const auto read = parse(bytes, "a.toml");
  if (!read) return;
  HOLDS(!read->cadences.empty());
  const CivilDate today = date_of(2026, 11, 24);
  for (const int32_t late : {-30, -1, 0, 1, 45, 4000}) {
    const Invoice invoice{.number = "F-1",
                          .due_on = today - late,
                          .amount = {50'000, Currency::of("COP")},
                          .balance_minor = 50'000};
    for (const auto& cadence : read->cadences) {
      HOLDS(std::ranges::is_sorted(cadence.steps, {}, &Step::day));
      const auto answer = propose({&invoice, 1}, cadence, *read, today);
      HOLDS(answer.proposal.has_value() == answer.silence.empty());
      HOLDS(!answer.proposal || answer.proposal->step < cadence.steps.size());
      HOLDS(!answer.next_review_on || *answer.next_review_on > today);
    }
  }
}

}  // namespace puntual::strategy
