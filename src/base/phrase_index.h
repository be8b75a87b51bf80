// Searches folded text for lists of phrases, all lists in one pass over the words. A phrase:
//   a|b    one word or the other        pag*   any word that begins so
//   *      any one word                 <3>    up to three words between (never first)
// Words are those of fold_text: lower case, no accents. Pure; an index that is no longer added to
// is thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
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
  // The same of a text as it was written: folded here, signs are blanks.
  [[nodiscard]] PhraseLists lists_in_text(std::string_view text) const;
  // How many words the shortest phrase that begins at the first word takes; 0 if none does.
  [[nodiscard]] size_t shortest_at(Words words) const;
  // Removes every phrase, of several at one place the longest: what only looks like something else
  // ("sin embargo").
  [[nodiscard]] std::vector<std::string_view> without(Words words) const;

 private:
  // What may stand at one place of a phrase, by its number: the same alternatives in many phrases
  // are one class, and a word of a text is looked up once for all of them.
  using WordClass = uint16_t;
  static constexpr WordClass kAnyWord = 0;
  static constexpr uint16_t kGap = 0x8000;  // With the number of words it may skip below.

  struct Form {
    std::string_view text;
    bool is_prefix = false;
    WordClass word_class = 0;
  };
  struct Entry {
    std::vector<uint16_t> rest;  // After the first word: classes and gaps.
    PhraseLists list = 0;
  };
  // The classes that each word of a text belongs to, one after the other.
  struct Reading {
    std::vector<WordClass> classes;
    std::vector<uint32_t> ends;
    std::vector<uint64_t> masks;  // Of each word, a bit for each of its classes (number mod 64):
                                  // most looks end there.
    [[nodiscard]] std::span<const WordClass> at(size_t word) const {
      const size_t begin = word == 0 ? 0 : ends[word - 1];
      return std::span(classes).subspan(begin, ends[word] - begin);
    }
    [[nodiscard]] size_t size() const { return ends.size(); }
  };

  WordClass class_of(std::string_view alternatives);
  void read_word(std::string_view word, Reading& reading) const;
  [[nodiscard]] Reading read(Words words) const;
  [[nodiscard]] static bool matches(const Reading& reading, size_t at, uint16_t item);
  [[nodiscard]] static size_t match_rest(std::span<const uint16_t> rest, const Reading& reading,
                                         size_t at);
  [[nodiscard]] static size_t bucket_of(std::string_view word, size_t letters);

  std::map<std::string_view, WordClass> classes_;
  std::vector<std::vector<Entry>> by_first_ =
      std::vector<std::vector<Entry>>(1);  // By the class of the first word.
  // Forms of three letters and more by three, others by two.
  std::vector<std::vector<Form>> by_three_ = std::vector<std::vector<Form>>(4096),
                                 by_two_ = std::vector<std::vector<Form>>(1024);
  std::vector<Form> anywhere_;  // Beginnings of one letter.
};

}  // namespace puntual
