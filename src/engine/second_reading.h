// The switch of the second reader, for all nodes at once: what is off is not asked from the next
// turn on.
#pragma once

#include "engine/note.h"

namespace puntual::engine {

inline constexpr std::string_view kReaderOffFact = "assistant_off";

inline void switch_reader(Tx& tx, CreditorId creditor, bool is_on, Instant now,
                          std::string_view by = {}) {
  tx.creditors.set_fact(kReaderOffFact, is_on ? "" : "1");
  note(tx, creditor, {}, now, is_on ? "assistant_on" : "assistant_off", by);
}

}  // namespace puntual::engine
