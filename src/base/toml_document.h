// How toml++ is called: by base/toml.cpp and base/toml_json.cpp alone, since its header is heavy.
#pragma once

#include <toml++/toml.h>

#include <string_view>

#include "base/result.h"

namespace puntual {

// Invalid, with line and column, when the text is not TOML; with the line when a key of it is of
// hundreds of parts.
[[nodiscard]] Result<toml::table> parse_toml(std::string_view text, std::string_view file_name);

}  // namespace puntual
