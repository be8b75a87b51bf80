// Debtors who talk: some characters, their own lines, and how they react to what arrives on their
// phone.
//
// A character sees only that: the text, and the buttons under it. It presses or writes, keeps or
// breaks what it agreed to, pays, sends photos with and without money behind them. Deterministic;
// not thread-safe.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/random.h"
#include "base/zone.h"
#include "sim/arrival.h"

namespace puntual::sim {

enum class Deed : uint8_t { Nothing, Pays, PaysPart, SendsPhoto };

// What somebody writes, in one message or two quick ones, and what they do with it.
struct SpokenLine {
  std::string_view text, then = {};
  Deed deed = Deed::Nothing;
};

struct Character {
  std::string_view name;
  // By what has arrived; none of a kind: silence.
  std::span<const SpokenLine> to_opener, to_reminder, to_answer, to_which_day, to_offers, to_agreed,
      to_person;
  uint32_t answers_ppm = 900'000;  // A reminder; the talk that follows goes on half as often.
  uint32_t pays_ppm = 0;           // After a reminder, without a word.
  uint32_t presses_ppm = 500'000;  // A button, where one is offered for it, instead of words.
  uint32_t keeps_ppm = 0;          // Each instalment that is noted for them.
  bool writes_at_night = false;    // Whatever it is, about two in the morning.
  std::string_view opener_button = "TITULAR_SI", reminder_button = {};  // What they press there.
};

inline constexpr size_t kCharacters = 15;
[[nodiscard]] const std::array<Character, kCharacters>& characters();

// What a person does, and when.
struct Reaction {
  Instant at;
  std::string type;  // "text", "button" … as the platform names it; empty: it is a payment,
  std::string text = {}, payload = {};
  int64_t amount_minor = 0;  // of so much; 0: of all that the invoice owes,
  bool part = false;         // or of half of it.
};

class Talker {
 public:
  Talker(size_t character, SeededRandom random, Zone zone)
      : character_(character), random_(random), zone_(zone) {}
  [[nodiscard]] size_t character() const { return character_; }
  [[nodiscard]] std::vector<Reaction> react(const Arrival& arrival, Instant now);

 private:
  // Within so long.
  void speak(std::span<const SpokenLine> lines, Instant now, int64_t within_ms);
  [[nodiscard]] bool press(const Arrival& arrival, std::string_view payload, Instant now,
                           int64_t within_ms);
  void note_agreed(const Arrival& arrival, Instant now);
  [[nodiscard]] Instant when(Instant now, int64_t within_ms);

  size_t character_;
  SeededRandom random_;
  Zone zone_;
  CivilDate day_;
  int said_ = 0;  // On that day: nobody writes for ever.
  std::vector<Reaction> reactions_;
};

// The sums and dates of "quedó anotado: $ 75.000 el viernes 4 de diciembre y …", as somebody reads
// them who is told on `today`.
struct ReadInstalment {
  CivilDate due_on;
  int64_t amount_minor = 0;
  bool operator==(const ReadInstalment&) const = default;
};
[[nodiscard]] std::vector<ReadInstalment> read_instalments(std::string_view text, Currency currency,
                                                           CivilDate today);

}  // namespace puntual::sim
