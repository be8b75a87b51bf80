#include "engine/dispatch_outbox.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/failpoint.h"
#include "core/messaging/attempt_id.h"
#include "core/strategy/caps.h"
#include "engine/agreements.h"
#include "engine/answer.h"
#include "engine/answer_with_document.h"
#include "engine/contact_facts.h"
#include "engine/decision_record.h"
#include "engine/identify.h"
#include "engine/import_grace.h"
#include "engine/judge_message.h"
#include "engine/message_event.h"
#include "engine/on_ramp.h"
#include "engine/people_at_hand.h"
#include "engine/quarantine.h"
#include "engine/receiving.h"
#include "engine/send_request.h"

namespace puntual::engine {
namespace {

constexpr size_t kLeavingTogether = store::RowsInto::kTogether;
constexpr int kPrintedAtOnce =
    16;  // Some 5 ms each, in a transaction: the others leave a turn later.

// Of each queue what it may have: pages do not wait for the end of the words, and take at most half
// of the room from them.
struct Due {
  std::vector<OutboxMessage> messages;
  bool is_full = false;  // One of the queues may hold more.
};
Due due_for(Tx& tx, CreditorId creditor, Instant now, const ClaimRoom& room) {
  using store::Queue;
  const int pages_max = std::min(kPrintedAtOnce, room.whatsapp);
  auto words = tx.outbox.due(creditor, now, Queue::Words, room.whatsapp);
  auto pages = tx.outbox.due(creditor, now, Queue::Page, pages_max);
  auto invitations = tx.outbox.due(creditor, now, Queue::Invitation, room.elsewhere);
  const bool is_full = (room.whatsapp > 0 &&
                        (std::ssize(words) == room.whatsapp || std::ssize(pages) == pages_max)) ||
                       (room.elsewhere > 0 && std::ssize(invitations) == room.elsewhere);
  const auto whatsapp = static_cast<size_t>(room.whatsapp);
  words.resize(std::min(words.size(), std::max(whatsapp - pages.size(), (whatsapp + 1) / 2)));
  pages.resize(std::min(pages.size(), whatsapp - words.size()));
  std::ranges::move(pages, std::back_inserter(words));
  std::ranges::move(invitations, std::back_inserter(words));
  return {.messages = std::move(words), .is_full = is_full};
}

// What a message that leaves has said for good.
void note_said(Tx& tx, const Debtor& debtor, const OutboxMessage& message, Instant now) {
  if (message.step == kOpenerStep) note_asked(tx, debtor, now);
  // The duty to tell hours and channels is met by this text (docs/countries; CO art. 5 Ley 2300,
  // checked 2026-11-21).
  if (message.step == kToldStep) {
    note_event(tx, message, now, "told_hours_channels", "whatsapp");
    tx.permissions.note_told(debtor.creditor_id, debtor.id, Channel::WhatsApp, now,
                             fmt::format("message {}", message.id.value), now, tx.ids);
  }
}

}  // namespace

bool has_due(Tx& tx, CreditorId creditor, Instant now, const ClaimRoom& room) {
  using store::Queue;
  const auto is_due = [&](Queue queue) {
    const auto next = tx.outbox.next_due(creditor, queue);
    return next && *next <= now;
  };
  return (room.whatsapp > 0 && (is_due(Queue::Words) || is_due(Queue::Page))) ||
         (room.elsewhere > 0 && is_due(Queue::Invitation));
}

std::string sending_lease(const Creditor& creditor) { return "send:" + creditor.phone_number_id; }

std::vector<SendRequest> claim_allowed(Tx& tx, const Desk& desk, const Creditor& creditor,
                                       Instant now, const ClaimRoom& room, DispatchReport& report) {
  std::vector<SendRequest> requests;
  // One node at a time sends from a number, so that its pace is kept by one; and no pause comes in
  // between.
  if (quarantine_of(tx) || !tx.nodes.take_lease(sending_lease(creditor)) ||
      !tx.creditors.hold_unpaused(creditor.id))
    return requests;
  auto [due, is_full] = due_for(tx, creditor.id, now, room);
  if (due.empty()) return requests;
  std::vector<DebtorId> ids;
  for (const auto& message : due) ids.push_back(message.debtor_id);
  const auto resting =
      resting_after_import(tx, desk.settings, creditor.id, store::People(ids), now);
  PeopleAtHand people(tx, creditor.id, std::move(ids), now, desk.law);
  Approvals approvals(tx, creditor.id);
  const auto& node = tx.nodes.own();
  const Instant deadline = now + std::min(desk.settings.send_deadline_ms, node.left_ms);
  // They go in flight together; not all at once, as what was just written is still at hand.
  struct Leaving {
    const OutboxMessage* message;
    const Debtor* debtor;
    store::Departure departure;
    store::TimelineEvent sending;
    SendRequest request;
  };
  std::vector<Leaving> leaving;
  const auto let_go = [&] {
    if (leaving.empty()) return;
    std::vector<store::Departure> departures;
    for (auto& one : leaving) departures.push_back(std::move(one.departure));
    const IdSet in_flight = tx.outbox.to_in_flight(creditor.id, departures, now, deadline);
    for (auto& [message, debtor, departure, sending, request] : leaving) {
      if (!in_flight.has(message->id.value)) continue;
      tx.timeline.append(std::move(sending), tx.ids);
      note_said(tx, *debtor, *message, now);
      requests.push_back(std::move(request));
      failpoint("dispatch.in_flight");
      ++report.claimed;
    }
    leaving.clear();
  };
  requests.reserve(due.size());
  for (auto& message : due) {
    if (!people.has(message.debtor_id))
      continue;  // Another node is busy with them: in the next turn.
    report.more = report.more || is_full;
    // What one of theirs, or of their kin's, that leaves says of them is read with them.
    if (people.has_changed(message.debtor_id)) let_go();
    const PersonAtHand& person = people.of(message.debtor_id);
    const Debtor& debtor = person.debtor;
    Case c{.message = message,
           .person = person,
           .zone = home_zone(debtor, creditor),
           .request = person.facts.request(debtor, creditor, message.purpose, desk.law),
           .now = now,
           .approvals = approvals};
    Claim claim = judge(tx, desk, creditor, c);
    if (claim.answer == Claim::Answer::Send) {
      if (const auto rests = resting.find(debtor.id);
          rests != resting.end() && is_collection(message.purpose)) {
        claim.put_off("IMPORT_GRACE", rests->second);
      } else if (const auto trouble = approvals.trouble_of(message)) {
        claim.put_off(*trouble, now + kTemplateRetryMs);
      } else if (const Instant at =
                     desk.pair_pace->next_at(address_on(debtor, message.channel), now);
                 at > now) {
        claim.put_off("PAIR_PACE", at);
      }
    }
    std::optional<Attachment> attachment;
    if (claim.answer == Claim::Answer::Send && !message.attach.empty())
      attachment = print_for(tx, desk, creditor, c, claim);
    failpoint("dispatch.judged");
    switch (claim.answer) {
      case Claim::Answer::Send: {
        store::Attempt attempt{.id = messaging::attempt_id_of(message.id, desk.random.next()),
                               .salt = desk.random.hex128(),
                               .node = node.number};
        const std::string pack_version(claim.decision->pack_version);
        auto sending = message_event(
            message, now, "sending",
            claim.reasons.empty() ? pack_version : pack_version + " " + claim.reasons,
            facts_of_sending(
                c.told(claim),
                {.attempt_id = attempt.id,
                 .to = commitment_to(attempt.salt, address_on(debtor, message.channel)),
                 .document_sha256 = attachment ? hex(sha256(attachment->bytes)) : std::string()},
                now));
        auto request = request_of(tx, desk, creditor, debtor, message, attempt.id,
                                  std::move(attachment), deadline);
        leaving.push_back({.message = &message,
                           .debtor = &debtor,
                           .departure = {.id = message.id,
                                         .debtor_id = debtor.id,
                                         .attempt = std::move(attempt),
                                         .pack_version = pack_version},
                           .sending = std::move(sending),
                           .request = std::move(request)});
        people.changed(message.debtor_id);
        if (leaving.size() == kLeavingTogether) let_go();
        break;
      }
      case Claim::Answer::Cancel:
        if (tx.outbox.to_cancelled(creditor.id, message.id, now, claim.reasons)) {
          note_event(tx, message, now, "cancelled", claim.reasons, c.why_not(claim));
          const bool is_retaken =
              claim.reasons == "BALANCE_CHANGED" && retake_turn(tx, message, now);
          if (message.purpose == Purpose::Reply && !is_retaken)
            answer_lost(tx, message, now);  // To ask who they are has become needless.
        }
        if (claim.reasons.starts_with("IDENTITY_"))
          tx.debtors.review_now(creditor.id, message.debtor_id, now);
        ++report.cancelled;
        break;
      case Claim::Answer::Postpone:
        tx.outbox.postpone(creditor.id, message.id, *claim.next_allowed, claim.reasons);
        if (message.reasons != claim.reasons) {
          note_event(tx, message, now, "postponed", claim.reasons, c.why_not(claim));
        }
        ++report.postponed;
        break;
      case Claim::Answer::Expire:
        if (tx.outbox.to_expired(creditor.id, message.id, now, claim.reasons)) {
          note_event(tx, message, now, "expired", claim.reasons, c.why_not(claim));
          answer_lost(tx, message, now);
        }
        ++report.expired;
        break;
    }
  }
  let_go();
  return requests;
}

}  // namespace puntual::engine
