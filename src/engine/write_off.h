// A debt that is given up for lost: one person asks, another one approves. Nobody is reminded of it
// any more; money that comes after all is taken, and what was given up for lost is booked back as
// far as it pays (engine/apply_money.h).
#pragma once

#include <string>
#include <string_view>

#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

struct WriteOffDeed {
  std::string invoice;           // Its number.
  std::string by;                // Who asks, approves or refuses.
  bool needs_four_eyes = false;  // Of the house: the two must not be one another's accounts.
};

// All hold the person. NotFound: no such invoice, or nothing was asked. Conflict: nothing is owed,
// it was asked before, or money of the person's waits, which pays first.
[[nodiscard]] Result<store::WriteOff> request_write_off(Tx& tx, const Creditor& creditor,
                                                        const WriteOffDeed& deed,
                                                        std::string_view why, Instant now);
// Forbidden: who asked does not approve. Conflict: more is owed than when it was asked.
[[nodiscard]] Result<store::WriteOff> approve_write_off(Tx& tx, const Creditor& creditor,
                                                        const WriteOffDeed& deed, Instant now);
// Who asked may take it back so.
[[nodiscard]] Result<store::WriteOff> refuse_write_off(Tx& tx, const Creditor& creditor,
                                                       const WriteOffDeed& deed, Instant now);

}  // namespace puntual::engine
