// LISTEN, and answer: a short text to somebody who has just written, through the outbox and its gate like all else.
#pragma once

#include "core/messaging/outbox_message.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

struct Answer {
  std::string_view template_name;  // Its text goes out as free text: the service window is open.
  Purpose purpose = Purpose::Reply;
  std::string_view step;
  std::string dedupe_key;
};

// Plans it for now, for an hour at most. A text that cannot be made is an event of the timeline, and no error.
void answer_now(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId debtor, const Answer& answer, Instant now);

}  // namespace puntual::engine
