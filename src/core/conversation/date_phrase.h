// The day of a payment in the words of who pays: "el viernes", "pasado mañana", "la quincena", "el
// 5 del otro mes", "hace 8 días". What people understand differently, and what is no day of a
// payment, is none: the bot asks back rather than promise for somebody. The rules stand at the top
// of tests/corpus/date_phrases.tsv. Pure; thread-safe.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"
#include "core/conversation/phrase.h"

namespace puntual::conversation {

struct DateContext {
  CivilDate today;             // Where the person is.
  bool is_portuguese = false;  // "Segunda" is a Monday.
  std::string_view country =
      {};  // "CO": "el lunes festivo" is of its calendar; empty: such a day is none.
  bool was_asked = false;  // For the date: "15" alone is one.
  bool has_paid = false;   // Known to speak of a payment made; the words themselves may say so too.
};

[[nodiscard]] std::optional<CivilDate> date_in(const Phrase& phrase, const DateContext& context);
// Is any day named, whether it counts or not?
[[nodiscard]] bool names_a_day(const Phrase& phrase, const DateContext& context);
// Does it say that something has been paid: "ya pagué", "consigné", "paguei"? Accents may be
// missing.
[[nodiscard]] bool tells_of_a_payment(const Phrase& phrase);

}  // namespace puntual::conversation
