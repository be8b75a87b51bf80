// What people say of the service, where a word that is also one of paying would mislead: "cancelé
// el contrato", "¿cuánto cuesta el plan de 200 megas?". Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string_view>

namespace puntual::conversation {

enum class ServiceSaid : uint8_t {
  Nothing,
  Ended,  // "Cancelé el contrato", "anulé la suscripción": they say that they owe no more of it.
  MaybeEnded,  // "Ya cancelé el servicio": ended, or paid, as "cancelar" is both.
  Sale,        // "¿Cuánto cuesta el plan de 200 megas?": no matter of what is owed.
  Repair,      // "Vengan a arreglar el internet".
};
// `is_portuguese`: "cancelei o serviço" has ended it.
[[nodiscard]] ServiceSaid service_said(std::string_view words, bool is_portuguese);

// Beside a payment: "pero no me han reconectado", "y sigo sin internet".
[[nodiscard]] bool misses_the_service(std::string_view words);

// "Pagué dos veces", "me descontaron doble": a person looks for both, whatever is owed.
[[nodiscard]] bool tells_of_a_double_payment(std::string_view words);

}  // namespace puntual::conversation
