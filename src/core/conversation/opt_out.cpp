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
  PhraseIndex loose;
  PhraseIndex not_loose;
  PhraseIndex other_matter;
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
    indexes.loose.add(kDoubtList, phrases::loose_doubt());
    indexes.not_loose.add(kDoubtList, phrases::no_loose_doubt());
    indexes.other_matter.add(kDoubtList, phrases::other_matter());
    indexes.back_in.add(1, phrases::back_in());
    return indexes;
  }();
  return made;
}

// 🛑 ⛔ 🚫 📵 🔕 say what the word says.
std::string with_signs_as_words(std::string text) {
  for (const std::string_view sign : {"🛑", "⛔", "🚫", "📵", "🔕"}) {
    for (size_t at; (at = text.find(sign)) != std::string::npos;)
      text.replace(at, sign.size(), " stop ");
  }
  for (const std::string_view mark : {"¿", "¡"}) {
    for (size_t at; (at = text.find(mark)) != std::string::npos;)
      text.replace(at, mark.size(), " ");
  }
  return text;
}

// "Noooo", "STOPPP": three and more of a letter are one. Two may be right ("llamar"), see
// squeezed().
std::string without_runs(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find_first_not_of(text[at], at), text.size());
    const bool is_letter = text[at] >= 'a' && text[at] <= 'z';
    out.append(text.substr(at, is_letter && end - at >= 3 ? 1 : end - at));
    at = end;
  }
  return out;
}

// For comparing whole messages: no letter and no word twice in a row ("bajaa", "stop stop").
std::string squeezed(std::string_view message) {
  std::string out;
  std::string last;
  for (const auto word : split_words(message, ' ')) {
    std::string once;
    for (const char c : word) {
      if (once.empty() || once.back() != c) once += c;
    }
    if (once == last) continue;
    if (!out.empty()) out += ' ';
    out += once;
    last = std::move(once);
  }
  return out;
}

// "B A J A", "s.t.o.p": three and more letters on their own are a word.
std::string with_joined_letters(std::string_view clauses) {
  const auto words = split_words(clauses, ' ');
  const auto is_letter = [&](size_t at) {
    return words[at].size() == 1 && words[at][0] >= 'a' && words[at][0] <= 'z';
  };
  std::string out;
  for (size_t at = 0; at < words.size();) {
    std::string joined;
    size_t end = at, next = at;
    // A dot between two of the letters belongs to the word.
    while (next < words.size() && (is_letter(next) || (words[next] == "." && !joined.empty()))) {
      if (is_letter(next)) {
        joined += words[next];
        end = next + 1;
      }
      ++next;
    }
    if (!out.empty()) out += ' ';
    if (joined.size() >= 3) {
      out += joined;
      at = end;
    } else {
      out += words[at++];
    }
  }
  return out;
}

bool is_stop_message(std::string_view message) {
  static const std::vector<std::string> known = [] {
    std::vector<std::string> made;
    for (const auto one : phrases::stop_messages()) made.push_back(squeezed(one));
    return made;
  }();
  return std::ranges::find(known, squeezed(message)) != known.end();
}

// Letters and single blanks; " . " where a clause ends ("no, me escriben mañana" is no refusal).
std::string clauses_of(std::string_view text) {
  std::string out;
  for (const char c : without_runs(with_signs_as_words(fold_styled_text(text)))) {
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

std::vector<std::vector<std::string_view>> said_in(std::string_view clauses) {
  std::vector<std::vector<std::string_view>> all;
  for (const auto clause : split_words(clauses, '.')) {
    const auto said = split_words(clause, ' ');
    if (is_courtesy(said)) continue;
    auto& words = all.emplace_back(said.begin(), said.end());
    words.push_back(".");
  }
  return all;
}

PhraseLists lists_of_clause(Words clause) {
  const auto& indexes = opt_out_indexes();
  const auto words = indexes.no_stop.without(clause);
  const auto rest = indexes.partial.without(words);
  const PhraseLists partial = rest.size() < words.size() ? kDoubtList : 0;
  const auto found = static_cast<PhraseLists>(indexes.known.lists_in(rest) | partial);
  if (found != 0) return found;
  // Whoever refuses or ends some contact in words that we do not know leaves a doubt, unless it is
  // about a bill.
  if (indexes.loose.lists_in(words) == 0 || indexes.other_matter.lists_in(clause) != 0) return 0;
  return indexes.loose.lists_in(indexes.not_loose.without(words)) != 0 ? PhraseLists{kDoubtList}
                                                                       : PhraseLists{0};
}

}  // namespace

OptOutVerdict opt_out_of(std::string_view text, std::string_view payload) {
  if (payload == "BAJA") return OptOutVerdict::Stop;
  const std::string clauses = with_joined_letters(clauses_of(text));
  const std::string message = bare(clauses);
  if (message.empty()) return OptOutVerdict::None;
  if (is_stop_message(message)) return OptOutVerdict::Stop;
  PhraseLists found = may_mean_to_pay(text) ? PhraseLists{kDoubtList} : PhraseLists{0};
  for (const auto& words : said_in(clauses)) found |= lists_of_clause(words);
  if ((found & kStopList) != 0) return OptOutVerdict::Stop;
  return (found & kDoubtList) != 0 ? OptOutVerdict::Doubt : OptOutVerdict::None;
}

bool may_mean_to_pay(std::string_view text) {
  constexpr std::string_view kEither[] = {"cancelar",
                                          "quiero cancelar",
                                          "quero cancelar",
                                          "deseo cancelar",
                                          "desejo cancelar",
                                          "quisiera cancelar",
                                          "queria cancelar",
                                          "necesito cancelar",
                                          "preciso cancelar",
                                          "gostaria de cancelar",
                                          "no me interesa",
                                          "nao me interessa",
                                          "no estoy interesado",
                                          "no estoy interesada",
                                          "nomas",
                                          "no wei mas",
                                          "no wey mas",
                                          "no guey mas",
                                          "no wei",
                                          "no wey",
                                          "sai fora"};
  return std::ranges::find(kEither, bare(with_joined_letters(clauses_of(text)))) !=
         std::end(kEither);
}

bool limits_contact(std::string_view text) {
  const auto& indexes = opt_out_indexes();
  const std::string clauses = with_joined_letters(clauses_of(text));
  return std::ranges::any_of(said_in(clauses), [&](const auto& clause) {
    const auto words = indexes.no_stop.without(clause);
    return indexes.partial.without(words).size() < words.size();
  });
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
      return word == "no" || word == "nao" || word == "nunca" || word == "jamas" || word == "nem" ||
             word == "ni" || word == "porque" || word.starts_with("dej") ||
             word.starts_with("deix");
    });
    if (is_refusal) return false;
    found |= opt_out_indexes().back_in.lists_in(words) != 0;
  }
  return found && opt_out_of(text, payload) != OptOutVerdict::Stop;
}

}  // namespace puntual::conversation
