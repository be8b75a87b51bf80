// How the house is reached, as it is told within a sentence. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>

namespace puntual::messaging {

// "Llame al 601 555 0100." → "llame al 601 555 0100", or "ligue para 601 555 0100" for a reader of
// Portuguese; 120 characters at most.
[[nodiscard]] std::string help_clause(std::string_view help, std::string_view locale);

}  // namespace puntual::messaging
