#include "engine/import_grace.h"

#include <algorithm>

#include "core/portfolio/import_grace.h"

namespace puntual::engine {
namespace {

std::optional<Instant> rests_until(const store::ImportRun& run, const EngineSettings& settings,
                                   Instant now) {
  return portfolio::rests_until(
      {.begun_at = run.at, .ended_at = run.ended_at, .undone_at = run.undone_at},
      settings.import_grace_ms, now);
}

}  // namespace

std::map<DebtorId, Instant> resting_after_import(Tx& tx, const EngineSettings& settings,
                                                 CreditorId creditor, const store::People& people,
                                                 Instant now) {
  std::map<DebtorId, Instant> resting;
  if (settings.import_grace_ms <= 0 || people.size() == 0) return resting;
  store::ImportRuns runs(tx.db, tx.keys);
  for (const auto& run : runs.not_settled(creditor, now + -settings.import_grace_ms, now)) {
    const auto until = rests_until(run, settings, now);
    if (!until) continue;
    for (const auto id : runs.touched(creditor, run, people)) {
      auto& latest = resting.try_emplace(id, *until).first->second;
      latest = std::max(latest, *until);
    }
  }
  return resting;
}

std::optional<Instant> first_send_not_before(const store::ImportRun& run,
                                             const EngineSettings& settings, Instant now) {
  if (run.kind != "portfolio" || (run.ended_at && !run.has_changed())) return std::nullopt;
  return rests_until(run, settings, now);
}

}  // namespace puntual::engine
