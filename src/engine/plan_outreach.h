// SPEAK, first half: who should hear what, decided a person at a time and written to the outbox.
#pragma once

#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct PlanReport {
  int reviewed = 0;
  int proposed = 0;
  int silent = 0;
};

namespace engine {

// Reviews up to desk.settings.plan_batch people whose moment has come. Each gets a message in the
// outbox or a reason for silence, and the moment of their next review.
[[nodiscard]] PlanReport plan_outreach(Tx& tx, const Desk& desk, const Creditor& creditor,
                                       Instant now);

}  // namespace engine
}  // namespace puntual
