// Several payments in one message: "la mitad mañana y la otra mitad en quincena", "te pago 100 hoy
// y lo demás el 15"; and what is promised beside what was paid: "ya pagué 50 mil y el resto el
// viernes". Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "core/conversation/phrase.h"

namespace puntual {

struct SaidPart {
  CivilDate due_on;
  std::optional<int64_t> amount_minor;  // None: what is left, or not said.
  bool is_rest = false;                 // What is left.
};

struct SaidParts {
  std::vector<SaidPart> parts;       // By date.
  bool is_guess = false;             // One of the days is only guessed: "el otro mes".
  std::optional<CivilDate> rest_on;  // Of what is left after a part that has been paid.

  // Does each say how much, the last one at most being what is left?
  [[nodiscard]] bool is_complete() const;
};

namespace conversation {

struct PartsContext {
  CivilDate today;
  bool is_portuguese = false;
  std::string_view country = {};  // For its holidays; empty: nobody knows them.
  std::string_view currency;
  std::optional<int64_t> balance_minor;
};

[[nodiscard]] SaidParts parts_in(std::string_view text, const PartsContext& context);
// A number that is no day, as a sum: "te pago 100 hoy". People leave the thousands out, where a
// hundred pesos buy nothing. None: there is none, or it is more than what is owed.
[[nodiscard]] std::optional<int64_t> bare_sum(const Phrase& phrase, const PartsContext& context);

}  // namespace conversation
}  // namespace puntual
