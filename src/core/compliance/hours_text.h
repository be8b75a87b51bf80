// The hours of the law in the language of who is told. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace puntual::compliance {

class RuleBook;

// When the strict reading of the country's pack, as it stands on `today`, lets us write: "de lunes
// a viernes de 7 a. m. a 7 p. m. y los sábados de 8 a. m. a 3 p. m., nunca en días festivos"; in
// Portuguese where the locale is. Empty when the book has no pack for it.
[[nodiscard]] std::string contact_hours_in(std::string_view locale, std::string_view country,
                                           const RuleBook& book, CivilDate today);

}  // namespace puntual::compliance
