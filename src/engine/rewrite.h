// A planned message says what is true now, in place of what was true when it was planned.
#pragma once

#include "core/messaging/outbox_message.h"
#include "store/store.h"

namespace puntual::engine {

// Takes over text, template and what it names from `now_true`. False: it says so already, and
// nothing was changed.
bool rewrite(Tx& tx, OutboxMessage& message, OutboxMessage now_true, Instant now);

}  // namespace puntual::engine
