// A word as it sounds, so that "aser", "hacer" and "hazer" are one: no h, one letter for b and v,
// for s, c and z, for ll and y. `word` is folded (base/text.h). Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace puntual::conversation {

[[nodiscard]] std::string sound_of(std::string_view word);

}  // namespace puntual::conversation
