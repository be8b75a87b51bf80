// Does this message ask us to stop writing? Spanish and Portuguese, accents and case folded.
//
// A stop acts at once. A text about stopping something else ("cancelar esta factura", "¿puedo parar
// el débito?") is not a stop but a doubt: it pauses, and a person looks. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string_view>

namespace puntual {

enum class OptOutVerdict : uint8_t { None, Stop, Doubt };

namespace conversation {

// `payload` is that of a button; ours for stopping is "BAJA".
[[nodiscard]] OptOutVerdict opt_out_of(std::string_view text, std::string_view payload);

}  // namespace conversation
}  // namespace puntual
