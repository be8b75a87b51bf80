// LISTEN, and answer with a page: the statement or the invoice that somebody has asked for, as a
// PDF in the chat. It goes through the outbox and its gate like all else, to a confirmed number
// only.
#pragma once

#include "core/documents/statement.h"
#include "core/messaging/outbox_message.h"
#include "engine/desk.h"
#include "ports/whatsapp.h"
#include "store/store.h"

namespace puntual::engine {

struct DocumentAnswer {
  DocumentOrder order;  // An Invoice of nobody (0) is the one that is due first.
  std::string_view
      template_name;  // Its text is the caption, as free text: the service window is open.
  std::string_view step;
  std::string dedupe_key;
  std::string_view locale = {};  // Of the caption; empty: spoken_locale().
};

// Plans it for now, for an hour at most. False, with an event of the timeline: there is no such
// invoice, nothing is owed, the number is not confirmed, or the caption cannot be made.
bool answer_with_document(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId debtor,
                          const DocumentAnswer& answer, Instant now);

// What goes with a message, with what is true now. NotFound when there is nothing left to print.
[[nodiscard]] Result<Attachment> print_document(Tx& tx, const Desk& desk, const Creditor& creditor,
                                                const Debtor& debtor, const OutboxMessage& message,
                                                Instant now);

}  // namespace puntual::engine
