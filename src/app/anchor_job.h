// Anchors of the audit trail: made, remembered by the database, and written to a file.
#pragma once

#include <string>

#include "store/store.h"

namespace puntual {

// The anchor file's text, already remembered. Unsafe when the trail does not hold.
[[nodiscard]] Result<std::string> run_anchor_job(Store& store, Instant now);

// Writes it below `folder`, under its moment; the path. Never half a file.
[[nodiscard]] Result<std::string> keep_anchor_file(const std::string& folder,
                                                   const std::string& text, Instant now);

}  // namespace puntual
