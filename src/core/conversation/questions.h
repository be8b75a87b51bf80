// Questions that have the same true answer for everybody, and what a person may name. Pure;
// thread-safe.
#pragma once

#include <string_view>

namespace puntual::conversation {

// Is all they say "¿qué es la mora?", "o que quer dizer vencido?" "¿Qué es esa mora que me cobran?"
// is of a sum, which a person answers.
[[nodiscard]] bool asks_what_arrears_are(std::string_view words);

// "Solo los domingos", "escríbanme únicamente festivos": days on which no law lets us write. "Los
// domingos no" is a wish that can be noted (limits_contact()).
[[nodiscard]] bool asks_for_closed_days(std::string_view words);

// "La F 1042 ya no la debo": is the invoice with this number named, however it is spaced? A number
// of fewer than four digits and nothing else may be any sum or day, and is never found.
[[nodiscard]] bool names_invoice(std::string_view words, std::string_view number);

}  // namespace puntual::conversation
