// Keeps the platform's templates and our knowledge of them in step: at the start, and every hour.
#pragma once

#include "app/config.h"
#include "store/store.h"
#include "whatsapp/management.h"

namespace puntual {

// Creates and edits what the platform lacks, in the languages of the people in the portfolio, and keeps what it
// says of each. The number of templates that may be sent now.
[[nodiscard]] Result<int> sync_templates(Store& store, const Desk& desk, const Config& config, whatsapp::Management& management,
                                         Instant now);

}  // namespace puntual
