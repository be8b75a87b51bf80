// What is answered, and what is done: what was heard and read, where the talk stands, what is known
// → one turn.
//
// A table by intent (respond.cpp), to be reviewed by somebody who knows collections. It adds no
// demand, asks for no reason, and says nothing of a debt to a number that is not proven. Amounts,
// dates and links come from the situation, never from what was understood. Pure; thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/conversation/dialogue.h"
#include "core/conversation/heard.h"

namespace puntual {

// What the books and the case say of the person at this moment.
struct Situation {
  Money owed;              // Of all open invoices.
  bool is_one_sum = true;  // False: several currencies; a person tells them.
  DebtToday debt;          // What may be agreed about: of those that are overdue or due soon.
  std::string_view locale;
  bool is_proven = false;    // The number is theirs.
  bool may_ask_who = false;  // It is not, and may be asked whose it is.
  bool may_offer =
      true;  // It is an hour at which they may be offered what they have not asked for.
  bool names_withdrawn = false;      // An invoice that the house took back, and none that is owed.
  bool claims = false;               // They said that they have paid, and it is being looked for.
  CivilDate claim_until;             // Until when it would be, if they say so now.
  std::optional<Money> paid_lately;  // In the last days, as the books know.
  bool has_paid = false;             // Ever.
  std::optional<Offer> agreed;       // An agreement that is open.
  bool may_move_agreed = false;      // It is a promise that they have just made in this talk, and
                                     // nothing was paid to it: their next word may move it.
  bool may_end_agreed = false;  // It is a promise to which nothing was paid: their word that it
                                // does not hold ends it.
  const Mandate* mandate = nullptr;      // Null: only a person agrees on anything.
  std::optional<CivilDate> remind_from;  // The first day on which a reminder of what is agreed now
                                         // can reach them; none: none can.
};

enum class Move : uint8_t {
  AskWho,     // The opener, before anything is said of a debt.
  Statement,  // The text goes under a page with all that is owed.
  Claim,    // Says that they have paid: reminders rest for some days, a person looks for the money.
  Receipt,  // A picture of the payment.
  SendReceipt,    // Of their last payment that the books know, as a page.
  SendAgreement,  // The one that is open, as a page; the text is for where none can be printed.
  ClaimAgain,     // Once more, of the same debt, and unproven: reminders rest until a person has
                  // looked, and no longer where one has.
  Agree,          // To Turn::agreed.
  Dispute,        // Reminders rest until a person has looked; so they do for
  Hardship,       // this, and
  Illness,        // this: nothing is offered.
  CallPerson,  // They want to speak with somebody; this and the following silence the bot as well.
  CallForComplaint,
  CallForPlan,     // What they ask for is beyond the mandate.
  CallForUnclear,  // Asked back in vain.
  CallForLaw,      // They speak of a court, an authority, a lawyer.
  CallToRead,    // Who speaks, or whether they want silence, is in doubt: nothing is sent until it
                 // was read, but to who says that it is not them, that it will be.
  CallToAnswer,  // They ask what only a person may answer, or tell of what only a person mends.
};
[[nodiscard]] std::string_view text_of(Move move);  // "claim"

struct Reply {
  std::string_view template_name;             // templates/es/respuesta_*.toml
  std::string agreed_on, agreement, options;  // Values of {{fecha}}, {{acuerdo}}, {{opciones}}.
  size_t buttons_max = 3;                     // Of those of the template.
};

struct Turn {
  Intent intent = Intent::Other;  // What was acted upon.
  std::optional<Move> move;
  std::optional<Move> also;    // Done beside it: a person is called for what else they said.
  Offer agreed;                // Of Move::Agree, or beside a claim; empty: nothing is agreed on.
  bool ends_agreed = false;    // What was promised does not hold; it ends before anything else.
  std::optional<Reply> reply;  // None: silence.
  Dialogue next;
};

namespace conversation {

[[nodiscard]] Turn respond(const Heard& heard, const Reading& reading, const Dialogue& before,
                           const Situation& situation);

// Would we ask back only because we are not sure what the words mean? Then somebody else may be
// asked first (ports/second_reader.h): never of a stop, a death, a wrong number, a button, or a
// number that is not proven.
[[nodiscard]] bool needs_second_reader(const Heard& heard, const Reading& reading,
                                       const Dialogue& before, const Situation& situation);

// Read between the lines, not by the lists that act at once: somebody else writes, somebody has
// died, or they want silence. In doubt as well, for the price of an error is not the same on both
// sides.
[[nodiscard]] bool must_be_read(const Reading& reading);

// Said where we have asked whose the number is: no answer to that, but words of who owes, or of
// anybody who means no harm ("¿cuánto debo?", "¿de parte de quién?", 👍). They are asked once more;
// a second time, and for anything else, a person reads it.
[[nodiscard]] bool may_be_asked_again(const Reading& reading, std::string_view words);

// What is said and done when an agreement could not be made after all.
[[nodiscard]] Turn call_for_plan();

// "$ 75.000 el viernes 4 de diciembre y $ 75.000 el viernes 18 de diciembre"
[[nodiscard]] std::string offer_text(const Offer& offer, Currency currency,
                                     std::string_view locale);
// "1) $ 150.000 el viernes 4 de diciembre; 2) …"
[[nodiscard]] std::string options_text(std::span<const Offer> offers, Currency currency,
                                       std::string_view locale);

}  // namespace conversation
}  // namespace puntual
