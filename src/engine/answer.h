// LISTEN, and answer: a short text to somebody who has just written, through the outbox and its gate like all else.
#pragma once

#include <span>

#include "core/messaging/outbox_message.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

struct Answer {
  std::string_view template_name;  // Its text goes out as free text: the service window is open.
  Purpose purpose = Purpose::Reply;
  std::string_view step;
  std::string dedupe_key;
  std::span<const Invoice> invoices = {};  // That it may name.
  std::optional<Money> paid = {};
  TalkWords talk = {};
  size_t buttons_max = 3;          // Of the template's, the first ones.
  std::string_view locale = {};    // To write in; empty: spoken_locale().
};

// In which somebody is answered: that of their country, unless they write to us in another language.
[[nodiscard]] std::string spoken_locale(Tx& tx, const Debtor& debtor, const Creditor& creditor);

// Plans it for now, for an hour at most. False, with an event of the timeline, when the text cannot be made.
bool answer_now(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId debtor, const Answer& answer, Instant now);

// Is it what the bot answers in a turn (key "turn:<last message>")?
[[nodiscard]] bool is_turn(const OutboxMessage& message);

// An answer of a turn that has ended, and was not heard for all we know: nobody is left in silence, a person reads what was not
// said. Does nothing for other messages, or for a person who was erased. Call with the person held.
void answer_lost(Tx& tx, const OutboxMessage& message, Instant now);

}  // namespace puntual::engine
