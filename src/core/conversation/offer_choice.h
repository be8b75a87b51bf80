// "El 2", "la segunda", "sí, la última está bien", said to numbered offers; nothing where more is
// said. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace puntual::conversation {

struct Choice {
  std::optional<int32_t> number;  // From 1; the last is kLastChoice.
  bool takes = false;             // "Esa", "sí, esa por favor": taken without a number.
};
[[nodiscard]] Choice choice_of(std::string_view text);

}  // namespace puntual::conversation
