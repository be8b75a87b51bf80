#include "core/compliance/content.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <deque>
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

// A set of the lists below, one bit each.
using ListBits = uint16_t;

// The phrases of several lists by the first two letters of their first word: most words of a text
// begin none, so that one pass over the words asks all lists.
struct PhraseIndex {
  struct Entry {
    const Phrase* phrase;
    ListBits list;
  };
  std::deque<Phrase> phrases;  // Entries point into it.
  std::array<std::vector<Entry>, 1024> by_start;

  [[nodiscard]] static size_t start_of(std::string_view word) {
    const auto place = [](char c) -> size_t {
      return c >= 'a' && c <= 'z' ? static_cast<size_t>(c - 'a' + 1) : 27;
    };
    return place(word[0]) * 32 + (word.size() > 1 ? place(word[1]) : 0);
  }
  [[nodiscard]] const std::vector<Entry>& candidates(std::string_view word) const {
    return by_start[start_of(word)];
  }
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

void add_phrases(PhraseIndex& index, ListBits list, std::span<const std::string_view> texts) {
  for (const auto text : texts) {
    Phrase& phrase = index.phrases.emplace_back();
    for (const auto word : split(text, ' ')) phrase.push_back(compile_word(word));
    PUNTUAL_CHECK(phrase.front().gap == 0);
    for (const auto& form : phrase.front().forms) {
      PUNTUAL_CHECK(form.text.size() > (form.is_prefix ? 1 : 0));
      auto& same = index.by_start[PhraseIndex::start_of(form.text)];
      if (same.empty() || same.back().phrase != &phrase) same.push_back({&phrase, list});
    }
  }
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

// The lists of which some phrase is there.
ListBits lists_in(const PhraseIndex& index, Words words) {
  ListBits found = 0;
  for (size_t at = 0; at < words.size(); ++at) {
    for (const auto& [phrase, list] : index.candidates(words[at])) {
      if ((found & list) == 0 && match_here(*phrase, words.subspan(at)) > 0) found |= list;
    }
  }
  return found;
}

// Removes what only looks like something else ("sin embargo").
std::vector<std::string_view> without(const PhraseIndex& index, Words words) {
  std::vector<std::string_view> kept;
  kept.reserve(words.size());
  for (size_t at = 0; at < words.size();) {
    size_t used = 0;
    for (const auto& [phrase, list] : index.candidates(words[at])) {
      used = std::max(used, match_here(*phrase, words.subspan(at)));
    }
    if (used == 0) kept.push_back(words[at++]);
    at += used;
  }
  return kept;
}

enum List : ListBits {
  kThreatList = 1 << 0,
  kCourtList = 1 << 1,
  kCreditRegisterList = 1 << 2,
  kAdvertisingList = 1 << 3,
  kThirdPartyList = 1 << 4,
  kReasonQuestionList = 1 << 5,
  kIdentityList = 1 << 6,
  kStatementList = 1 << 7,
  kStatementUndoneList = 1 << 8,
  kWayOutList = 1 << 9,
  kDemandList = 1 << 10,
};

const PhraseIndex& known_phrases() {
  static const PhraseIndex made = [] {
    PhraseIndex index;
    add_phrases(index, kThreatList, phrases::threat());
    add_phrases(index, kCourtList, phrases::court());
    add_phrases(index, kCreditRegisterList, phrases::credit_register());
    add_phrases(index, kAdvertisingList, phrases::advertising());
    add_phrases(index, kThirdPartyList, phrases::third_party());
    add_phrases(index, kReasonQuestionList, phrases::reason_question());
    add_phrases(index, kIdentityList, phrases::identity());
    add_phrases(index, kStatementList, phrases::statement());
    add_phrases(index, kStatementUndoneList, phrases::statement_undone());
    add_phrases(index, kWayOutList, phrases::way_out());
    add_phrases(index, kDemandList, phrases::demand());
    return index;
  }();
  return made;
}

const PhraseIndex& harmless_phrases() {
  static const PhraseIndex made = [] {
    PhraseIndex index;
    add_phrases(index, 1, phrases::harmless());
    return index;
  }();
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
  TextFindings found;
  found.identity = is_signed(text);
  const std::string folded = fold_text(text);
  for (const auto sentence : split(folded, '.')) {
    const ListBits lists =
        lists_in(known_phrases(), without(harmless_phrases(), split(sentence, ' ')));
    found.way_out |= (lists & kWayOutList) != 0;
    found.identity |= (lists & kIdentityList) != 0;
    // Saying that this is no lawsuit is the opposite of threatening with one.
    if ((lists & kStatementList) != 0 && (lists & kStatementUndoneList) == 0) {
      found.statement = true;
      continue;
    }
    found.threat |= (lists & kThreatList) != 0;
    found.court |= (lists & kCourtList) != 0;
    found.credit_register |= (lists & kCreditRegisterList) != 0;
    found.advertising |= (lists & kAdvertisingList) != 0;
    found.third_party |= (lists & kThirdPartyList) != 0;
    found.reason_question |= (lists & kReasonQuestionList) != 0;
    found.demand |= (lists & kDemandList) != 0;
  }
  return found;
}

}  // namespace puntual::compliance
