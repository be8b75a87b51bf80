#include "core/conversation/offer_choice.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "base/phrase_index.h"
#include "base/text.h"
#include "core/conversation/understand.h"

namespace puntual::conversation {

Choice choice_of(std::string_view text) {
  static constexpr std::string_view kFiller[] = {
      "el",      "la",     "los",      "las",      "a",     "o",       "opcion",
      "opcao",   "numero", "oferta",   "de",       "con",   "com",     "por",
      "favor",   "porfa",  "me",       "quedo",    "fico",  "voy",     "mejor",
      "melhor",  "hola",   "buenas",   "buenos",   "dias",  "tardes",  "noches",
      "ok",      "bueno",  "bien",     "bem",      "esta",  "acuerdo", "perfecto",
      "gracias", "muchas", "obrigado", "obrigada", "misma", "mismo"};
  static constexpr std::string_view kTakes[] = {
      "esa",     "ese",    "eso",    "essa",     "esse",    "isso",   "si",
      "sim",     "quiero", "quero",  "prefiero", "prefiro", "escojo", "elijo",
      "escolho", "acepto", "aceito", "tomo",     "listo",   "dale",   "sirve"};
  static constexpr std::string_view kOrdinals[][8] = {
      {"1", "1a", "primera", "primero", "primeira", "uno", "una", "um"},
      {"2", "2a", "segunda", "segundo", "dos", "dois", "duas"},
      {"3", "3a", "tercera", "tercero", "terceira", "tres"},
      {"4", "4a", "cuarta", "cuarto", "quarta", "cuatro", "quatro"}};
  std::string letters;
  for (const char c : fold_styled_text(text))
    letters += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : ' ';
  Choice choice;
  for (const auto word : split_words(letters, ' ')) {
    if (word.empty()) continue;
    const bool takes = std::ranges::find(kTakes, word) != std::end(kTakes);
    choice.takes = choice.takes || takes;
    if (takes || std::ranges::find(kFiller, word) != std::end(kFiller)) continue;
    const auto ordinal = std::ranges::find_if(kOrdinals, [&](const auto& names) {
      return std::ranges::find(names, word) != std::end(names);
    });
    const bool is_last = word == "ultima" || word == "ultimo";
    if (!is_last && ordinal == std::end(kOrdinals)) return {};
    const int32_t number =
        is_last ? kLastChoice : static_cast<int32_t>(ordinal - std::begin(kOrdinals)) + 1;
    if (choice.number && *choice.number != number) return {};
    choice.number = number;
  }
  return choice;
}

}  // namespace puntual::conversation
