// What does this message say? Spanish and Portuguese as people write them on WhatsApp.
//
//   text ─► rules for what must never be missed (stop, wrong number, death, dispute, person)
//        ─► classifier trained at build time from data/utterances ─► confidence ─► act, ask back,
//        or hand over ─► dates and amounts in words, against the person's own calendar
//
// What the rules find of a stop, a death or a wrong number is always in the reading, first or among
// `also`. It reads; it decides nothing about a debt (core/conversation/respond.h does). Figures on
// utterances kept out of training: docs/understanding.md. Pure; thread-safe.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "core/conversation/intent.h"
#include "core/conversation/opt_out.h"
#include "core/conversation/parts_phrase.h"

namespace puntual {

// What the bot had just asked.
enum class Asked : uint8_t { Nothing, Identity, Date, Amount, Offer };
[[nodiscard]] std::string_view text_of(Asked asked);  // "date"; empty for Nothing
[[nodiscard]] std::optional<Asked> asked_of(std::string_view text);

struct Utterance {
  std::string_view text;      // Of one turn: several quick messages with line feeds between.
  CivilDate today;            // In the person's zone.
  std::string_view locale;    // "es_CO", "pt_BR"
  std::string_view currency;  // Amounts without one are in it.
  Asked asked = Asked::Nothing;
  std::optional<int64_t> balance_minor;  // For "la mitad", "todo".
};

enum class ReadingDecision : uint8_t { Act, Ask, Person };
[[nodiscard]] std::string_view text_of(ReadingDecision decision);

inline constexpr int32_t kLastChoice = -1;

struct Reading {
  Intent intent = Intent::Other;
  double confidence = 0;          // 0…1, calibrated on utterances kept out of training.
  std::vector<Intent> also;       // At most two more.
  std::optional<CivilDate> date;  // Of a promise or wish; of a payment that was made.
  std::optional<int64_t> amount_minor;
  std::optional<int32_t> instalments;
  bool is_part = false;  // Of what is owed, and no sum says how much: "le abono algo", "le pago 0".
  std::vector<SaidPart>
      parts;  // Of a plan in their own words, by date, each with its day: two or more, or none.
  bool is_tentative = false;  // Of the date: they tell that money comes to them then, or that they
                              // will see, and promise nothing.
  std::optional<int64_t> guess_minor;  // No sum was said, but for a number that most likely is one:
                                       // "le abono 100 hoy". To be asked.
  bool takes_back = false;  // What was agreed on does not hold: "ya no alcanzo", "siempre no".
  std::optional<CivilDate> rest_on;  // The day of what is left, beside a part that has been paid.
  std::optional<int32_t>
      choice;  // Of the offers that were made, from 1: "la segunda"; the last is kLastChoice.
  ReadingDecision decision = ReadingDecision::Ask;

  [[nodiscard]] bool says(Intent one) const {
    if (intent == one) return true;
    for (const auto more : also) {
      if (more == one) return true;
    }
    return false;
  }
};

namespace conversation {

[[nodiscard]] Reading understand(const Utterance& utterance);
// Do they want silence? A stop is a stop, whatever the model thinks. What is only a doubt of the
// lists is none where the model is sure that they speak of something else, and gives hardly a
// chance to a stop or a complaint: who writes "me comprometo a cancelar el 6 de diciembre" must not
// be met with silence.
[[nodiscard]] OptOutVerdict wish_for_silence(std::string_view text, std::string_view payload);
// The reading when somebody else knows what the message is about: it is acted upon. Date and amount
// stay what the words say.
[[nodiscard]] Reading taken_for(Intent intent, const Utterance& utterance, Reading reading);

}  // namespace conversation
}  // namespace puntual
