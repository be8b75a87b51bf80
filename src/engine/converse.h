// CONVERSE: whoever has written is answered, between listening and speaking. What came in since the
// last answer is one turn: understood and answered by core/conversation, done here, and said
// through the outbox with the key "turn:<last message>".
//
// Nothing is answered to who has said stop, whose data are erased, whose number is not theirs, or
// with whom a person speaks. What the bot may or can not answer is left as a task: nothing that was
// written is lost.
#pragma once

#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct ConverseReport {
  int turns = 0;
  int failed = 0;  // Put off; "turn_failed" on their timeline.
  bool more = false;
};

namespace engine {

// All turns that are due, desk.settings.turn_batch people a transaction.
[[nodiscard]] Result<ConverseReport> converse(Store& store, const Desk& desk, Instant now);

}  // namespace engine
}  // namespace puntual
