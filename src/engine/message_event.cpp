#include "engine/message_event.h"

namespace puntual::engine {

store::TimelineEvent message_event(const OutboxMessage& message, Instant now, std::string_view kind,
                                   std::string_view detail, std::string facts) {
  return {.creditor_id = message.creditor_id,
          .debtor_id = message.debtor_id,
          .at = now,
          .kind = std::string(kind),
          .message_id = message.id,
          .invoice_id = message.lead_invoice_id,
          .payment_id = message.payment_id,
          .detail = std::string(detail),
          .facts = std::move(facts)};
}

void note_event(Tx& tx, const OutboxMessage& message, Instant now, std::string_view kind,
                std::string_view detail, std::string facts) {
  tx.timeline.append(message_event(message, now, kind, detail, std::move(facts)), tx.ids);
}

void note_event(Tx& tx, const store::MovedMessage& moved, Instant now, std::string_view kind,
                std::string facts) {
  tx.timeline.append({.creditor_id = moved.creditor_id,
                      .debtor_id = moved.debtor_id,
                      .at = now,
                      .kind = std::string(kind),
                      .message_id = moved.id,
                      .facts = std::move(facts)},
                     tx.ids);
}

}  // namespace puntual::engine
