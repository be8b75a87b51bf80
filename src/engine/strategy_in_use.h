// An edited strategy holds from the next start on: everybody is looked at again, whatever the one
// before said of when. So nobody needs to be looked at day by day for a review of it.
#pragma once

#include "core/strategy/strategy.h"
#include "store/store.h"

namespace puntual::engine {

void note_strategy(Tx& tx, const Creditor& creditor, const Strategy& strategy, Instant now);

}  // namespace puntual::engine
