// Does somebody tell us that a person has died? Spanish and Portuguese, accents and case folded; a computer or a telephone
// that died is none. Whoever writes so is left in peace until a person has looked. Pure; thread-safe.
#pragma once

#include <string_view>

namespace puntual::conversation {

[[nodiscard]] bool tells_of_a_death(std::string_view text);

}  // namespace puntual::conversation
