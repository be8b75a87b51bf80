// What may be a password: long enough, and none that others try first. No rules about digits and
// signs, and none about changing it every month: both make worse passwords. Pure and thread-safe.
#pragma once

#include <string_view>

#include "base/result.h"

namespace puntual::access {

inline constexpr size_t kPasswordMin = 8;    // Letters, of any script.
inline constexpr size_t kPasswordMax = 256;  // Bytes.

// Invalid, in words for who has chosen it. `own`: their name, e-mail and house, which are guessed
// first.
[[nodiscard]] Result<void> check_password(std::string_view password,
                                          std::initializer_list<std::string_view> own);

}  // namespace puntual::access
