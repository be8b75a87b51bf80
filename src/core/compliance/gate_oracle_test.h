// The law of CO, PE, MX and CL said a second time, plainly and slowly, for tests: it reads no pack,
// and finds the next allowed instant by stepping from minute to minute.
#pragma once

#include <optional>

#include "core/compliance/gate.h"

namespace puntual::compliance::oracle {

// Only what time decides: windows, caps, time to live. The request must name its zones.
[[nodiscard]] bool allows(const ContactRequest& request, Instant now);

}  // namespace puntual::compliance::oracle
