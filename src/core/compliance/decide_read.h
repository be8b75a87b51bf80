// The gate for a text that has been read already: reading is most of what an answer costs.
#pragma once

#include "core/compliance/content.h"
#include "core/compliance/gate.h"

namespace puntual::compliance {

// As decide(request, now). `findings` must be what read_text() says of the request's text.
[[nodiscard]] Decision decide(const ContactRequest& request, const TextFindings& findings,
                              Instant now);

}  // namespace puntual::compliance
