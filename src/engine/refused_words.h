// A text that the gate refuses for its words silences whoever it is for, and no waiting mends it: a
// task of the house says so, once for each text until somebody has seen to it.
#pragma once

#include "core/compliance/gate.h"
#include "core/messaging/outbox_message.h"
#include "store/store.h"

namespace puntual::engine {

// Does nothing where the words are not what was refused.
void ask_for_other_words(Tx& tx, const OutboxMessage& message, const Decision& decision,
                         Instant now);

}  // namespace puntual::engine
