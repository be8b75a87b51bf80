// Spanish or Portuguese? Asked of a message so that it is answered in its own language. Pure;
// thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace puntual::conversation {

// "es" or "pt" where it is plain; empty where it is not: "ok", "hola", "1".
[[nodiscard]] std::string_view language_of(std::string_view words);

// The locale in which somebody is answered who writes in this language and lives where that locale
// is spoken.
[[nodiscard]] std::string locale_in(std::string_view language, std::string_view locale);

}  // namespace puntual::conversation
