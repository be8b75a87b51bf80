// What stands in a file of settings: of the deployment's own, its packs, strategies and templates.
#pragma once

#include <string>

#include "base/result.h"

namespace puntual {

// NotFound when it cannot be read, Invalid beyond 16 MB; both name it.
[[nodiscard]] Result<std::string> settings_text(const std::string& path);

}  // namespace puntual
