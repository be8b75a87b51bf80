// Finds people by parts of their name, without accents and case. Names are sealed in the database,
// so no index of the database can: this one is in memory, made when somebody first searches, or
// before that, and follows.
//
// Who was renamed since is found by the old name until it is made anew, and shown by the new one.
// Thread-safe: searches take turns, and wait for no making but the first.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "store/store.h"

namespace puntual {

class NameIndex {
 public:
  // Those with every word of `text` at the beginning of a word of their name, by name; at most
  // `limit`.
  [[nodiscard]] Result<std::vector<DebtorId>> find(Store& store, CreditorId creditor,
                                                   std::string_view text, size_t limit,
                                                   Instant now);
  // Whoever lists people, and may search next, has it made anew behind their back when this says
  // so: true once in ten minutes.
  [[nodiscard]] bool is_to_be_made(Instant now);
  Result<void> make(Store& store, CreditorId creditor);

 private:
  struct Entry {
    std::string folded;  // " maria munoz": a blank before each word.
    DebtorId id;
  };
  struct Made {
    std::vector<Entry> entries;  // By name.
    DebtorId last;
  };
  // Puts to it those who came in since.
  static Result<void> follow(Store& store, CreditorId creditor, Made& made);

  std::mutex mutex_;
  std::optional<Made> made_;
  Instant asked_at_{0};
};

}  // namespace puntual
