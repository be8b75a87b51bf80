// An anchor made now, by the running server or by this process.
#pragma once

#include "cli/command.h"

namespace puntual::cli {

// The anchor file's text.
[[nodiscard]] Result<std::string> make_anchor(const Arguments& arguments);

}  // namespace puntual::cli
