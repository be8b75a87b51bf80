// Searches folded text for lists of phrases, all lists in one pass over the words. A phrase:
//   a|b    one word or the other        pag*   any word that begins so
//   *      any one word                 <3>    up to three words between (never first)
// Words are those of fold_text: lower case, no accents. Pure; an index that is no longer added to
// is thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string_view>
#include <vector>

namespace puntual {

// A set of lists, one bit each.
using PhraseLists = uint16_t;
using Words = std::span<const std::string_view>;

[[nodiscard]] std::vector<std::string_view> split_words(std::string_view text, char mark);

class PhraseIndex {
 public:
  void add(PhraseLists list, std::span<const std::string_view> phrases);

  // The lists of which some phrase is there.
  [[nodiscard]] PhraseLists lists_in(Words words) const;
  // How many words the shortest phrase that begins at the first word takes; 0 if none does.
  [[nodiscard]] size_t shortest_at(Words words) const;
  // Removes every phrase, of several at one place the longest: what only looks like something else
  // ("sin embargo").
  [[nodiscard]] std::vector<std::string_view> without(Words words) const;

 private:
  // One word of a phrase: alternatives, or a gap of up to `gap` words.
  struct PhraseWord {
    struct Form {
      std::string_view text;
      bool is_prefix = false;
    };
    std::vector<Form> forms;
    size_t gap = 0;

    [[nodiscard]] bool matches(std::string_view word) const;
  };
  using Phrase = std::vector<PhraseWord>;
  struct Entry {
    const Phrase* phrase;
    PhraseLists list;
  };

  [[nodiscard]] static PhraseWord compile_word(std::string_view text);
  [[nodiscard]] static size_t match_here(std::span<const PhraseWord> phrase, Words words);
  [[nodiscard]] static size_t start_of(std::string_view word);
  [[nodiscard]] const std::vector<Entry>& candidates(std::string_view word) const {
    return by_start_[start_of(word)];
  }

  std::deque<Phrase> phrases_;  // Entries point into it.
  // By the first two letters of the first word: most words of a text begin no phrase.
  std::array<std::vector<Entry>, 1024> by_start_;
};

}  // namespace puntual
