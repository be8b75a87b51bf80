// What a text says, as far as the law cares: found with lists of phrases (content_phrases.cpp),
// accents and case folded, Spanish and Portuguese. A list is no judge: templates are also read by
// people.
#pragma once

#include <string>
#include <string_view>

namespace puntual::compliance {

struct TextFindings {
  bool threat = false;
  bool court = false;
  bool credit_register = false;
  bool register_threat =
      false;  // Names a register and presses with a term shorter than the law's notice.
  bool advertising = false;
  bool third_party = false;
  bool reason_question = false;
  bool charge = false;     // Adds, announces or threatens a fee; interest as such is none.
  bool identity = false;   // Says who writes.
  bool statement = false;  // Says that it is no proceeding against the debtor's assets.
  bool way_out = false;    // Says how to stop.
  bool demand = false;     // Asks for or reminds of a payment: ends an exemption.
  bool still_owed =
      false;  // Says what is left to pay: an answer to who asked, a reminder elsewhere.
};

[[nodiscard]] TextFindings read_text(std::string_view text);

// Would a stranger who reads this learn that somebody owes money? By words ("cuota", "saldo",
// "pague") or by an amount ("$ 50.000", "200 mil"). A telephone number and a name with a number in
// it ("Colegio 24 de Mayo") are none.
[[nodiscard]] bool tells_of_debt(std::string_view text);

// Lower case, no accents, one blank between words, marks kept: "¿Por qué?" is "¿por que?".
[[nodiscard]] std::string fold_text(std::string_view text);

}  // namespace puntual::compliance
