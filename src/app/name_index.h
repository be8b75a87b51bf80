// Finds people by parts of their name, without accents and case. Names are sealed in the database, so no index of the database
// can: this one is in memory, made when somebody first searches, and follows.
//
// Who was renamed since is found by the old name for at most ten minutes, and shown by the new one. Thread-safe: searches take turns.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "store/store.h"

namespace puntual {

class NameIndex {
 public:
  // Those with every word of `text` at the beginning of a word of their name, by name; at most `limit`.
  [[nodiscard]] Result<std::vector<DebtorId>> find(Store& store, CreditorId creditor, std::string_view text, size_t limit, Instant now);

 private:
  struct Entry {
    std::string folded;  // " maria munoz": a blank before each word.
    DebtorId id;
  };
  Result<void> follow(Store& store, CreditorId creditor, Instant now);

  std::mutex mutex_;
  std::vector<Entry> entries_;
  DebtorId last_;
  Instant made_at_{0};
};

}  // namespace puntual
