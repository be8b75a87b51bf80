// What stands around the day of a payment: whether they promise it, only tell when money comes to
// them, or cannot keep it after all. Spanish and Portuguese. Pure; thread-safe.
#pragma once

#include "core/conversation/phrase.h"

namespace puntual::conversation {

// A verb of their own paying: "le pago", "voy a cancelar"; not "me pagan", "mi pago cae", "el
// pago".
[[nodiscard]] bool promises_in(const Phrase& phrase, size_t begin, size_t end);
// All they tell of a day is that money comes to them, or that they will see: "me pagan el viernes",
// "mi sueldo cae el 30", "el viernes miro si alcanza". Nobody has promised anything; who is asked
// may.
[[nodiscard]] bool tells_only_of_income(const Phrase& phrase);
// "No puedo", "ya no alcanzo", from this place on; not "ahora no puedo", "no puedo todo", which
// refuse less than a day.
[[nodiscard]] bool says_cannot(const Phrase& phrase, size_t at);
// What was agreed on does not hold: "ya no alcanzo", "siempre no, no me pagaron".
[[nodiscard]] bool takes_back(const Phrase& phrase);
// It does not, and they go on: "el 15 no puedo, pero después sí". What day, is to be asked.
[[nodiscard]] bool looks_ahead(const Phrase& phrase);
// "Le abono 100 hoy": a hundred thousand, most likely.
[[nodiscard]] bool pays_a_bare_number(const Phrase& phrase);
// "Ya mismo le consigno", "en la tarde", "agora": too near for a day to be asked.
[[nodiscard]] bool pays_at_once(const Phrase& phrase);
// "Estaré cancelando la totalidad el 28", as letters say it.
[[nodiscard]] bool promises_formally(const Phrase& phrase);

}  // namespace puntual::conversation
