// The end of a quarantine, as a command or the API orders it.
#pragma once

#include "base/json.h"
#include "engine/quarantine.h"

namespace puntual {

[[nodiscard]] json::object quarantine_json(const std::optional<Quarantine>& quarantine);
// sent_until: RFC 3339, or "2026-11-22T10:00" in the creditor's zone. The answer is {"people":…,"cancelled":…}.
[[nodiscard]] Result<std::string> run_lift_job(Store& store, const Desk& desk, const Creditor& creditor, std::string_view sent_until, std::string_view by,
                                               Instant now);

}  // namespace puntual
