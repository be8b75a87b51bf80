// What became of each attempt (dispatch_outbox.h).
#include <algorithm>

#include "base/crypto.h"
#include "engine/answer.h"
#include "engine/decision_record.h"
#include "engine/dispatch_outbox.h"
#include "engine/message_event.h"
#include "engine/on_ramp.h"
#include "engine/pause.h"
#include "engine/people_at_hand.h"
#include "engine/receiving.h"
#include "whatsapp/errors.h"

namespace puntual::engine {
namespace {

// Twice as long each time; for the limit of one pair four times, as Meta asks (4^X seconds, checked
// 2026-11-21).
int64_t delay_of(const whatsapp::ErrorReaction& reaction, int32_t attempts) {
  const int doublings = std::clamp(attempts - 1, 0, 10) *
                        (reaction.reaction == whatsapp::Reaction::PairLimit ? 2 : 1);
  return reaction.first_delay_ms << std::min(doublings, 14);
}

// Nobody takes messages for them there: another way is looked for, or a person.
void record_refused_invitation(Tx& tx, const OutboxMessage& message, const SendResult& result,
                               Instant now) {
  if (!tx.outbox.to_rejected(message.creditor_id, message.id, result.attempt_id, now,
                             result.error_code))
    return;
  note_event(tx, message, now, "rejected", std::to_string(result.error_code));
  tx.debtors.review_now(message.creditor_id, message.debtor_id, now);
}

void record_rejection(Tx& tx, const Desk& desk, const OutboxMessage& message,
                      const SendResult& result, Instant now) {
  using whatsapp::Reaction;
  const auto reaction = whatsapp::reaction_to(result.error_code, false);
  bool again = reaction.attempts_max > 0 && message.attempts <= reaction.attempts_max;
  int64_t delay = std::max(delay_of(reaction, message.attempts), result.retry_after_ms.value_or(0));
  if (reaction.reaction == Reaction::PairLimit) {
    if (const auto debtor = tx.debtors.find(message.creditor_id, message.debtor_id))
      desk.pair_pace->refused(address_on(*debtor, message.channel), now);
  } else if (reaction.reaction == Reaction::Undeliverable) {
    tx.debtors.note_unreachable(message.creditor_id, message.debtor_id, now);
    tx.debtors.review_now(message.creditor_id, message.debtor_id, now);
  } else if (reaction.reaction == Reaction::StopNumber) {
    pause_sending(tx, message.creditor_id, now,
                  fmt::format("{}: {}", result.error_code, reaction.meaning_es),
                  std::to_string(result.error_code));
    again = true;
  } else if (reaction.reaction == Reaction::TemplateGone) {
    // Its messages wait until the platform says that it may be used again; see Approvals.
    tx.templates.save(message.creditor_id,
                      {message.template_name, message.language, "PAUSED", "", "", now});
    again = true;
    delay = 0;
  }
  const std::string detail =
      std::to_string(result.error_code);  // The platform's own words may name the person.
  if (again) {
    if (tx.outbox.to_planned_again(message.creditor_id, message.id, result.attempt_id, now + delay,
                                   result.error_code))
      note_event(tx, message, now, "try_later", detail);
  } else if (tx.outbox.to_rejected(message.creditor_id, message.id, result.attempt_id, now,
                                   result.error_code)) {
    note_event(tx, message, now, "rejected", detail);
    answer_lost(tx, message, now);
  }
}

void record_not_sent(Tx& tx, const SendResult& result, Instant now) {
  const Instant again_at =
      now + std::max<int64_t>(result.retry_after_ms.value_or(0), 5 * kSecondMs);
  if (!tx.outbox.to_planned_again(result.creditor_id, result.message_id, result.attempt_id,
                                  again_at, result.error_code))
    return;
  const auto message = tx.outbox.find_by_attempt(result.creditor_id, result.attempt_id);
  PUNTUAL_CHECK(message.has_value());
  note_event(tx, *message, now, "try_later", std::to_string(result.error_code),
             facts_of_wait(again_at));
}

// Of all that were not simply taken.
void record_other(Tx& tx, const Desk& desk, const SendResult& result, Instant now) {
  switch (result.outcome) {
    case SendOutcome::Accepted:
      break;
    case SendOutcome::Unknown:
      if (tx.outbox.to_uncertain(result.creditor_id, result.message_id, result.attempt_id,
                                 result.error_code)) {
        if (const auto message = tx.outbox.find_by_attempt(result.creditor_id, result.attempt_id))
          note_event(tx, *message, now, "uncertain", {});
      }
      break;
    case SendOutcome::NotSent:
      record_not_sent(tx, result, now);
      break;
    case SendOutcome::Rejected:
      if (const auto message = tx.outbox.find_by_attempt(result.creditor_id, result.attempt_id)) {
        if (message->channel == Channel::WhatsApp)
          record_rejection(tx, desk, *message, result, now);
        else
          record_refused_invitation(tx, *message, result, now);
      }
      break;
  }
}

}  // namespace

std::vector<SendResult> record_results(Tx& tx, const Desk& desk,
                                       std::span<const SendResult> results, Instant now,
                                       store::Hold how) {
  std::vector<SendResult> left;
  std::vector<std::pair<CreditorId, DebtorId>> people;
  for (const auto& result : results) people.emplace_back(result.creditor_id, result.debtor_id);
  hold_people(tx, people, how);
  std::vector<store::Acceptance> acceptances;
  for (const auto& result : results) {
    if (!tx.debtors.holds(result.debtor_id)) {  // Another node is busy with them.
      left.push_back(result);
    } else if (result.outcome == SendOutcome::Accepted) {
      acceptances.push_back(
          {result.creditor_id, result.message_id, result.attempt_id, result.platform_id});
    } else {
      record_other(tx, desk, result, now);
    }
  }
  const IdSet accepted = tx.outbox.to_accepted(acceptances);
  for (const auto& result : results) {
    if (result.outcome != SendOutcome::Accepted || !accepted.has(result.message_id.value)) continue;
    note_event(tx, {result.message_id, result.creditor_id, result.debtor_id}, now, "accepted",
               fmt::format(R"({{"platform_id_sha256":"{}"}})", hex(sha256(result.platform_id))));
  }
  return left;
}

void rescue(Tx& tx, const Desk& desk, const Creditor& creditor, Instant now) {
  for (const auto& moved : tx.outbox.rescue_in_flight(creditor.id, now - desk.settings.answer_ms))
    note_event(tx, moved, now, "uncertain");
  const auto given_up = tx.outbox.give_up_uncertain(
      creditor.id, listening_since(deafness(tx), desk.settings.uncertain_gives_up_ms, now));
  std::vector<DebtorId> people;
  for (const auto& moved : given_up) people.push_back(moved.debtor_id);
  if (!people.empty()) tx.debtors.hold(creditor.id, std::move(people));
  for (const auto& moved : given_up) {
    note_event(tx, moved, now, "unconfirmed");
    if (const auto message = tx.outbox.find(creditor.id, moved.id)) answer_lost(tx, *message, now);
  }
}

void rescue_own(Tx& tx, CreditorId creditor, Instant now) {
  for (const auto& moved : tx.outbox.rescue_in_flight_of(creditor, tx.nodes.own().number))
    note_event(tx, moved, now, "uncertain");
}

}  // namespace puntual::engine
