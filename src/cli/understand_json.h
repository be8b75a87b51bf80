// One line of `puntual understand`: a message, and what it says (docs: outside interfaces).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace puntual::cli {

// One line in, one line out; Invalid names the field and what it accepts.
[[nodiscard]] Result<std::string> answer_understand_line(std::string_view line);

}  // namespace puntual::cli
