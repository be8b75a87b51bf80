// What a word is about, in Spanish and Portuguese alike: "abono", "deposito" and "transfiro" are
// all paying. So that a model of few thousand messages need not have seen every word. Pure;
// thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace puntual::conversation {

// The number of a concept, of a word as it sounds (sound.h).
[[nodiscard]] std::optional<uint8_t> concept_of(std::string_view sound);

}  // namespace puntual::conversation
