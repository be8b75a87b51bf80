#include "engine/strategy_in_use.h"

namespace puntual::engine {

void note_strategy(Tx& tx, const Creditor& creditor, const Strategy& strategy, Instant now) {
  const std::string fact = fmt::format("strategy_of_{}", creditor.id.value);
  const std::string before = tx.creditors.fact(fact);
  if (before == strategy.version) return;
  if (!before.empty()) tx.debtors.review_everybody(creditor.id, now);
  tx.creditors.set_fact(fact, strategy.version);
}

}  // namespace puntual::engine
