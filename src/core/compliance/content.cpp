#include "core/compliance/content.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "base/result.h"
#include "core/compliance/content_phrases.h"

namespace puntual::compliance {
namespace {

// One word of a phrase: alternatives, or a gap of up to `gap` words.
struct PhraseWord {
  struct Form {
    std::string_view text;
    bool is_prefix = false;
  };
  std::vector<Form> forms;
  size_t gap = 0;

  [[nodiscard]] bool matches(std::string_view word) const {
    return std::any_of(forms.begin(), forms.end(), [&](const Form& form) {
      return form.is_prefix ? word.starts_with(form.text) : word == form.text;
    });
  }
};
using Phrase = std::vector<PhraseWord>;

// Phrases by the first letter of their first word: most words of a text begin none.
struct PhraseSet {
  std::vector<Phrase> phrases;
  std::array<std::vector<const Phrase*>, 128> by_letter;
};

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const size_t end = text.find(mark);
    if (end != 0) parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

PhraseWord compile_word(std::string_view text) {
  PhraseWord word;
  if (text.size() == 3 && text[0] == '<') {
    word.gap = static_cast<size_t>(text[1] - '0');
    return word;
  }
  for (const auto form : split(text, '|')) {
    const bool is_prefix = form.ends_with('*');
    word.forms.push_back({is_prefix ? form.substr(0, form.size() - 1) : form, is_prefix});
  }
  return word;
}

PhraseSet compile(std::span<const std::string_view> texts) {
  PhraseSet set;
  for (const auto text : texts) {
    Phrase phrase;
    for (const auto word : split(text, ' ')) phrase.push_back(compile_word(word));
    set.phrases.push_back(std::move(phrase));
  }
  for (const auto& phrase : set.phrases) {
    PUNTUAL_CHECK(phrase.front().gap == 0);
    for (const auto& form : phrase.front().forms) {
      PUNTUAL_CHECK(!form.text.empty());
      auto& same = set.by_letter[static_cast<unsigned char>(form.text[0]) & 127];
      if (same.empty() || same.back() != &phrase) same.push_back(&phrase);
    }
  }
  return set;
}

using Words = std::span<const std::string_view>;

// Does the phrase from `at` on match the beginning of `words`? Gives the number of words it took,
// or 0.
size_t match_here(std::span<const PhraseWord> phrase, Words words) {
  size_t used = 0;
  for (size_t at = 0; at < phrase.size(); ++at) {
    if (phrase[at].gap > 0) {
      for (size_t skip = 0; skip <= phrase[at].gap && used + skip <= words.size(); ++skip) {
        const size_t rest = match_here(phrase.subspan(at + 1), words.subspan(used + skip));
        if (rest > 0) return used + skip + rest;
      }
      return 0;
    }
    if (used == words.size() || !phrase[at].matches(words[used])) return 0;
    ++used;
  }
  return used;
}

const std::vector<const Phrase*>& candidates(const PhraseSet& set, std::string_view word) {
  return set.by_letter[static_cast<unsigned char>(word[0]) & 127];
}

bool has_any(const PhraseSet& set, Words words) {
  for (size_t at = 0; at < words.size(); ++at) {
    for (const Phrase* phrase : candidates(set, words[at])) {
      if (match_here(*phrase, words.subspan(at)) > 0) return true;
    }
  }
  return false;
}

// Removes what only looks like something else ("sin embargo").
std::vector<std::string_view> without(const PhraseSet& set, Words words) {
  std::vector<std::string_view> kept;
  for (size_t at = 0; at < words.size();) {
    size_t used = 0;
    for (const Phrase* phrase : candidates(set, words[at])) {
      used = std::max(used, match_here(*phrase, words.subspan(at)));
    }
    if (used == 0) kept.push_back(words[at++]);
    at += used;
  }
  return kept;
}

struct Lists {
  PhraseSet threat = compile(phrases::threat());
  PhraseSet court = compile(phrases::court());
  PhraseSet credit_register = compile(phrases::credit_register());
  PhraseSet advertising = compile(phrases::advertising());
  PhraseSet third_party = compile(phrases::third_party());
  PhraseSet reason_question = compile(phrases::reason_question());
  PhraseSet identity = compile(phrases::identity());
  PhraseSet statement = compile(phrases::statement());
  PhraseSet statement_undone = compile(phrases::statement_undone());
  PhraseSet way_out = compile(phrases::way_out());
  PhraseSet demand = compile(phrases::demand());
  PhraseSet harmless = compile(phrases::harmless());
};

const Lists& lists() {
  static const Lists made;
  return made;
}

// "Colegio San Marcos: tu factura…" or a last line "— Colegio San Marcos".
bool is_signed(std::string_view text) {
  const auto is_blank = [](char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '*' || c == '_';
  };
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  const size_t line = text.rfind('\n');
  auto last = line == std::string_view::npos ? std::string_view() : text.substr(line + 1);
  while (!last.empty() && is_blank(last.front())) last.remove_prefix(1);
  if (last.starts_with("—") || last.starts_with("–") || last.starts_with("- ")) return true;
  const size_t colon = text.substr(0, 60).find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const auto head = split(text.substr(0, colon), ' ');
  const bool capital = text[0] >= 'A' && text[0] <= 'Z';
  return capital && head.size() <= 5 && !fold_text(head[0]).starts_with("hola") &&
         colon + 1 < text.size() && text[colon + 1] == ' ' &&
         text.substr(0, colon).find_first_of(".,!?\n") == std::string_view::npos;
}

// The letter below an accent, for U+00C0 … U+00FF; a blank for what is no letter.
constexpr std::string_view kLatin =
    "aaaaaaaceeeeiiiidnooooo ouuuuy saaaaaaaceeeeiiiidnooooo ouuuuy y";
static_assert(kLatin.size() == 64);

// Length of the UTF-8 sequence that a lead byte announces.
size_t sequence_length(unsigned char lead) {
  return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

bool is_word_char(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '$'; }

// Appends the folded form of one character; marks that end a sentence become ". ".
void fold_one(std::string_view text, size_t at, std::string& out) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const auto blank = [&] {
    if (!out.empty() && out.back() != ' ') out += ' ';
  };
  if (lead == 0xC3 && at + 1 < text.size()) {
    const char letter = kLatin[static_cast<unsigned char>(text[at + 1]) & 0x3F];
    letter == ' ' ? blank() : void(out += letter);
  } else if (lead == 0xCC || lead == 0xCD || lead == '*' || lead == '_' || lead == '~') {
    return;  // A combining accent, or WhatsApp's marks for bold and the like.
  } else if (lead == 0xE2 && at + 2 < text.size() && text[at + 1] == '\x80' &&
             static_cast<unsigned char>(text[at + 2]) >= 0x8B &&
             static_cast<unsigned char>(text[at + 2]) <= 0x8F) {
    return;  // Zero width.
  } else if (lead >= 'A' && lead <= 'Z') {
    out += static_cast<char>(lead - 'A' + 'a');
  } else if (is_word_char(static_cast<char>(lead))) {
    out += static_cast<char>(lead);
  } else if (lead == '\n' || lead == '!' || lead == '?' || lead == ';' || lead == '.') {
    const bool inside = lead == '.' && at + 1 < text.size() &&
                        std::isalnum(static_cast<unsigned char>(text[at + 1]));
    blank();
    if (!inside && out.size() >= 2 && out[out.size() - 2] != '.') out += ". ";
  } else {
    blank();
  }
}

}  // namespace

std::string fold_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();
       at += sequence_length(static_cast<unsigned char>(text[at]))) {
    fold_one(text, at, out);
  }
  return out;
}

TextFindings read_text(std::string_view text) {
  const Lists& known = lists();
  TextFindings found;
  found.identity = is_signed(text);
  const std::string folded = fold_text(text);
  for (const auto sentence : split(folded, '.')) {
    const auto words = without(known.harmless, split(sentence, ' '));
    found.way_out |= has_any(known.way_out, words);
    found.identity |= has_any(known.identity, words);
    // Saying that this is no lawsuit is the opposite of threatening with one.
    if (has_any(known.statement, words) && !has_any(known.statement_undone, words)) {
      found.statement = true;
      continue;
    }
    found.threat |= has_any(known.threat, words);
    found.court |= has_any(known.court, words);
    found.credit_register |= has_any(known.credit_register, words);
    found.advertising |= has_any(known.advertising, words);
    found.third_party |= has_any(known.third_party, words);
    found.reason_question |= has_any(known.reason_question, words);
    found.demand |= has_any(known.demand, words);
  }
  return found;
}

}  // namespace puntual::compliance
