// Somebody writes whom no file has named: an invitation by e-mail or SMS was passed on, the file
// has another number, or it is a mistake. What they say holds for their number at once, and is left
// to a person; nothing is told to them of any debt. The file that names the number makes them the
// debtor, with all that they have said.
#pragma once

#include "store/store.h"
#include "whatsapp/webhook.h"

namespace puntual::engine {

// A new record of theirs, held; none: the message names no sender.
DebtorId meet_stranger(Tx& tx, const Creditor& creditor, const whatsapp::Update& update,
                       Instant now);

// One task for each number, which grows with what they write.
void leave_stranger_to_person(Tx& tx, const Debtor& stranger,
                              const store::ConversationMessage& message, Instant now);

// This debtor turns out to have the number or the account of a stranger: they are one person from
// now on, and a stop of either holds for both.
void join_stranger(Tx& tx, CreditorId creditor, DebtorId stranger, DebtorId debtor, Instant now);

// A file has named them: what they asked is answered now, and nobody needs to look for who they
// are.
void stranger_is_known(Tx& tx, CreditorId creditor, DebtorId id, Instant now);

}  // namespace puntual::engine
