#include "core/portfolio/import_grace.h"

namespace puntual::portfolio {

std::optional<Instant> rests_until(const ImportMoments& import, int64_t grace_ms, Instant now) {
  if (grace_ms <= 0 || import.undone_at) return std::nullopt;
  if (!import.ended_at && now - import.begun_at >= kStillLoadingMs) return std::nullopt;
  const Instant until = import.ended_at.value_or(now) + grace_ms;
  return until > now ? std::optional(until) : std::nullopt;
}

}  // namespace puntual::portfolio
