// A person of the creditor puts offers on the table: with the machine's words and buttons, inside
// the mandate. The machine hears which one is taken, and makes the agreement.
//
// Call within a write, with the person held.
#pragma once

#include <span>
#include <string_view>

#include "core/agreements/offer.h"
#include "core/messaging/outbox_message.h"
#include "engine/contact_facts.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

// One to three. Key and step are set, the times are not. In Spanish, for who is offering: Invalid,
// these are no offers; Forbidden, the mandate does not allow one, or nothing is negotiated with
// them now; Conflict, an agreement runs, others wait for an answer, or it is no hour to offer what
// nobody has asked for.
[[nodiscard]] Result<OutboxMessage> offers_message(Tx& tx, const Desk& desk,
                                                   const Creditor& creditor, const Debtor& debtor,
                                                   const ContactFacts& facts,
                                                   std::span<const Offer> offers,
                                                   std::string_view key, Instant now);

// After the message was planned: their next word is heard as an answer to it.
void put_on_table(Tx& tx, CreditorId creditor, DebtorId debtor, std::span<const Offer> offers);

// What waits for their answer; empty: nothing.
[[nodiscard]] std::vector<Offer> on_table(Tx& tx, CreditorId creditor, DebtorId debtor);

}  // namespace puntual::engine
