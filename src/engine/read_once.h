// What a text says is read once: when the message is planned, and not again when it is claimed,
// while it is the same to the letter. A memory of what a pure function has answered, of this thread
// alone and of bounded size: whoever has not read a text, or has forgotten it, reads it.
#pragma once

#include <string_view>

#include "core/compliance/content.h"

namespace puntual::engine {

[[nodiscard]] compliance::TextFindings read_once(std::string_view text);

}  // namespace puntual::engine
