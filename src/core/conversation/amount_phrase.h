// The sum that somebody pays, has paid or offers, and in how many parts: "200 mil", "la mitad",
// "palo y medio", "3 cuotas de 50". What is owed, earned, refused or about something else is none.
// The rules stand at the top of tests/corpus/date_phrases.tsv. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/conversation/phrase.h"

namespace puntual::conversation {

struct AmountContext {
  std::string_view currency;             // ISO 4217; unknown to us: no amount is read.
  std::optional<int64_t> balance_minor;  // For "la mitad", "todo".
  bool was_asked = false;                // For the amount: "200" alone is one.
};

[[nodiscard]] std::optional<int64_t> amount_in(const Phrase& phrase, const AmountContext& context);
// A sum is said that nobody can pay: nothing, less than nothing, or more digits than money has.
[[nodiscard]] bool names_odd_amount(const Phrase& phrase, const AmountContext& context);
[[nodiscard]] std::optional<int32_t> instalments_in(const Phrase& phrase);
// Does somebody speak of a part of what they owe: "una parte", "le abono algo", "el resto después",
// "le pago octubre"?
[[nodiscard]] bool names_a_part(const Phrase& phrase);

}  // namespace puntual::conversation
