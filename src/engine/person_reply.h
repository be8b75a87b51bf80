// A person of the creditor answers in their own words, through the same gate and outbox as the
// machine.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/agreements/offer.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct PersonWords {
  // One of the four: words of their own, a canned reply, an approved template, which alone may
  // leave when the service window is closed (it names the oldest debt); or offers, to which the
  // machine hears the answer: it has the conversation again (engine/person_offers.h).
  std::string text, canned, template_name;
  std::vector<Offer> offers = {};
  std::string author;           // Their login.
  std::string through = "api";  // api, operator
  std::string key;              // Of the caller's: the same again is the same message.
  std::optional<int64_t>
      last_seen;  // The last message of the debtor's that they had before them; none: not told.
  std::string despite = {};  // Why it leaves although an account or a sum in it is not in the
                             // books; who may say so, the caller knows.
  bool anyway = false;       // Also if something newer has come in since.
};

struct PersonReply {
  MessageId id;          // None: it was refused.
  bool is_new = false;   // It was not said with this key before.
  std::string text;      // As the debtor reads it.
  std::string refusals;  // Codes with blanks between: what the gate, or the number, has against it.
  bool is_paused = false;              // It waits until sending is resumed.
  std::optional<Instant> waits_until;  // Or for a kinder hour; none: it leaves with the next turn.
};

// A canned reply as one person would read it. Its link is made when it is sent: here it stands as
// {{enlace}}.
struct FilledReply {
  CannedReply reply;
  std::string
      text;  // Empty: it cannot be said to them now (it names a payment, and the books have none).
};

namespace engine {

// Silences bot and strategy (take_over.h), and leaves with the next turn. A refusal is recorded and
// is an answer. Invalid: the words, or the key was used for others. Conflict: something newer has
// come in, the window is closed, or the template is not approved; with the remedy, in Spanish, for
// who is writing. Call within a write.
[[nodiscard]] Result<PersonReply> reply_by_person(Tx& tx, const Desk& desk,
                                                  const Creditor& creditor, DebtorId debtor,
                                                  const PersonWords& words, Instant now);

// With what a conversation is opened again that WhatsApp has closed to free text.
struct Opening {
  std::string template_name;          // Empty: with nothing; why_not may say why, in Spanish.
  std::string text;                   // As they would read it; its link stands as {{enlace}}.
  std::string refusals;               // Codes of what the gate, or the number, has against it now.
  std::optional<Instant> not_before;  // From when it may leave; none: now, or nobody knows.
  std::string why_not;
};
// NotFound when there is no such person. Nothing is written down.
[[nodiscard]] Result<Opening> opening_for(Tx& tx, const Desk& desk, const Creditor& creditor,
                                          DebtorId debtor, Instant now);

// Until when free text may be sent: 24 h from their last message on WhatsApp. None: not now.
[[nodiscard]] std::optional<Instant> service_window(std::optional<Instant> last_inbound_at,
                                                    Instant now);

// The creditor's own and those built in, by name.
[[nodiscard]] std::vector<CannedReply> canned_replies(Tx& tx, CreditorId creditor);

// The same, filled for somebody. NotFound when there is no such person.
[[nodiscard]] Result<std::vector<FilledReply>> filled_replies(Tx& tx, const Desk& desk,
                                                              const Creditor& creditor,
                                                              DebtorId debtor, Instant now);

}  // namespace engine
}  // namespace puntual
