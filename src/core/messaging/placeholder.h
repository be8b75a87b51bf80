// Finds the {{variables}} of a template's text. Used by render, check and the platform's
// definition.
#pragma once

#include <string_view>
#include <vector>

namespace puntual::messaging {

// A piece of text: literal, or the name between {{ and }}. A "{{" without its end is literal.
struct TextPiece {
  std::string_view text;
  bool is_variable = false;
};
[[nodiscard]] std::vector<TextPiece> pieces_of(std::string_view text);

// What people count: code points, not bytes.
[[nodiscard]] size_t count_characters(std::string_view text);

}  // namespace puntual::messaging
