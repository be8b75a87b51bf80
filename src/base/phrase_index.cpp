#include "base/phrase_index.h"

#include <algorithm>

#include "base/result.h"

namespace puntual {

std::vector<std::string_view> split_words(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const size_t end = text.find(mark);
    if (end != 0) parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

bool PhraseIndex::PhraseWord::matches(std::string_view word) const {
  return std::any_of(forms.begin(), forms.end(), [&](const Form& form) {
    return form.is_prefix ? word.starts_with(form.text) : word == form.text;
  });
}

size_t PhraseIndex::start_of(std::string_view word) {
  const auto place = [](char c) -> size_t {
    return c >= 'a' && c <= 'z' ? static_cast<size_t>(c - 'a' + 1) : 27;
  };
  return place(word[0]) * 32 + (word.size() > 1 ? place(word[1]) : 0);
}

PhraseIndex::PhraseWord PhraseIndex::compile_word(std::string_view text) {
  PhraseWord word;
  if (text.size() == 3 && text[0] == '<') {
    word.gap = static_cast<size_t>(text[1] - '0');
    return word;
  }
  for (const auto form : split_words(text, '|')) {
    const bool is_prefix = form.ends_with('*');
    word.forms.push_back({is_prefix ? form.substr(0, form.size() - 1) : form, is_prefix});
  }
  return word;
}

void PhraseIndex::add(PhraseLists list, std::span<const std::string_view> phrases) {
  for (const auto text : phrases) {
    Phrase& phrase = phrases_.emplace_back();
    for (const auto word : split_words(text, ' ')) phrase.push_back(compile_word(word));
    PUNTUAL_CHECK(phrase.front().gap == 0);
    for (const auto& form : phrase.front().forms) {
      PUNTUAL_CHECK(form.text.size() > (form.is_prefix ? 1 : 0));
      auto& same = by_start_[start_of(form.text)];
      if (same.empty() || same.back().phrase != &phrase) same.push_back({&phrase, list});
    }
  }
}

// Does the phrase match the beginning of `words`? Gives the number of words it took, or 0; of
// several ways the one with the shortest gaps.
size_t PhraseIndex::match_here(std::span<const PhraseWord> phrase, Words words) {
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

PhraseLists PhraseIndex::lists_in(Words words) const {
  PhraseLists found = 0;
  for (size_t at = 0; at < words.size(); ++at) {
    for (const auto& [phrase, list] : candidates(words[at])) {
      if ((found & list) == 0 && match_here(*phrase, words.subspan(at)) > 0) found |= list;
    }
  }
  return found;
}

size_t PhraseIndex::shortest_at(Words words) const {
  size_t shortest = 0;
  for (const auto& entry : candidates(words[0])) {
    const size_t used = match_here(*entry.phrase, words);
    if (used > 0 && (shortest == 0 || used < shortest)) shortest = used;
  }
  return shortest;
}

std::vector<std::string_view> PhraseIndex::without(Words words) const {
  std::vector<std::string_view> kept;
  kept.reserve(words.size());
  for (size_t at = 0; at < words.size();) {
    size_t used = 0;
    for (const auto& entry : candidates(words[at])) {
      used = std::max(used, match_here(*entry.phrase, words.subspan(at)));
    }
    if (used == 0) kept.push_back(words[at++]);
    at += used;
  }
  return kept;
}

}  // namespace puntual
