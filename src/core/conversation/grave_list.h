// What the lists of grave words (grave_words.cpp, law_words.cpp) are asked through. Pure;
// thread-safe.
#pragma once

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrase_index.h"
#include "base/text.h"

namespace puntual::conversation {

// A list, with what only looks as if it were of it.
class GraveList {
 public:
  GraveList(std::span<const std::string_view> said, std::span<const std::string_view> other_than) {
    said_.add(1, said);
    other_than_.add(1, other_than);
  }
  [[nodiscard]] bool has(std::string_view text) const {
    const std::string folded = fold_text(text);
    // "Por aquí no, me escribe al correo": what takes a word back stands in the same clause.
    std::vector<std::string_view> words;
    for (std::string_view rest = folded; !rest.empty();) {
      const size_t end = std::min(rest.find_first_of(",;:!?\n"), rest.size());
      std::ranges::copy(other_than_.without(words_of(rest.substr(0, end))),
                        std::back_inserter(words));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return said_.lists_in(words) != 0;
  }

 private:
  static std::vector<std::string_view> words_of(std::string_view clause) {
    std::vector<std::string_view> words;
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    for (auto at = clause.begin();;) {
      const auto from = std::find_if(at, clause.end(), is_letter);
      if (from == clause.end()) return words;
      at = std::find_if_not(from, clause.end(), is_letter);
      words.emplace_back(from, at);
    }
  }

  PhraseIndex said_, other_than_;
};

}  // namespace puntual::conversation
