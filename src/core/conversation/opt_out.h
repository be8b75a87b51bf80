// Does this message ask us to stop writing? Spanish and Portuguese, accents and case folded.
//
// A stop acts at once. A text about stopping something else ("quite esa factura", "dar de baja el
// internet") is none; where it is not clear what shall stop ("ya estuvo", "basta") it is a doubt:
// it pauses, and a person looks. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string_view>

namespace puntual {

enum class OptOutVerdict : uint8_t { None, Stop, Doubt };

namespace conversation {

// `payload` is that of a button; ours for stopping is "BAJA".
[[nodiscard]] OptOutVerdict opt_out_of(std::string_view text, std::string_view payload);

// Is all they say "quiero cancelar", "no me interesa": a stop, or the wish to pay ("cancelar" is to
// pay in most places)? It is in doubt, and they can be asked which.
[[nodiscard]] bool may_mean_to_pay(std::string_view text);
// "No me escriban en la noche": when, or where, and not never. It is in doubt as long as no hours
// are noted.
[[nodiscard]] bool limits_contact(std::string_view text);

// Does somebody who had said stop clearly ask to be written to again ("ALTA", "pueden volver a
// escribirme")? Only clear words: a wrong yes would write to a person who asked for silence. The
// payload is "ALTA".
[[nodiscard]] bool opts_back_in(std::string_view text, std::string_view payload);

}  // namespace conversation
}  // namespace puntual
