// What became of the talk with each kind of person, read from the books. Not thread-safe: within a
// read.
#pragma once

#include <array>
#include <cstdint>

#include "sim/character.h"
#include "store/store.h"

namespace puntual::sim {

struct TalkFigures {
  int64_t people = 0;
  int64_t said = 0;   // Messages of theirs.
  int64_t turns = 0;  // Answers that were sent.
  int64_t promises = 0, plans = 0;
  int64_t kept = 0, broken = 0;                 // Of both, by the ledger; kept in part is broken.
  int64_t tasks = 0;                            // For a person of the creditor's.
  int64_t stopped = 0;                          // People who wanted silence.
  int64_t owed_minor = 0, collected_minor = 0;  // Of their invoices; one currency.

  void add(const TalkFigures& other);
};
using TalkByCharacter = std::array<TalkFigures, kCharacters>;

[[nodiscard]] TalkByCharacter talk_figures(Tx& tx, CreditorId creditor,
                                           const std::map<DebtorId, Talker>& talkers);

}  // namespace puntual::sim
