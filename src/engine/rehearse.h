// The days ahead with a strategy, lived through by the engine itself on a copy of the house's
// database: what it would say, to how many, and to whom not and why, if nobody answers and nobody
// pays. So it is what happens if nothing else does (quality-bar UX-10). Nothing leaves: the way out
// of the copy ends in it.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

struct RehearsalOrder {
  Creditor creditor;
  std::string strategy;  // Its text.
  Instant from;
  int days = 30;  // Of the creditor, the one of `from` among them.
};

struct Rehearsed {
  int64_t owing = 0;    // People who owe something,
  int64_t reached = 0;  // and of those, to whom something would be sent.
  std::map<CivilDate, int64_t> messages_by_day;
  std::map<std::pair<std::string, std::string>, int64_t> messages_by_step;  // And text.
  std::map<std::string, int64_t>
      waits;  // Why something was not said at once, and how often: by code.
  std::map<std::string, int64_t> unreached;  // Why the others hear nothing, in people: by codes.
  int64_t cost_usd_micros = 0;
};

// `go_on` is told now and then how many days are over, and ends it by false: Conflict. The copy is
// used up. A pause of the house does not count, so that a strategy can be tried before it is
// lifted.
[[nodiscard]] Result<Rehearsed> rehearse(Store& copy, Desk desk, const RehearsalOrder& order,
                                         const std::function<bool(int days)>& go_on);

}  // namespace puntual::engine
