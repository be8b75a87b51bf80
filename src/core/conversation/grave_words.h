// What no machine answers, in Spanish and Portuguese, accents and case folded: a death, insolvency,
// a wrong sum, the law, rights, and the wish to be spoken with elsewhere. Lists of phrases rather
// than the model, as each of them must be heard wherever it is said; a list that takes one too many
// costs somebody a look. Pure; thread-safe.
#pragma once

#include <optional>
#include <string_view>

#include "core/rights/request.h"

namespace puntual::conversation {

// That a person has died; a computer or a telephone that died is none. Whoever writes so is left in
// peace until a person has looked.
[[nodiscard]] bool tells_of_a_death(std::string_view text);
// Of taking their own life, or of being killed: "no quiero vivir", "me van a matar". Said in jest
// as well; a person tells.
[[nodiscard]] bool tells_of_danger_of_life(std::string_view text);
// "No sirve el router", "hasta que no arreglen no pago": they hold back the money for a service
// that is not given.
[[nodiscard]] bool withholds_for_service(std::string_view text);
// "Se me murió el teléfono", and no person with it.
[[nodiscard]] bool tells_of_a_dead_thing(std::string_view text);
// "Me declaré en quiebra", "estoy en ley de insolvencia": collecting stops where a court does it
// for all.
[[nodiscard]] bool tells_of_insolvency(std::string_view text);
// "Mi papá está en UCI", "me operan mañana", "estou internado": theirs, or of their own people.
// Nothing is asked of them, and nothing offered.
[[nodiscard]] bool tells_of_illness(std::string_view text);
// That a child has the number: "tengo 15 años", "este es el celular de mi hijo de 10 años". A child
// is spoken with by nobody.
[[nodiscard]] bool is_a_child(std::string_view text);
// Somebody else owes in their name: "me robaron la identidad", "sacaron un crédito a mi nombre".
[[nodiscard]] bool tells_of_a_stolen_name(std::string_view text);
// What is asked of them is not what they owe: "no estoy de acuerdo con los intereses", "me cobran
// de más". Nobody collects what is disputed.
[[nodiscard]] bool disputes_the_sum(std::string_view text);
// A court, an authority, a lawyer: what is said then has consequences, and a person says it.
[[nodiscard]] bool speaks_of_the_law(std::string_view text);
// Among that, one to whom a creditor answers, by its name: "voy a la SIC", "Profeco", "Procon".
[[nodiscard]] bool names_an_authority(std::string_view text);
// Of going there against us, wherever that is: "los voy a denunciar", "vou processar vocês".
[[nodiscard]] bool threatens_to_denounce(std::string_view text);
// "Si me vuelven a escribir los denuncio": what follows if they are written to at all.
[[nodiscard]] bool warns_us_off(std::string_view text);
// Of a suit: "ya me notificaron la demanda del juzgado".
[[nodiscard]] bool speaks_of_a_court(std::string_view text);
// "¿Me van a embargar?", "¿le van a contar a mi jefe?", "¿y si no pago qué me pasa?": afraid of
// what we would do. No machine says yes or no to that.
[[nodiscard]] bool fears_what_follows(std::string_view text);
// In so many words: "quiero hablar con una persona", "llámenme", "páseme con un asesor"; or since
// they cannot write: "no sé escribir".
[[nodiscard]] bool asks_for_a_person(std::string_view text);
// "Quiero poner una PQR": the law gives it a clock, however kindly it is said.
[[nodiscard]] bool files_a_complaint(std::string_view text);
// Of their data: "borren mis datos", "me opongo al tratamiento", "corrijan mi nombre", "¿qué datos
// tienen de mí?". The graver one of several.
[[nodiscard]] std::optional<RightKind> right_asked_for(std::string_view text);
// Among that: "¿de dónde sacaron mi número?", which can be told at once.
[[nodiscard]] bool asks_for_the_source(std::string_view text);
// "Por aquí no, escríbanme al correo": not on this channel. "Mándeme la factura al correo" is no
// such wish.
[[nodiscard]] bool wants_other_channel(std::string_view text);
// "No más WhatsApp, si quieren llamen": beside a wish for silence, that a call is welcome.
[[nodiscard]] bool invites_a_call(std::string_view text);

}  // namespace puntual::conversation
