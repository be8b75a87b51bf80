// LISTEN, and answer: a short text to somebody who has just written, through the outbox and its
// gate like all else.
#pragma once

#include <span>

#include "core/messaging/outbox_message.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

inline constexpr std::string_view kAgain =
    ":again";  // Ends the key of a turn that is taken a second time.

struct Answer {
  std::string_view template_name;  // Its text goes out as free text: the service window is open.
  Purpose purpose = Purpose::Reply;
  std::string_view step;
  std::string dedupe_key;
  std::span<const Invoice> invoices = {};  // That it may name.
  std::optional<Money> paid = {};
  TalkWords talk = {};
  size_t buttons_max = 3;        // Of the template's, the first ones.
  std::string_view locale = {};  // To write in; empty: spoken_locale().
};

// What somebody speaks: the language of the last words that are plain, of these or of before; and
// the locale in which they are answered, that of their country unless they write in another
// language.
struct Spoken {
  std::string language;  // "es", "pt"; empty: nothing was plain yet.
  std::string locale;
};
[[nodiscard]] Spoken spoken_in(std::span<const store::ConversationMessage> heard,
                               std::string_view language_before, const Debtor& debtor,
                               const Creditor& creditor);
// Of their dialogue, and of what waits to be answered.
[[nodiscard]] std::string spoken_locale(Tx& tx, const Debtor& debtor, const Creditor& creditor);

// Its message, with the template's buttons, without id, key and times. NotFound and Invalid as
// compose().
[[nodiscard]] Result<OutboxMessage> answer_message(Tx& tx, const Desk& desk,
                                                   const Creditor& creditor, const Debtor& debtor,
                                                   const Answer& answer, Instant now);

// Plans it for now, for an hour at most. False, with an event of the timeline, when the text cannot
// be made.
bool answer_now(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId debtor,
                const Answer& answer, Instant now);

inline constexpr std::string_view kOffersKey = "offers:";  // Begins the key of a person's offers.

// The turn that it answers: the id of the last message that was heard (key "turn:<id>",
// "turn:<id>:again"), or from which on a person's offers are on the table ("offers:<id>:…"); none:
// it is no answer of a turn.
[[nodiscard]] std::optional<int64_t> turn_of(const OutboxMessage& message);

// Between two turns: a turn that is due stays so.
void save_dialogue(Tx& tx, CreditorId creditor, DebtorId debtor, const store::DialogueRow& row);

// What it says of the books is true no longer, and it has not left: the turn is taken once more,
// with what is true now. False: it cannot be, or was already. Call with the person held.
bool retake_turn(Tx& tx, const OutboxMessage& message, Instant now);

// An answer of a turn that has ended, and was not heard for all we know: nobody is left in silence,
// a person reads what was not said. Does nothing for other messages, or for a person who was
// erased. Call with the person held.
void answer_lost(Tx& tx, const OutboxMessage& message, Instant now);

}  // namespace puntual::engine
