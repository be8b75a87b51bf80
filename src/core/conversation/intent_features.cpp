#include "core/conversation/intent_features.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "core/conversation/concepts.h"
#include "core/conversation/grave_words.h"
#include "core/conversation/sound.h"

namespace puntual::conversation {
namespace {

// What thumbs shorten.
constexpr std::pair<std::string_view, std::string_view> kShortForms[] = {
    {"q", "que"},        {"k", "que"},          {"ke", "que"},
    {"xq", "porque"},    {"pq", "porque"},      {"xk", "porque"},
    {"porq", "porque"},  {"x", "por"},          {"d", "de"},
    {"xfa", "porfa"},    {"pls", "porfa"},      {"plis", "porfa"},
    {"pfv", "porfa"},    {"porfavor", "porfa"}, {"tmb", "tambien"},
    {"tb", "tambien"},   {"vc", "voce"},        {"vcs", "voces"},
    {"hj", "hoje"},      {"msj", "mensaje"},    {"msjs", "mensajes"},
    {"msg", "mensaje"},  {"tel", "telefono"},   {"cel", "celular"},
    {"num", "numero"},   {"nro", "numero"},     {"toy", "estoy"},
    {"ta", "esta"},      {"to", "estou"},       {"n", "nao"},
    {"obg", "obrigado"}, {"grax", "gracias"},   {"grasias", "gracias"},
    {"bn", "bien"},      {"mnn", "manana"},     {"pa", "para"},
    {"pra", "para"},     {"ud", "usted"},       {"uds", "ustedes"},
    {"sr", "senor"},     {"sra", "senora"},     {"srta", "senorita"},
    {"c", "se"},         {"aki", "aqui"},       {"qdo", "quando"},
    {"qto", "quanto"}};

std::string_view long_form(std::string_view word) {
  const auto found =
      std::ranges::find(kShortForms, word, [](const auto& pair) { return pair.first; });
  return found == std::end(kShortForms) ? word : found->second;
}

class Features {
 public:
  void add(std::string_view kind, std::string_view first, std::string_view second = {}) {
    uint64_t hash = 14695981039346656037ULL;  // FNV-1a.
    for (const auto bytes : {kind, first, second}) {
      for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
      hash = (hash ^ 0xFF) * 1099511628211ULL;
    }
    found_.push_back(static_cast<uint32_t>((hash ^ (hash >> 29)) % kIntentFeatures));
  }
  std::vector<uint32_t> take() {
    std::ranges::sort(found_);
    found_.erase(std::ranges::unique(found_).begin(), found_.end());
    return std::move(found_);
  }

