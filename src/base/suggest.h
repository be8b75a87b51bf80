// "Did you mean …?": the known word nearest to a misspelt one. Pure; thread-safe.
#pragma once

#include <span>
#include <string_view>

namespace puntual {

// Empty when no candidate is near enough to be what was meant: two edits, or one in a short word.
[[nodiscard]] std::string_view closest_word(std::string_view word,
                                            std::span<const std::string_view> candidates);

}  // namespace puntual
