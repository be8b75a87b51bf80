// The words of one line of a scenario, taken from left to right. "Quoted text" is one word.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/time.h"

namespace puntual::sim {

class Words {
 public:
  // Invalid when a quote is not closed.
  [[nodiscard]] static Result<Words> split(std::string_view line);

  [[nodiscard]] bool empty() const { return next_ == words_.size(); }
  // The next word without taking it; empty at the end. Quoted words are never keywords.
  [[nodiscard]] std::string_view peek() const;
  // Takes the next word when it is this keyword.
  bool take_if(std::string_view keyword);
  // Each fails with what was expected and what stands there.
  [[nodiscard]] Result<std::string> take(std::string_view what);
  [[nodiscard]] Result<int64_t> take_number(std::string_view what);
  [[nodiscard]] Result<CivilDate> take_date();
  [[nodiscard]] Result<int32_t> take_time();  // "08:00" or "08:00:30", as milliseconds of the day.
  [[nodiscard]] bool next_is_date() const;
  [[nodiscard]] bool next_is_number() const;
  // Nothing may be left.
  [[nodiscard]] Result<void> end() const;

 private:
  struct Word {
    std::string text;
    bool is_quoted = false;
  };
  std::vector<Word> words_;
  size_t next_ = 0;
};

// "a | b; c" cut at a mark that stands outside of quotes, without outer blanks.
[[nodiscard]] std::vector<std::string_view> cut_outside_quotes(std::string_view text, char mark);
// Without a comment (# at the beginning or after a blank, outside of quotes) and outer blanks.
[[nodiscard]] std::string_view without_comment(std::string_view line);

}  // namespace puntual::sim
