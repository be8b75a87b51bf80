// The phrases that a text is searched for, as data. Folded: lower case, no accents. In a phrase
//   a|b    one word or the other        pag*   any word that begins so
//   *      any one word                 <3>    up to three words between
#pragma once

#include <span>
#include <string_view>

namespace puntual::compliance::phrases {

[[nodiscard]] std::span<const std::string_view> threat();
[[nodiscard]] std::span<const std::string_view> court();
[[nodiscard]] std::span<const std::string_view> credit_register();
[[nodiscard]] std::span<const std::string_view> advertising();
[[nodiscard]] std::span<const std::string_view> third_party();
[[nodiscard]] std::span<const std::string_view> reason_question();
[[nodiscard]] std::span<const std::string_view> identity();
[[nodiscard]] std::span<const std::string_view> statement();
[[nodiscard]] std::span<const std::string_view> statement_undone();  // "todavía": takes it back.
[[nodiscard]] std::span<const std::string_view> way_out();
[[nodiscard]] std::span<const std::string_view> demand();
[[nodiscard]] std::span<const std::string_view>
harmless();  // Removed before anything else is searched.

}  // namespace puntual::compliance::phrases
