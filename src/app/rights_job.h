// What people ask of their data, as the command line and the API tell it: one JSON object in, one
// out.
#pragma once

#include <string>
#include <string_view>

#include "app/config.h"
#include "store/store.h"

namespace puntual {

// {"action": "list" | "take" | "answer" | "export" | "rectify" | "erase", …}; see docs/rights.md.
inline constexpr std::string_view kRightsVerbs[] = {"take", "answer",  "export",
                                                    "file", "rectify", "erase"};
[[nodiscard]] Result<std::string> run_rights_job(Store& store, const Law& law,
                                                 const Creditor& creditor, std::string_view body,
                                                 Instant now, bool is_familiar = false);

}  // namespace puntual
