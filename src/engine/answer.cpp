#include "engine/answer.h"

#include <algorithm>
#include <charconv>

#include "core/conversation/dialogue.h"
#include "core/conversation/language.h"
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
    if (button.kind == "quick_reply" && buttons.size() < std::min(buttons_max, kButtonsMax))
      buttons.push_back({button.payload, button.text});
  }
  return buttons;
}

}  // namespace

Spoken spoken_in(std::span<const store::ConversationMessage> heard,
                 std::string_view language_before, const Debtor& debtor, const Creditor& creditor) {
  Spoken spoken{.language = std::string(language_before), .locale = {}};
  for (const auto& message : heard) {
    if (const auto plain = conversation::language_of(message.text); !plain.empty())
      spoken.language = plain;
  }
  spoken.locale = conversation::locale_in(spoken.language, locale_of(debtor, creditor));
  return spoken;
}

std::string spoken_locale(Tx& tx, const Debtor& debtor, const Creditor& creditor) {
  const auto talk = tx.dialogues.find(creditor.id, debtor.id);
  const auto waiting = tx.conversation.heard_after(creditor.id, debtor.id, talk.heard_to, {});
  return spoken_in(waiting, conversation::dialogue_of(talk.state).language, debtor, creditor)
      .locale;
}

Result<OutboxMessage> answer_message(Tx& tx, const Desk& desk, const Creditor& creditor,
                                     const Debtor& debtor, const Answer& answer, Instant now) {
  const std::string locale =
      answer.locale.empty() ? spoken_locale(tx, debtor, creditor) : std::string(answer.locale);
  const std::string link = payment_link(tx, desk, creditor, debtor.id, answer.invoices, now);
  ASSIGN_OR_RETURN(OutboxMessage message,
                   compose(tx, desk,
                           {.creditor = &creditor,
                            .debtor = &debtor,
                            .invoices = answer.invoices,
                            .locale = locale,
                            .template_name = answer.template_name,
                            .fallback_template = {},
                            .today = home_zone(debtor, creditor).local(now).date,
                            .paid = answer.paid,
                            .remaining = {},
                            .talk = answer.talk,
                            .payment_link = link,
                            .is_free_text = true}));
  const auto buttons =
      buttons_of(*find_text(desk, answer.template_name, locale), answer.buttons_max);
  message.kind = buttons.empty() ? "text" : "interactive";
  message.body = buttons.empty() ? whatsapp::text_object(message.text)
                                 : whatsapp::buttons_object(message.text, buttons);
  message.purpose = answer.purpose;
  message.step = answer.step;
  message.ttl_seconds = 0;
  return message;
}

bool answer_now(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId id,
                const Answer& answer, Instant now) {
  const auto debtor = tx.debtors.find(creditor.id, id);
  if (!debtor || debtor->erased_at) return false;
  auto message = answer_message(tx, desk, creditor, *debtor, answer, now);
  if (!message) {
    note(tx, creditor.id, id, now, "text_failed", answer.template_name);
    return false;
  }
  message->id = tx.ids.next<MessageId>(now);
  message->dedupe_key = answer.dedupe_key;
  message->planned_at = message->not_before = now;
  message->expires_at = now + kHourMs;
  if (!tx.outbox.insert(*message)) return true;  // Said already.
  tx.timeline.append({.creditor_id = creditor.id,
                      .debtor_id = id,
                      .at = now,
                      .kind = "proposed",
                      .message_id = message->id,
                      .detail = message->step},
                     tx.ids);
  return true;
}

std::optional<int64_t> turn_of(const OutboxMessage& message) {
  const std::string_view key = message.dedupe_key;
  const std::string_view prefix = key.starts_with(kOffersKey) ? kOffersKey : "turn:";
  int64_t turn = 0;
  if (!key.starts_with(prefix) ||
      std::from_chars(key.data() + prefix.size(), key.data() + key.size(), turn).ec != std::errc{})
    return std::nullopt;
  return turn;
}

void save_dialogue(Tx& tx, CreditorId creditor, DebtorId debtor, const store::DialogueRow& row) {
  tx.dialogues.save(creditor, debtor, row);
  if (row.turn_due_at) tx.dialogues.set_turn_due(creditor, debtor, *row.turn_due_at);
}

bool retake_turn(Tx& tx, const OutboxMessage& message, Instant now) {
  const auto turn = turn_of(message);
  auto row = tx.dialogues.find(message.creditor_id, message.debtor_id);
  if (!turn || row.heard_to != *turn || message.dedupe_key.ends_with(kAgain)) return false;
  Dialogue talk = conversation::dialogue_of(row.state);
  talk.is_retaken = true;
  talk.answered.clear();
  row.heard_to = talk.heard_from;
  row.state = conversation::dialogue_json(talk);
  tx.dialogues.save(message.creditor_id, message.debtor_id, row);
  tx.dialogues.set_turn_due(message.creditor_id, message.debtor_id, now);
  note(tx, message.creditor_id, message.debtor_id, now, "turn_retaken");
  return true;
}

// What was never offered cannot be taken.
static void take_off_table(Tx& tx, const OutboxMessage& message) {
  auto row = tx.dialogues.find(message.creditor_id, message.debtor_id);
  Dialogue talk = conversation::dialogue_of(row.state);
  if (talk.asked != Asked::Offer || talk.offered_turn != turn_of(message)) return;
  talk.asked = Asked::Nothing;
  talk.offers.clear();
  row.state = conversation::dialogue_json(talk);
  save_dialogue(tx, message.creditor_id, message.debtor_id, row);
}

void answer_lost(Tx& tx, const OutboxMessage& message, Instant now) {
  if (!turn_of(message)) return;
  const auto lost = tx.outbox.find(message.creditor_id, message.id);  // With what it says.
  if (!lost || lost->text.empty()) return;
  if (message.dedupe_key.starts_with(kOffersKey)) take_off_table(tx, message);
  raise_task(
      tx, message.creditor_id, message.debtor_id, store::TaskKind::Unclear,
      fmt::format("Puede que siga esperando respuesta. No salió, o no se sabe si llegó: «{}»",
                  lost->text),
      now);
}

}  // namespace puntual::engine
