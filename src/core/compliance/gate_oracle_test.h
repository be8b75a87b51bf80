// What a pack says, read a second time, plainly and slowly, for tests: minute by minute, without
// the code of windows, counters and clocks that the gate answers with.
#pragma once

#include "core/compliance/gate.h"

namespace puntual::compliance::oracle {

// Only what time decides: windows, caps, time to live. The request must name its zones, and every
// row of the packs must be valid.
[[nodiscard]] bool allows(const ContactRequest& request, Instant now);

}  // namespace puntual::compliance::oracle
