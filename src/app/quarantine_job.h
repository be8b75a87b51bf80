// The beginning and the end of a quarantine, as a command or the API orders it.
#pragma once

#include "base/json.h"
#include "engine/quarantine.h"

namespace puntual {

[[nodiscard]] json::object quarantine_json(const std::optional<Quarantine>& quarantine);
// By hand, when the program cannot know: after a pg_dump or a disk's snapshot was put back.
// Invalid: why is empty.
[[nodiscard]] Result<void> run_raise_job(Store& store, std::string_view why, std::string_view by,
                                         Instant now);
// sent_until: RFC 3339, or "2026-11-22T10:00" in the creditor's zone. The answer is
// {"people":…,"cancelled":…}.
[[nodiscard]] Result<std::string> run_lift_job(Store& store, const Desk& desk,
                                               const Creditor& creditor,
                                               std::string_view sent_until, std::string_view by,
                                               Instant now);

}  // namespace puntual
