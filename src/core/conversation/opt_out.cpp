#include "core/conversation/opt_out.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/phrase_index.h"
#include "base/text.h"
#include "core/conversation/opt_out_phrases.h"

namespace puntual::conversation {
namespace {

enum OptOutList : PhraseLists { kStopList = 1 << 0, kDoubtList = 1 << 1, kPartialList = 1 << 2 };

struct OptOutIndexes {
  PhraseIndex no_stop;
  PhraseIndex partial;
  PhraseIndex known;
  PhraseIndex back_in;
};

const OptOutIndexes& opt_out_indexes() {
  static const OptOutIndexes made = [] {
    OptOutIndexes indexes;
    indexes.no_stop.add(kStopList, phrases::no_stop());
    indexes.partial.add(kPartialList, phrases::partial_stop());
    indexes.known.add(kStopList, phrases::stop());
    indexes.known.add(kDoubtList, phrases::doubt());
    indexes.back_in.add(1, phrases::back_in());
    return indexes;
  }();
  return made;
}

// Letters and single blanks; " . " where a clause ends ("no, me escriben mañana" is no refusal).
std::string clauses_of(std::string_view text) {
  std::string out;
  for (const char c : fold_text(text)) {
    const bool letter =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    const bool mark = std::string_view(".,;:!?\n").find(c) != std::string_view::npos;
    if (letter) {
      out += c;
      continue;
    }
    if (!out.empty() && out.back() != ' ') out += ' ';
    if (mark && out.size() >= 2 && out[out.size() - 2] != '.') out += ". ";
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '.')) out.pop_back();
  return out;
}

// The whole message without marks, and without greetings and courtesies at its ends.
std::string bare(std::string_view clauses) {
  constexpr std::array<std::string_view, 18> kCourtesies = {
      "por favor",   "porfavor",      "porfa",         "muchas gracias", "gracias",  "hola",
      "ya",          "senores",       "senor",         "senora",         "obrigado", "obrigada",
      "buenos dias", "buenas tardes", "buenas noches", "buenas",         "ok",       "favor"};
  std::string out;
  for (const auto word : split_words(clauses, ' ')) {
    if (word == ".") continue;
    if (!out.empty()) out += ' ';
    out += word;
  }
  for (bool again = true; again;) {
    again = false;
    for (const auto courtesy : kCourtesies) {
      if (out.size() <= courtesy.size() + 1) continue;
      const std::string_view all = out;
      if (all.starts_with(courtesy) && all[courtesy.size()] == ' ') {
        out.erase(0, courtesy.size() + 1);
        again = true;
      } else if (all.ends_with(courtesy) && all[all.size() - courtesy.size() - 1] == ' ') {
        out.erase(out.size() - courtesy.size() - 1);
        again = true;
      }
    }
  }
  return out;
}

// "No me escriban, por favor, más" reads as one clause.
bool is_courtesy(Words clause) {
  return clause.size() <= 2 && !clause.empty() &&
         (clause.back() == "favor" || clause.back() == "porfa" || clause.back() == "porfavor");
}

PhraseLists lists_of_clause(Words clause) {
  const auto& indexes = opt_out_indexes();
  const auto words = indexes.no_stop.without(clause);
  const auto rest = indexes.partial.without(words);
  const PhraseLists partial = rest.size() < words.size() ? kDoubtList : 0;
  return static_cast<PhraseLists>(indexes.known.lists_in(rest) | partial);
}

}  // namespace

OptOutVerdict opt_out_of(std::string_view text, std::string_view payload) {
  if (payload == "BAJA") return OptOutVerdict::Stop;
  const std::string clauses = clauses_of(text);
  const std::string message = bare(clauses);
  if (message.empty()) return OptOutVerdict::None;
  const auto whole = phrases::stop_messages();
  if (std::ranges::find(whole, message) != whole.end()) return OptOutVerdict::Stop;
  PhraseLists found = 0;
  std::vector<std::string_view> words;
  for (const auto clause : split_words(clauses, '.')) {
    const auto said = split_words(clause, ' ');
    if (is_courtesy(said)) continue;
    words.assign(said.begin(), said.end());
    words.push_back(".");
    found |= lists_of_clause(words);
  }
  if ((found & kStopList) != 0) return OptOutVerdict::Stop;
  return (found & kDoubtList) != 0 ? OptOutVerdict::Doubt : OptOutVerdict::None;
}

bool opts_back_in(std::string_view text, std::string_view payload) {
  if (payload == "ALTA") return true;
  const std::string clauses = clauses_of(text);
  const auto whole = phrases::back_in_messages();
  if (std::ranges::find(whole, bare(clauses)) != whole.end()) return true;
  bool found = false;
  for (const auto clause : split_words(clauses, '.')) {
    const auto words = split_words(clause, ' ');
    // "No quiero volver a recibir avisos", "¿por qué vuelven a escribirme?": no such wish.
    const bool is_refusal = std::ranges::any_of(words, [](std::string_view word) {
      return word == "no" || word == "nao" || word == "nunca" || word == "jamas" || word == "nem" || word == "ni" ||
             word == "porque" || word.starts_with("dej") || word.starts_with("deix");
    });
    if (is_refusal) return false;
    found |= opt_out_indexes().back_in.lists_in(words) != 0;
  }
  return found && opt_out_of(text, payload) != OptOutVerdict::Stop;
}

}  // namespace puntual::conversation
