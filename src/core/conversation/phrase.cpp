#include "core/conversation/phrase.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <map>
#include <utility>

#include "base/phrase_index.h"
#include "base/text.h"
#include "core/conversation/sound.h"

namespace puntual::conversation {
namespace {

bool is_word_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_number_digit(char c) { return c >= '0' && c <= '9'; }

// Folding would make "sí" and "si" one, and only one of them is a condition.
std::string with_signs_in_words(std::string_view text) {
  std::string out(text);
  for (const auto& [sign, word] : {std::pair<std::string_view, std::string_view>{"sí", "sip"},
                                   {"Sí", "sip"},
                                   {"SÍ", "sip"},
                                   {"₡", " crc "},
                                   {"₲", " pyg "},
                                   {"€", " eur "}}) {
    for (size_t at; (at = out.find(sign)) != std::string::npos;) out.replace(at, sign.size(), word);
  }
  return out;
}

// Digits with marks between them: "1.500", "1'200.000"; a blank or a slash ends it.
size_t number_end(std::string_view text, size_t at) {
  const auto goes_on = [&](size_t i) {
    if (i >= text.size()) return false;
    const bool is_mark = (text[i] == '.' || text[i] == ',' || text[i] == '\'') &&
                         i + 1 < text.size() && is_number_digit(text[i + 1]);
    return is_number_digit(text[i]) || is_mark;
  };
  while (goes_on(at)) ++at;
  return at;
}

const std::map<std::string, int64_t, std::less<>>& number_words() {
  static const std::map<std::string, int64_t, std::less<>> made = [] {
    constexpr std::pair<int64_t, std::string_view> kNumbers[] = {
        {1, "un uno una um uma"},
        {2, "dos dois duas"},
        {3, "tres"},
        {4, "cuatro quatro"},
        {5, "cinco"},
        {6, "seis"},
        {7, "siete sete"},
        {8, "ocho oito"},
        {9, "nueve nove"},
        {10, "diez dez"},
        {11, "once onze"},
        {12, "doce doze"},
        {13, "trece treze"},
        {14, "catorce quatorze"},
        {15, "quince quinze"},
        {16, "dieciseis dezesseis"},
        {17, "diecisiete dezessete"},
        {18, "dieciocho dezoito"},
        {19, "diecinueve dezenove"},
        {20, "veinte vinte"},
        {21, "veintiuno veintiun"},
        {22, "veintidos"},
        {23, "veintitres"},
        {24, "veinticuatro"},
        {25, "veinticinco"},
        {26, "veintiseis"},
        {27, "veintisiete"},
        {28, "veintiocho"},
        {29, "veintinueve"},
        {30, "treinta trinta"},
        {40, "cuarenta quarenta"},
        {50, "cincuenta cinquenta"},
        {60, "sesenta sessenta"},
        {70, "setenta"},
        {80, "ochenta oitenta"},
        {90, "noventa"},
        {100, "cien ciento cem cento"},
        {200, "doscientos doscientas duzentos"},
        {300, "trescientos trescientas trezentos"},
        {400, "cuatrocientos quatrocentos"},
        {500, "quinientos quinientas quinhentos"},
        {600, "seiscientos seiscentos"},
        {700, "setecientos setecentos"},
        {800, "ochocientos oitocentos"},
        {900, "novecientos novecentos"}};
    std::map<std::string, int64_t, std::less<>> words;
    for (const auto& [value, names] : kNumbers) {
      for (const auto name : split_words(names, ' ')) words.emplace(sound_of(name), value);
    }
    return words;
  }();
  return made;
}

}  // namespace

Phrase::Phrase(std::string_view text) {
  const std::string folded = fold_styled_text(with_signs_in_words(text));
  bool is_glued = false;
  for (size_t at = 0; at < folded.size();) {
    size_t end = at + 1;
    PhraseToken token{.is_glued = is_glued};
    if (is_word_letter(folded[at])) {
      while (end < folded.size() && is_word_letter(folded[end])) ++end;
      token.kind = PhraseToken::Kind::Word;
      token.text = folded.substr(at, end - at);
      token.sound = sound_of(token.text);
    } else if (is_number_digit(folded[at])) {
      end = number_end(folded, at);
      token.kind = PhraseToken::Kind::Number;
      token.text = folded.substr(at, end - at);
    } else {
      token.text = folded.substr(at, 1);
    }
    is_glued = folded[at] != ' ';
    if (folded[at] != ' ') tokens_.push_back(std::move(token));
    at = end;
  }
}

const PhraseToken& Phrase::at(size_t place) const {
  static const PhraseToken kNothing;
  return place < tokens_.size() ? tokens_[place] : kNothing;
}

bool Phrase::is(size_t place, std::string_view words) const {
  const auto& token = at(place);
  if (token.text.empty()) return false;
  // By hand: this is asked hundreds of times a message.
  while (!words.empty()) {
    const size_t end = std::min(words.find('|'), words.size());
    const auto word = words.substr(0, end);
    if (word.front() == token.text.front() &&
        (word.ends_with('*') ? token.text.starts_with(word.substr(0, word.size() - 1))
                             : token.text == word))
      return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

bool Phrase::is_run(size_t place, std::initializer_list<std::string_view> words) const {
  return std::ranges::all_of(words, [&](std::string_view one) { return is(place++, one); });
}

bool Phrase::is_run_before(size_t place, std::initializer_list<std::string_view> words) const {
  return place >= words.size() && is_run(place - words.size(), words);
}

bool Phrase::is_break(size_t place) const {
  return is(place, ",|.|;|:|!|?|\n|(|)|pero|mejor|sino|mas|entonces|porem");
}

size_t Phrase::clause_begin(size_t place) const {
  while (place > 0 && !is_break(place - 1)) --place;
  return place;
}

size_t Phrase::clause_end(size_t place) const {
  while (place < size() && !is_break(place)) ++place;
  return place;
}

bool Phrase::has(size_t from, size_t to, std::string_view words) const {
  for (; from < to; ++from) {
    if (is(from, words)) return true;
  }
  return false;
}

bool Phrase::is_refusal(size_t place) const {
  if (!is(place, "no|nao|nunca|tampoco|ni|nem|n")) return false;
  const bool is_comfort = is_run(place + 1, {"se|te", "preocup*"}) ||
                          is_run(place + 1, {"hay|tem|ha|es", "problem*|lio|pena|drama|tos"}) ||
                          is(place + 1, "falt*|fall*|preocup*|problem*") ||
                          is_run(place + 1, {"le|te|les|los|lo", "fall*|qued*"}) ||
                          is_run(place + 1, {"se|te", "me|le", "olvid*|pas*"}) ||
                          is_run(place + 1, {"mas|hay"});
  return !is_comfort;
}

std::optional<Count> count_at(const Phrase& phrase, size_t place) {
  if (phrase.is_number(place)) {
    const auto& text = phrase.at(place).text;
    if (text.size() > 9 || text.find_first_not_of("0123456789") != std::string::npos)
      return std::nullopt;
    return Count{std::stoll(text), place + 1, false};
  }
  int64_t total = 0, last = 1000;
  size_t end = place;
  for (;;) {
    // "Treinta y uno", "cento e vinte"; each part is smaller than the place the one before left
    // free.
    const size_t word = end > place && phrase.is(end, "y|e") ? end + 1 : end;
    const auto found =
        phrase.is_word(word) ? number_words().find(phrase.at(word).sound) : number_words().end();
    if (found == number_words().end()) break;
    const int64_t free = last >= 100 ? last : last >= 20 ? 10 : 0;
    if (found->second >= free && end > place) break;
    total += found->second;
    last = found->second;
    end = word + 1;
  }
  if (end == place) return std::nullopt;
  return Count{total, end, true};
}

}  // namespace puntual::conversation
