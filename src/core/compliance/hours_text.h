// The hours of the law in the language of who is told. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace puntual::compliance {

// Of a country with a pack, as contact_hours_es (gate.h), in Portuguese where the locale is: "de
// segunda a sexta das 7h às 19h e aos sábados das 8h às 15h, nunca em feriados". Empty when there
// is no pack.
[[nodiscard]] std::string contact_hours_in(std::string_view locale, std::string_view country);

}  // namespace puntual::compliance
