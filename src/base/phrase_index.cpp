#include "base/phrase_index.h"

#include <algorithm>

#include "base/result.h"
#include "base/text.h"

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

// Five bits a letter; what is no letter shares one place.
size_t PhraseIndex::bucket_of(std::string_view word, size_t letters) {
  size_t bucket = 0;
  for (size_t i = 0; i < letters; ++i) {
    const char c = i < word.size() ? word[i] : 0;
    bucket = bucket * 31 + (c >= 'a' && c <= 'z' ? static_cast<size_t>(c - 'a' + 1)
                            : c == 0             ? 0
                                                 : 27);
  }
  return bucket;
}

PhraseIndex::WordClass PhraseIndex::class_of(std::string_view alternatives) {
  if (alternatives == "*") return kAnyWord;
  const auto [known, is_new] =
      classes_.try_emplace(alternatives, static_cast<WordClass>(by_first_.size()));
  if (!is_new) return known->second;
  PUNTUAL_CHECK(by_first_.size() < kGap);
  by_first_.emplace_back();
  for (const auto form : split_words(alternatives, '|')) {
    const bool is_prefix = form.ends_with('*');
    const auto text = is_prefix ? form.substr(0, form.size() - 1) : form;
    auto& bucket = text.size() >= 3               ? by_three_[bucket_of(text, 3) % by_three_.size()]
                   : is_prefix && text.size() < 2 ? anywhere_
                                                  : by_two_[bucket_of(text, 2) % by_two_.size()];
    bucket.push_back({text, is_prefix, known->second});
  }
  return known->second;
}

void PhraseIndex::add(PhraseLists list, std::span<const std::string_view> phrases) {
  for (const auto text : phrases) {
    std::vector<uint16_t> items;
    for (const auto word : split_words(text, ' ')) {
      const bool is_gap = word.size() == 3 && word[0] == '<';
      items.push_back(is_gap ? static_cast<uint16_t>(kGap | (word[1] - '0')) : class_of(word));
    }
    PUNTUAL_CHECK((items.front() & kGap) == 0 && items.front() != kAnyWord);
    by_first_[items.front()].push_back({{items.begin() + 1, items.end()}, list});
  }
}

void PhraseIndex::read_word(std::string_view word, Reading& reading) const {
  const auto look_in = [&](const std::vector<Form>& forms) {
    for (const auto& form : forms) {
      if (form.is_prefix ? word.starts_with(form.text) : word == form.text)
        reading.classes.push_back(form.word_class);
    }
  };
  look_in(by_two_[bucket_of(word, 2) % by_two_.size()]);
  look_in(anywhere_);
  if (word.size() >= 3) look_in(by_three_[bucket_of(word, 3) % by_three_.size()]);
  uint64_t mask = 0;
  for (size_t i = reading.ends.empty() ? 0 : reading.ends.back(); i < reading.classes.size(); ++i)
    mask |= uint64_t{1} << (reading.classes[i] % 64);
  reading.masks.push_back(mask);
  reading.ends.push_back(static_cast<uint32_t>(reading.classes.size()));
}

PhraseIndex::Reading PhraseIndex::read(Words words) const {
  Reading reading;
  reading.classes.reserve(words.size() * 2);
  reading.ends.reserve(words.size());
  reading.masks.reserve(words.size());
  for (const auto word : words) read_word(word, reading);
  return reading;
}

bool PhraseIndex::matches(const Reading& reading, size_t at, uint16_t item) {
  if (item == kAnyWord) return true;
  if ((reading.masks[at] >> (item % 64) & 1) == 0) return false;
  const auto classes = reading.at(at);
  return std::ranges::find(classes, item) != classes.end();
}

// Do the words from `at` on match the rest of a phrase? Gives the place after it, or 0; of several
// ways the one with the shortest gaps. (Nothing ends at place 0: the first word has been taken.)
size_t PhraseIndex::match_rest(std::span<const uint16_t> rest, const Reading& reading, size_t at) {
  for (size_t i = 0; i < rest.size(); ++i) {
    if ((rest[i] & kGap) != 0) {
      const size_t gap = rest[i] & ~kGap;
      for (size_t skip = 0; skip <= gap && at + skip <= reading.size(); ++skip) {
        const size_t end = match_rest(rest.subspan(i + 1), reading, at + skip);
        if (end > 0) return end;
      }
      return 0;
    }
    if (at == reading.size() || !matches(reading, at, rest[i])) return 0;
    ++at;
  }
  return at;
}

PhraseLists PhraseIndex::lists_in(Words words) const {
  const Reading reading = read(words);
  PhraseLists found = 0;
  for (size_t at = 0; at < words.size(); ++at) {
    for (const auto first : reading.at(at)) {
      for (const auto& [rest, list] : by_first_[first]) {
        if ((found & list) != 0) continue;
        // Most phrases end at their second word: that is seen without a call.
        const bool may_go_on = rest.empty() || (rest.front() & kGap) != 0 ||
                               (at + 1 < words.size() && matches(reading, at + 1, rest.front()));
        if (may_go_on && match_rest(rest, reading, at + 1) > 0) found |= list;
      }
    }
  }
  return found;
}

PhraseLists PhraseIndex::lists_in_text(std::string_view text) const {
  std::string letters = fold_styled_text(text);
  for (auto& c : letters) {
    if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) c = ' ';
  }
  return lists_in(split_words(letters, ' '));
}

size_t PhraseIndex::shortest_at(Words words) const {
  Reading first;
  read_word(words[0], first);
  if (first.classes.empty()) return 0;  // Most words begin no phrase: the others need not be read.
  const Reading reading = read(words);
  size_t shortest = 0;
  for (const auto word_class : first.classes) {
    for (const auto& entry : by_first_[word_class]) {
      const size_t end = match_rest(entry.rest, reading, 1);
      if (end > 0 && (shortest == 0 || end < shortest)) shortest = end;
    }
  }
  return shortest;
}

std::vector<std::string_view> PhraseIndex::without(Words words) const {
  const Reading reading = read(words);
  std::vector<std::string_view> kept;
  kept.reserve(words.size());
  for (size_t at = 0; at < words.size();) {
    size_t end = 0;
    for (const auto first : reading.at(at)) {
      for (const auto& entry : by_first_[first])
        end = std::max(end, match_rest(entry.rest, reading, at + 1));
    }
    if (end == 0) {
      kept.push_back(words[at++]);
    } else {
      at = end;
    }
  }
  return kept;
}

}  // namespace puntual
