#include "engine/answer.h"

#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/note.h"
#include "whatsapp/payload.h"

namespace puntual::engine {

void answer_now(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId id, const Answer& answer, Instant now) {
  const auto debtor = tx.debtors.find(creditor.id, id);
  if (!debtor || debtor->erased_at) return;
  auto message = compose(desk, {.creditor = &creditor, .debtor = &*debtor, .invoices = {}, .template_name = answer.template_name,
                                .fallback_template = {}, .today = home_zone(*debtor, creditor).local(now).date,
                                .paid = {}, .remaining = {}});
  if (!message) {
    note(tx, creditor.id, id, now, "text_failed", answer.template_name);
    return;
  }
  message->id = tx.ids.next<MessageId>(now);
  message->dedupe_key = answer.dedupe_key;
  message->purpose = answer.purpose;
  message->step = answer.step;
  message->kind = "text";
  message->body = whatsapp::text_object(message->text);
  message->ttl_seconds = 0;
  message->planned_at = message->not_before = now;
  message->expires_at = now + kHourMs;
  if (!tx.outbox.insert(*message)) return;
  tx.timeline.append({.creditor_id = creditor.id, .debtor_id = id, .at = now, .kind = "proposed", .message_id = message->id,
                      .detail = message->step},
                     tx.ids);
}

}  // namespace puntual::engine
