// A message cut into words, numbers and marks, and numbers read from digits or words: what the
// readers of dates and amounts (date_phrase.h, amount_phrase.h) stand on. Spanish and Portuguese.
// Pure; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace puntual::conversation {

struct PhraseToken {
  enum class Kind : uint8_t { Word, Number, Mark };
  Kind kind = Kind::Mark;
  bool is_glued = false;  // No blank before it.
  std::string text;       // Folded; a number with its own marks: "1.500", "200,50".
  std::string sound;      // Of a word: sound.h.
};

class Phrase {
 public:
  explicit Phrase(std::string_view text);

  [[nodiscard]] size_t size() const { return tokens_.size(); }
  // Outside the message: an empty mark, so that nobody has to ask where it ends.
  [[nodiscard]] const PhraseToken& at(size_t place) const;
  [[nodiscard]] bool is_word(size_t place) const {
    return at(place).kind == PhraseToken::Kind::Word;
  }
  [[nodiscard]] bool is_number(size_t place) const {
    return at(place).kind == PhraseToken::Kind::Number;
  }
  // One of "a|b|c*", as written or as it sounds.
  [[nodiscard]] bool is(size_t place, std::string_view words) const;
  // The words one after the other from `place`, each one of "a|b": is_run(3, {"dentro", "de|del"}).
  [[nodiscard]] bool is_run(size_t place, std::initializer_list<std::string_view> words) const;
  // The same, the last of them standing just before `place`.
  [[nodiscard]] bool is_run_before(size_t place,
                                   std::initializer_list<std::string_view> words) const;
  // The clause around a place: between full stops, commas and line feeds, "pero" and "mejor".
  [[nodiscard]] size_t clause_begin(size_t place) const;
  [[nodiscard]] size_t clause_end(size_t place) const;
  // Is one of the words from `from` up to `to`?
  [[nodiscard]] bool has(size_t from, size_t to, std::string_view words) const;
  // "No", and not "no se preocupe": what follows it is refused.
  [[nodiscard]] bool is_refusal(size_t place) const;

 private:
  [[nodiscard]] bool is_break(size_t place) const;
  std::vector<PhraseToken> tokens_;
};

struct Count {
  int64_t value = 0;
  size_t end = 0;  // The place after it.
  bool in_words = false;
};
// A whole number from `place`: "15", "quince", "treinta y uno", "ciento veinte"; below a thousand
// when in words.
[[nodiscard]] std::optional<Count> count_at(const Phrase& phrase, size_t place);

// Verbs of paying, alternatives for Phrase::is: what has been paid, and what is or will be.
inline constexpr std::string_view kPaidWords =
    "pague|paguei|pagado|pagada|pagou|pagamos|cancele|cancelei|deposite|depositei|transferi|"
    "consigne|abone|abonei|gire|quitei|quite|liquide|salde|yapee|plinee|mande|envie|"
    "transfiri|acertei|debitaron|descontaron|pagaron|cancelado|depositado|transferido|consignado|"
    "abonado|pagaste|acerte";
inline constexpr std::string_view kPaysWords =
    "pago|pagar*|pague|paguei|pagamos|pagado|pagada|cancelo|cancelar*|cancele|cancelei|deposito|"
    "deposite|depositar*|depositei|transfiero|transfiro|transferir*|transferi|consigno|consignar*|"
    "consigne|abono|abonar*|"
    "abone|giro|girar*|gire|quito|quitar*|quitei|doy|dou|dar|darle|darles|darte|mando|mandar*|"
    "mande|paso|pasar*|envio|enviar*|envie|yapeo|yapear*|yapee|liquido|liquidar*|liquide|acerto|"
    "acertar|ofrezco|ofereco|"
    "pongo|poner|entrego|entregar|salde|saldar|deposita*|plineo|cumplo|abonarle|dare|darei|ponerme|"
    "coloco|colocar|adelanto|adelantar|pagando|transferencia|consignacion|pix";

}  // namespace puntual::conversation
