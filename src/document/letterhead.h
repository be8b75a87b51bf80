// What stands above the title of a creditor's paper: its logo, a PNG. Thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace puntual::document {

inline constexpr size_t kLogoBytesMax = 256 << 10;

// Invalid, with what to do, when it is no PNG, too large, or too wide for a page that is sent over
// a phone's network.
[[nodiscard]] Result<void> check_logo(std::string_view png);

}  // namespace puntual::document
