// A TOML document as JSON, for readers that take either. Dates are not taken over: they read as
// null.
#pragma once

#include "base/json.h"

namespace puntual {

// Invalid, with file and line, when the text is not TOML.
[[nodiscard]] Result<json::value> json_of_toml(std::string_view text, std::string_view file_name);

}  // namespace puntual
