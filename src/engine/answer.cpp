#include "engine/answer.h"

#include <algorithm>

#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/note.h"
#include "engine/pay_links.h"
#include "whatsapp/payload.h"

namespace puntual::engine {

namespace {

constexpr size_t kButtonsMax = 3;  // Contract section 2.5, checked 2026-11-22.

// The template's own buttons, in the form that free text has them.
std::vector<whatsapp::ReplyChoice> buttons_of(const MessageTemplate& used, size_t buttons_max) {
  std::vector<whatsapp::ReplyChoice> buttons;
  for (const auto& button : used.buttons) {
    if (button.kind == "quick_reply" && buttons.size() < std::min(buttons_max, kButtonsMax)) buttons.push_back({button.payload, button.text, {}});
  }
  return buttons;
}

}  // namespace

bool answer_now(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId id, const Answer& answer, Instant now) {
  const auto debtor = tx.debtors.find(creditor.id, id);
  if (!debtor || debtor->erased_at) return false;
  const std::string locale = answer.locale.empty() ? locale_of(*debtor, creditor) : std::string(answer.locale);
  const std::string link = payment_link(tx, desk, creditor, id, answer.invoices, now);
  auto message = compose(desk, {.creditor = &creditor, .debtor = &*debtor, .invoices = answer.invoices, .locale = locale, .template_name = answer.template_name,
                                .fallback_template = {}, .today = home_zone(*debtor, creditor).local(now).date,
                                .paid = answer.paid, .remaining = {}, .talk = answer.talk, .payment_link = link});
  if (!message) {
    note(tx, creditor.id, id, now, "text_failed", answer.template_name);
    return false;
  }
  const auto buttons = buttons_of(*find_text(desk, answer.template_name, locale), answer.buttons_max);
  message->id = tx.ids.next<MessageId>(now);
  message->dedupe_key = answer.dedupe_key;
  message->purpose = answer.purpose;
  message->step = answer.step;
  message->kind = buttons.empty() ? "text" : "interactive";
  message->body = buttons.empty() ? whatsapp::text_object(message->text) : whatsapp::buttons_object(message->text, buttons);
  message->ttl_seconds = 0;
  message->planned_at = message->not_before = now;
  message->expires_at = now + kHourMs;
  if (!tx.outbox.insert(*message)) return true;  // Said already.
  tx.timeline.append({.creditor_id = creditor.id, .debtor_id = id, .at = now, .kind = "proposed", .message_id = message->id,
                      .detail = message->step},
                     tx.ids);
  return true;
}

bool is_turn(const OutboxMessage& message) { return message.dedupe_key.starts_with("turn:"); }

void answer_lost(Tx& tx, const OutboxMessage& message, Instant now) {
  if (!is_turn(message)) return;
  const auto lost = tx.outbox.find(message.creditor_id, message.id);  // With what it says.
  if (!lost || lost->text.empty()) return;
  raise_task(tx, message.creditor_id, message.debtor_id, store::TaskKind::Unclear,
             fmt::format("Puede que siga esperando respuesta. No salió, o no se sabe si llegó: «{}»", lost->text), now);
}

}  // namespace puntual::engine