 private:
  std::vector<uint32_t> found_;
};

bool is_folded_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_plain_digit(char c) { return c >= '0' && c <= '9'; }

// "siiii" and "graciasss" are "sii" and "gracias".
std::string without_long_runs(std::string_view word) {
  std::string out;
  for (const char c : word) {
    const bool is_run = out.size() >= 2 && out.back() == c && out[out.size() - 2] == c;
    if (!is_run) out += c;
  }
  if (out.size() > 2 && out.back() == out[out.size() - 2]) out.pop_back();
  return out;
}

// A number, with its marks: the place after it.
size_t end_of_number(std::string_view text, size_t at) {
  const auto goes_on = [&](size_t i) {
    if (i >= text.size()) return false;
    const bool is_mark =
        (text[i] == '.' || text[i] == ',') && i + 1 < text.size() && is_plain_digit(text[i + 1]);
    return is_plain_digit(text[i]) || is_mark;
  };
  while (goes_on(at)) ++at;
  return at;
}

// The words in their long form, of a number only how long it is; other signs are features at once.
std::vector<std::string> words_of_message(std::string_view folded, Features& features) {
  std::vector<std::string> words;
  for (size_t at = 0; at < folded.size();) {
    size_t end = at + 1;
    if (is_folded_letter(folded[at])) {
      while (end < folded.size() && is_folded_letter(folded[end])) ++end;
      words.emplace_back(long_form(without_long_runs(folded.substr(at, end - at))));
    } else if (is_plain_digit(folded[at])) {
      end = end_of_number(folded, at);
      words.emplace_back(end - at <= 2 ? "#" : end - at <= 7 ? "###" : "#####");
    } else if (static_cast<unsigned char>(folded[at]) >= 0x80) {
      while (end < folded.size() && (static_cast<unsigned char>(folded[end]) & 0xC0) == 0x80) ++end;
      features.add("sign", folded.substr(at, end - at));
    } else if (folded[at] == '?' || folded[at] == '!' || folded[at] == '$') {
      features.add("sign", folded.substr(at, 1));
    }
    at = end;
  }
  return words;
}

std::string_view length_class(size_t words) {
  return words <= 1    ? "1"
         : words <= 2  ? "2"
         : words <= 4  ? "4"
         : words <= 8  ? "8"
         : words <= 16 ? "16"
                       : "more";
}

void add_words(const std::vector<std::string>& words, Features& features) {
  std::string_view last = "^";
  for (const auto& word : words) {
    features.add("word", word);
    features.add("pair", last, word);
    last = word;
  }
  features.add("pair", last, "$");
  features.add("length", length_class(words.size()));
}

// What the words are about, alone, by two and by three, whatever stands between them; and pieces of
// the words.
void add_sounds(const std::vector<std::string>& words, Features& features) {
  std::string sounds = " ", two = "  ";
  for (const auto& word : words) {
    const std::string sound = sound_of(word);
    features.add("sound", sound);
    sounds.append(sound).append(" ");
    const auto topic = concept_of(sound);
    if (!topic) continue;
    const char letter = static_cast<char>('0' + *topic);
    const std::string_view one(&letter, 1);
    // Twice: among hundreds of pieces they would weigh too little.
    for (const std::string_view kind : {"concept", "topic"}) {
      features.add(kind, one);
      features.add(kind, std::string_view(two).substr(1), one);
    }
    features.add("concepts", two, one);
    two = {two[1], letter};
  }
  features.add("concepts", two, "$");
  for (size_t size = 3; size <= 5; ++size) {
    for (size_t at = 0; at + size <= sounds.size(); ++at)
      features.add("piece", std::string_view(sounds).substr(at, size));
  }
}

// "Pagó" is yesterday and "paga" tomorrow; folded, "pagó" is "pago", which is both. So the accent
// on a last vowel is heard for itself, with the letter before it ("pagaré").
void add_accented_endings(std::string_view text, Features& features) {
  constexpr std::string_view kVowels[] = {"á", "é", "í", "ó", "Á", "É", "Í", "Ó"};
  const auto is_letter = [&](size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) >= 0x80 ||
                                is_folded_letter(static_cast<char>(text[at] | 0x20)));
  };
  for (size_t at = 2; at + 1 < text.size(); ++at) {
    const auto vowel = text.substr(at, 2);
    if (std::ranges::find(kVowels, vowel) == std::end(kVowels)) continue;
    if (!is_letter(at - 1) || !is_letter(at - 2) || is_letter(at + 2)) continue;
    features.add("ending", vowel);
    features.add("ending", text.substr(at - 1, 3));
  }
}

void add_rules(const RuleFindings& rules, Features& features) {
  static constexpr std::string_view kStop[] = {"", "stop", "doubt"};
  static constexpr std::string_view kIdentity[] = {"", "yes", "no", "wrong", "other"};
  if (rules.stop != OptOutVerdict::None)
    features.add("rule", kStop[static_cast<size_t>(rules.stop)]);
  if (rules.death) features.add("rule", "death");
  if (rules.identity != IdentityAnswer::None)
    features.add("rule", kIdentity[static_cast<size_t>(rules.identity)]);
}

}  // namespace

RuleFindings ask_rules(std::string_view text) {
  return {.stop = opt_out_of(text, {}),
          .death = tells_of_a_death(text),
          .identity = identity_answer(text, {})};
}

std::vector<uint32_t> intent_features(std::string_view text, const RuleFindings& rules) {
  Features features;
  const auto words = words_of_message(fold_styled_text(text), features);
  add_words(words, features);
  add_sounds(words, features);
  add_accented_endings(text, features);
  add_rules(rules, features);
  return features.take();
}

}  // namespace puntual::conversation
