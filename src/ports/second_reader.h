// Somebody who is asked what a message is about when the bot is not sure: a language model, if the
// creditor has one.
//
// It says one thing, out of a closed list of intents; it never acts, and sees no amount, date, name
// or number of ours.
#pragma once

#include <compare>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "core/conversation/intent.h"

namespace puntual {

struct SecondOpinion {
  bool is_pending = false;       // Being asked: come again in a second.
  std::optional<Intent> intent;  // None: it does not know, is late, or said what it may not.
};

class SecondReader {
 public:
  struct Key {
    int64_t creditor = 0, message = 0;  // The last one of the turn.
    auto operator<=>(const Key&) const = default;
  };
  struct Question {
    Key key;
    std::string_view words;
  };
  virtual ~SecondReader() = default;
  // Never waits: the first call begins the asking, later ones of the same key learn the answer. No
  // question stays pending for more than eight seconds of this clock. Any thread; may be called
  // within a transaction, and again when that is repeated.
  [[nodiscard]] virtual SecondOpinion opinion_on(const Question& question, Instant now) = 0;
  // How it has gone since the start: "said", 12.
  [[nodiscard]] virtual std::vector<std::pair<std::string_view, int64_t>> outcomes() const = 0;
};

}  // namespace puntual
