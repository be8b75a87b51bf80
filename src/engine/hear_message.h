// LISTEN: what somebody wrote is kept, with whom it is from, and what must be obeyed is obeyed at
// once (obey_words.h), and so is "this is not me". Everything else is answered in the next turn
// (converse.h).
//
// Who is nobody we know becomes a stranger: a person of whom only the number is known, with a task,
// until a file names them.
#pragma once

#include "engine/obey_words.h"
#include "whatsapp/webhook.h"

namespace puntual::engine {

// Call within a write; holds whom it is about.
Obeyed hear_message(Tx& tx, const Desk& desk, const Creditor& creditor,
                    const whatsapp::Update& update, Instant now);

}  // namespace puntual::engine
