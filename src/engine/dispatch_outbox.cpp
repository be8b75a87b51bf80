#include "engine/dispatch_outbox.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/failpoint.h"
#include "core/compliance/decide_read.h"
#include "core/messaging/attempt_id.h"
#include "core/strategy/caps.h"
#include "engine/agreements.h"
#include "engine/answer.h"
#include "engine/answer_with_document.h"
#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/decision_record.h"
#include "engine/pause.h"
#include "engine/receiving.h"
#include "engine/identify.h"
#include "engine/import_grace.h"
#include "engine/on_ramp.h"
#include "engine/pay_links.h"
#include "engine/people_at_hand.h"
#include "engine/quarantine.h"
#include "engine/read_once.h"
#include "engine/rewrite.h"
#include "engine/suspend.h"
#include "whatsapp/errors.h"
#include "whatsapp/payload.h"

namespace puntual::engine {
namespace {

// Somebody who could not be reached is left in peace for days (contract section 9, code 131026, checked 2026-11-21).
constexpr int64_t kUnreachableMs = 3 * kDayMs;
constexpr int64_t kTemplateRetryMs = 15 * kMinuteMs;
constexpr int64_t kRestAgainMs = 30 * kMinuteMs;
constexpr int kTriesWithDocument = 3;  // Then the words go alone.
constexpr int kPrintedAtOnce = 16;  // Some 5 ms each, in a transaction: the others leave a turn later.

store::TimelineEvent event_of(const OutboxMessage& message, Instant now, std::string_view kind, std::string_view detail, std::string facts) {
  return {.creditor_id = message.creditor_id, .debtor_id = message.debtor_id, .at = now, .kind = std::string(kind),
          .message_id = message.id, .invoice_id = message.lead_invoice_id, .payment_id = message.payment_id,
          .detail = std::string(detail), .facts = std::move(facts)};
}

void event(Tx& tx, const OutboxMessage& message, Instant now, std::string_view kind, std::string_view detail, std::string facts = {}) {
  tx.timeline.append(event_of(message, now, kind, detail, std::move(facts)), tx.ids);
}

void event(Tx& tx, const store::MovedMessage& moved, Instant now, std::string_view kind, std::string facts = {}) {
  tx.timeline.append({.creditor_id = moved.creditor_id, .debtor_id = moved.debtor_id, .at = now, .kind = std::string(kind),
                      .message_id = moved.id, .facts = std::move(facts)},
                     tx.ids);
}

// What to do with one planned message whose time has come.
struct Claim {
  enum class Answer : uint8_t { Send, Cancel, Postpone, Expire } answer = Answer::Cancel;
  std::string reasons;
  std::optional<Instant> next_allowed;  // What its record says of when it may be otherwise.
  std::optional<Decision> decision;     // None: there was no need to ask the gate.

  // It may leave, but not yet: for a reason that is not the gate's.
  void put_off(std::string why, Instant at) {
    answer = Answer::Postpone;
    reasons = std::move(why);
    next_allowed = at;
  }
};

// What the platform says of the templates of a batch: few names, asked for once each.
class Approvals {
 public:
  Approvals(Tx& tx, CreditorId creditor) : tx_(tx), creditor_(creditor) {}
  // A template must be approved when it is handed over; a planned message waits for that.
  [[nodiscard]] std::optional<std::string> trouble_of(const OutboxMessage& message) {
    if (message.kind != "template") return std::nullopt;
    auto known = std::ranges::find_if(known_, [&](const Known& one) { return one.name == message.template_name && one.language == message.language; });
    if (known == known_.end()) {
      known = known_.insert(known_.end(), {message.template_name, message.language, tx_.templates.status(creditor_, message.template_name, message.language)});
    }
    if (known->status == "APPROVED") return std::nullopt;
    return "TEMPLATE_" + (known->status.empty() ? "UNKNOWN" : known->status);
  }

 private:
  struct Known {
    std::string name, language, status;
  };
  Tx& tx_;
  CreditorId creditor_;
  std::vector<Known> known_;
};

// One planned message while it is judged.
struct Case {
  OutboxMessage& message;
  const PersonAtHand& person;
  Zone zone;
  ContactRequest request;
  Instant now;
  Approvals& approvals;

  // Without the gate having been asked.
  [[nodiscard]] static Claim no(Claim::Answer answer, std::string reasons, std::optional<Instant> until = {}) {
    return {.answer = answer, .reasons = std::move(reasons), .next_allowed = until, .decision = {}};
  }
  [[nodiscard]] Claim by_gate(Decision decision) const {
    Claim claim{.reasons = codes_of(decision), .next_allowed = decision.next_allowed, .decision = {}};
    if (decision.allowed) {
      claim.answer = Claim::Answer::Send;
    } else if (claim.next_allowed) {
      claim.answer = *claim.next_allowed < message.expires_at ? Claim::Answer::Postpone : Claim::Answer::Expire;
    }
    claim.decision = std::move(decision);
    return claim;
  }
  // The case as it is written down.
  [[nodiscard]] DecisionCase told(const Claim& claim) const {
    return {.request = request, .facts = person.facts, .decision = claim.decision ? &*claim.decision : nullptr, .message = &message,
            .zone = zone, .address = person.address, .reasons = claim.reasons};
  }
  [[nodiscard]] std::string why_not(const Claim& claim) const { return facts_of_no(told(claim), claim.next_allowed, now); }
};

// The step that a message was planned for; null when the strategy has changed since.
const Step* step_of(const Strategy& strategy, const OutboxMessage& message) {
  const std::string name = messaging::without_document_name(messaging::plain_name(message.template_name));
  for (const auto& cadence : strategy.cadences) {
    for (const auto& step : cadence.steps) {
      if (step.id == message.step && (step.template_name == name || step.template_many == name)) {
        return &step;
      }
    }
  }
  return nullptr;
}

std::vector<Invoice> still_owed(const PersonAtHand& person, const OutboxMessage& message) {
  std::vector<Invoice> open;
  for (const auto id : message.covered) {
    const auto invoice = std::ranges::find(person.owed, id, &Invoice::id);
    if (invoice != person.owed.end() && invoice->state == InvoiceState::Open) open.push_back(*invoice);
  }
  return open;
}

// A reminder says what is true when it leaves, not what was true when it was planned: paid invoices are no longer named,
// amounts are today's. Its document stays behind where the platform does not take it, or `no_document` says why: the words
// say as much without it.
Result<void> bring_up_to_date(Tx& tx, const Desk& desk, const Creditor& creditor, const Case& c, std::span<const Invoice> open,
                              std::string_view no_document = {}) {
  auto& [message, person, zone, request, now, approvals] = c;
  const Debtor& debtor = person.debtor;
  const Step* step = step_of(desk.strategy_of(creditor), message);
  const std::string before = messaging::without_document_name(message.template_name);
  std::string name = before;
  if (step != nullptr) name = open.size() > 1 && !step->template_many.empty() ? step->template_many : step->template_name;
  const std::string link = payment_link(tx, desk, creditor, debtor.id, open, person.links, now);
  ComposeRequest asked{.creditor = &creditor, .debtor = &debtor, .invoices = open, .template_name = name, .fallback_template = before,
                       .attach = step != nullptr && no_document.empty() ? step->attach : std::nullopt,
                       .today = home_zone(debtor, creditor).local(now).date, .payment_link = link};
  ASSIGN_OR_RETURN(OutboxMessage now_true, compose(tx, desk, asked));
  std::string why(no_document);
  if (!now_true.attach.empty()) {
    if (message.attempts >= kTriesWithDocument) why = "not uploaded";
    else why = approvals.trouble_of(now_true).value_or("");
    if (!why.empty()) {
      asked.attach.reset();
      ASSIGN_OR_RETURN(now_true, compose(tx, desk, asked));
    }
  }
  if (!why.empty() && !message.attach.empty()) event(tx, message, now, "document_left_out", why);
  (void)rewrite(tx, message, std::move(now_true), now);
  return {};
}

// What is owed now of all that it names.
int64_t owed_of(const PersonAtHand& person, const OutboxMessage& message) {
  int64_t owed = 0;
  for (const auto& invoice : person.owed) {
    if (std::ranges::find(message.covered, invoice.id) != message.covered.end()) owed += invoice.balance_minor;
  }
  return owed;
}

Claim judge(Tx& tx, const Desk& desk, const Creditor& creditor, Case& c) {
  using Answer = Claim::Answer;
  auto& [message, person, zone, request, now, approvals] = c;
  const Debtor& debtor = person.debtor;
  if (message.expires_at <= now) return c.no(Answer::Expire, "EXPIRED");
  if (debtor.erased_at) return c.no(Answer::Cancel, "ERASED");
  const bool is_on_ramp = message.channel != Channel::WhatsApp;
  request.channel = message.channel;
  if (address_on(debtor, message.channel).empty()) return c.no(Answer::Cancel, "NO_ADDRESS");
  // Also what was planned while the number was still believed to be theirs, or while nothing reached them.
  const auto unfit = is_on_ramp ? unfit_for_on_ramp(person, message.channel) : unfit_for(person.address, message.purpose);
  if (!unfit.empty()) return c.no(Answer::Cancel, std::string(unfit));
  if (const auto rest = rest_of(person.facts.suspensions, message.step); rest && is_collection(message.purpose)) {
    // The agreement says it once: it waits for the end of the rest as long as its day lasts.
    if (message.step == kAgreementStep) return c.no(Answer::Postpone, std::string(rest->code), now + kRestAgainMs);
    return c.no(Answer::Cancel, std::string(rest->code));
  }
  if (!is_on_ramp && is_collection(message.purpose) && debtor.unreachable_at && now - *debtor.unreachable_at < kUnreachableMs) {
    return c.no(Answer::Postpone, "UNREACHABLE", *debtor.unreachable_at + kUnreachableMs);
  }
  if (message.step == kAgreementStep) {
    if (!reminder_stands(tx, message)) return c.no(Answer::Cancel, "AGREEMENT_ENDED");
    const auto owed = still_owed(person, message);
    if (!owed.empty() && owed.front().due_on) request.days_past_due = zone.local(now).date - *owed.front().due_on;
  } else if (is_collection(message.purpose) && message.purpose != Purpose::IdentityCheck) {
    const auto open = still_owed(person, message);
    // The step is that of the debt in the lead: without it there is nothing to say today.
    if (open.empty() || open.front().id != message.lead_invoice_id) {
      request.case_flags |= 1 << static_cast<int>(CaseFlag::Paid);
    } else if (const auto done = bring_up_to_date(tx, desk, creditor, c, open); !done) {
      return c.no(Answer::Cancel, "text_failed");
    }
    if (!open.empty() && open.front().due_on) request.days_past_due = zone.local(now).date - *open.front().due_on;
  } else if (message.purpose == Purpose::IdentityCheck && person.owed.empty()) {
    request.case_flags |= 1 << static_cast<int>(CaseFlag::Paid);  // Nothing is left to speak of, so nobody is asked.
  }
  // Whatever it is for: it may have been written while the number was still theirs. The confirmation of a stop always leaves.
  if (!is_on_ramp && message.purpose != Purpose::OptOutAck && person.address.state != AddressState::Confirmed &&
      (message.kind == "document" || compliance::tells_of_debt(message.text))) {
    return c.no(Answer::Cancel, "IDENTITY_UNCONFIRMED");
  }
  // An answer tells what was owed when it was made, and is not rewritten: it answers words.
  if (turn_of(message) && owed_of(person, message) != message.balance.minor) return c.no(Answer::Cancel, "BALANCE_CHANGED");
  if (message.kind != "template" && !is_on_ramp && (!person.facts.last_inbound_at || now - *person.facts.last_inbound_at >= compliance::kServiceWindowMs)) {
    return c.no(Answer::Cancel, "SERVICE_WINDOW_CLOSED");
  }
  request.text = message.text;
  if (message.ttl_seconds > 0) request.ttl_seconds = ttl_with_margin(message.ttl_seconds, desk.settings);
  if (message.payment_id) {
    if (const auto payment = tx.payments.find(creditor.id, message.payment_id)) request.paid_at = payment->paid_at;
  }
  const auto text = read_once(message.text);
  Claim claim = c.by_gate(compliance::decide(request, text, now));
  if (claim.answer != Answer::Send || !is_collection(message.purpose)) return claim;
  const Strategy& strategy = desk.strategy_of(creditor);
  const Instant by_caps = strategy::earliest_by_caps(person.facts.history, strategy, zone, now, false, message.step == kAgreementStep ? strategy::kRestDaysAgreed : strategy::kRestDays);
  const Instant kinder = strategy::kinder_hour(strategy, zone, now);
  if (by_caps > now) {
    claim.put_off("STRATEGY_CAP", by_caps);
  } else if (kinder > now && compliance::decide(request, text, kinder).allowed) {
    claim.put_off("KINDER_HOUR", kinder);
  }
  return claim;
}

SendRequest request_of(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor, const OutboxMessage& message, std::string attempt_id,
                       std::optional<Attachment> attachment, Instant deadline) {
  SendRequest request{.creditor_id = creditor.id, .message_id = message.id, .debtor_id = debtor.id, .attempt_id = attempt_id, .phone_number_id = creditor.phone_number_id,
                      .recipient = address_on(debtor, message.channel), .body = {}, .deadline = deadline, .channel = message.channel};
  if (message.channel != Channel::WhatsApp) {
    request.body = message.text;
    request.link = message.body;
    request.stop_link = stop_link_of(tx, desk, debtor);
    return request;
  }
  const whatsapp::Envelope to{.phone = debtor.phone, .user_id = debtor.user_id, .attempt_id = attempt_id, .reply_to = {}};
  if (!attachment) {
    request.body = whatsapp::envelope(to, message.kind, message.body);
    return request;
  }
  auto [body, media_id_at] = message.kind == "template" ? whatsapp::document_template_body(to, message.body, attachment->file_name)
                                                        : whatsapp::document_body(to, attachment->file_name, message.text);
  request.body = std::move(body);
  attachment->name_at = media_id_at;
  request.attachment = std::move(attachment);
  return request;
}

// Prints what goes with the message. What cannot be printed is left out of a reminder, whose words say as much without it; an
// answer that is the document itself cannot leave.
std::optional<Attachment> print_for(Tx& tx, const Desk& desk, const Creditor& creditor, Case& c, Claim& claim) {
  auto made = print_document(tx, desk, creditor, c.person.debtor, c.message, c.now);
  if (made) return *std::move(made);
  if (c.message.kind == "template" && bring_up_to_date(tx, desk, creditor, c, still_owed(c.person, c.message), "not printed")) {
    c.request.text = c.message.text;
    if (const auto trouble = c.approvals.trouble_of(c.message)) claim.put_off(*trouble, c.now + kTemplateRetryMs);
    return std::nullopt;
  }
  claim.answer = Claim::Answer::Cancel;
  claim.reasons = "document_failed";
  return std::nullopt;
}

// Of each queue what it may have: pages do not wait for the end of the words, and take at most half of the room from them.
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
  const bool is_full = (room.whatsapp > 0 && (std::ssize(words) == room.whatsapp || std::ssize(pages) == pages_max)) ||
                       (room.elsewhere > 0 && std::ssize(invitations) == room.elsewhere);
  const auto whatsapp = static_cast<size_t>(room.whatsapp);
  words.resize(std::min(words.size(), std::max(whatsapp - pages.size(), (whatsapp + 1) / 2)));
  pages.resize(std::min(pages.size(), whatsapp - words.size()));
  std::ranges::move(pages, std::back_inserter(words));
  std::ranges::move(invitations, std::back_inserter(words));
  return {.messages = std::move(words), .is_full = is_full};
}

}  // namespace

bool has_due(Tx& tx, CreditorId creditor, Instant now, const ClaimRoom& room) {
  using store::Queue;
  const auto is_due = [&](Queue queue) {
    const auto next = tx.outbox.next_due(creditor, queue);
    return next && *next <= now;
  };
  return (room.whatsapp > 0 && (is_due(Queue::Words) || is_due(Queue::Page))) || (room.elsewhere > 0 && is_due(Queue::Invitation));
}

std::string sending_lease(const Creditor& creditor) { return "send:" + creditor.phone_number_id; }

std::vector<SendRequest> claim_allowed(Tx& tx, const Desk& desk, const Creditor& creditor, Instant now, const ClaimRoom& room,
                                       DispatchReport& report) {
  std::vector<SendRequest> requests;
  // One node at a time sends from a number, so that its pace is kept by one; and no pause comes in between.
  if (quarantine_of(tx) || !tx.nodes.take_lease(sending_lease(creditor)) || !tx.creditors.hold_unpaused(creditor.id)) return requests;
  auto [due, is_full] = due_for(tx, creditor.id, now, room);
  if (due.empty()) return requests;
  std::vector<DebtorId> ids;
  for (const auto& message : due) ids.push_back(message.debtor_id);
  const auto resting = resting_after_import(tx, desk.settings, creditor.id, store::People(ids), now);
  PeopleAtHand people(tx, creditor.id, std::move(ids), now, desk.law);
  Approvals approvals(tx, creditor.id);
  std::vector<store::TimelineEvent> sendings;  // One after the other they go into the database together.
  for (auto& message : due) {
    if (!people.has(message.debtor_id)) continue;  // Another node is busy with them: in the next turn.
    report.more = report.more || is_full;
    const PersonAtHand& person = people.of(message.debtor_id);
    const Debtor& debtor = person.debtor;
    Case c{.message = message, .person = person, .zone = home_zone(debtor, creditor),
           .request = person.facts.request(debtor, creditor, message.purpose, desk.law), .now = now, .approvals = approvals};
    Claim claim = judge(tx, desk, creditor, c);
    if (claim.answer == Claim::Answer::Send) {
      if (const auto rests = resting.find(debtor.id); rests != resting.end() && is_collection(message.purpose)) {
        claim.put_off("IMPORT_GRACE", rests->second);
      } else if (const auto trouble = approvals.trouble_of(message)) {
        claim.put_off(*trouble, now + kTemplateRetryMs);
      } else if (const Instant at = desk.pair_pace->next_at(address_on(debtor, message.channel), now); at > now) {
        claim.put_off("PAIR_PACE", at);
      }
    }
    std::optional<Attachment> attachment;
    if (claim.answer == Claim::Answer::Send && !message.attach.empty()) attachment = print_for(tx, desk, creditor, c, claim);
    failpoint("dispatch.judged");
    switch (claim.answer) {
      case Claim::Answer::Send: {
        const auto& node = tx.nodes.own();
        const Instant deadline = now + std::min(desk.settings.send_deadline_ms, node.left_ms);
        store::Attempt attempt{.id = messaging::attempt_id_of(message.id, desk.random.next()), .salt = desk.random.hex128(), .node = node.number};
        const std::string pack_version(claim.decision->pack_version);
        if (!tx.outbox.to_in_flight(message, attempt, now, deadline, pack_version)) break;
        sendings.push_back(event_of(message, now, "sending", claim.reasons.empty() ? pack_version : pack_version + " " + claim.reasons,
              facts_of_sending(c.told(claim), {.attempt_id = attempt.id, .to = commitment_to(attempt.salt, address_on(debtor, message.channel)),
                                               .document_sha256 = attachment ? hex(sha256(attachment->bytes)) : std::string()}, now)));
        if (message.step == kOpenerStep) note_asked(tx, debtor, now);
        // The duty to tell hours and channels is met by this text (docs/countries; CO art. 5 Ley 2300, checked 2026-11-21).
        if (message.step == kToldStep) {
          event(tx, message, now, "told_hours_channels", "whatsapp");
          tx.permissions.note_told(creditor.id, debtor.id, Channel::WhatsApp, now, fmt::format("message {}", message.id.value), now, tx.ids);
        }
        people.changed(message.debtor_id);
        requests.push_back(request_of(tx, desk, creditor, debtor, message, std::move(attempt.id), std::move(attachment), deadline));
        failpoint("dispatch.in_flight");
        ++report.claimed;
        break;
      }
      case Claim::Answer::Cancel:
        if (tx.outbox.to_cancelled(creditor.id, message.id, now, claim.reasons)) {
          event(tx, message, now, "cancelled", claim.reasons, c.why_not(claim));
          const bool is_retaken = claim.reasons == "BALANCE_CHANGED" && retake_turn(tx, message, now);
          if (message.purpose == Purpose::Reply && !is_retaken) answer_lost(tx, message, now);  // To ask who they are has become needless.
        }
        if (claim.reasons.starts_with("IDENTITY_")) tx.debtors.review_now(creditor.id, message.debtor_id, now);
        ++report.cancelled;
        break;
      case Claim::Answer::Postpone:
        tx.outbox.postpone(creditor.id, message.id, *claim.next_allowed, claim.reasons);
        if (message.reasons != claim.reasons) {
          event(tx, message, now, "postponed", claim.reasons, c.why_not(claim));
        }
        ++report.postponed;
        break;
      case Claim::Answer::Expire:
        if (tx.outbox.to_expired(creditor.id, message.id, now, claim.reasons)) {
          event(tx, message, now, "expired", claim.reasons, c.why_not(claim));
          answer_lost(tx, message, now);
        }
        ++report.expired;
        break;
    }
  }
  for (auto& sending : sendings) tx.timeline.append(std::move(sending), tx.ids);
  return requests;
}

namespace {

// Twice as long each time; for the limit of one pair four times, as Meta asks (4^X seconds, checked 2026-11-21).
int64_t delay_of(const whatsapp::ErrorReaction& reaction, int32_t attempts) {
  const int doublings = std::clamp(attempts - 1, 0, 10) * (reaction.reaction == whatsapp::Reaction::PairLimit ? 2 : 1);
  return reaction.first_delay_ms << std::min(doublings, 14);
}

// Nobody takes messages for them there: another way is looked for, or a person.
void record_refused_invitation(Tx& tx, const OutboxMessage& message, const SendResult& result, Instant now) {
  if (!tx.outbox.to_rejected(message.creditor_id, message.id, result.attempt_id, now, result.error_code)) return;
  event(tx, message, now, "rejected", std::to_string(result.error_code));
  tx.debtors.review_now(message.creditor_id, message.debtor_id, now);
}

void record_rejection(Tx& tx, const Desk& desk, const OutboxMessage& message, const SendResult& result, Instant now) {
  using whatsapp::Reaction;
  const auto reaction = whatsapp::reaction_to(result.error_code, false);
  bool again = reaction.attempts_max > 0 && message.attempts <= reaction.attempts_max;
  int64_t delay = std::max(delay_of(reaction, message.attempts), result.retry_after_ms.value_or(0));
  if (reaction.reaction == Reaction::PairLimit) {
    if (const auto debtor = tx.debtors.find(message.creditor_id, message.debtor_id)) desk.pair_pace->refused(address_on(*debtor, message.channel), now);
  } else if (reaction.reaction == Reaction::Undeliverable) {
    tx.debtors.note_unreachable(message.creditor_id, message.debtor_id, now);
    tx.debtors.review_now(message.creditor_id, message.debtor_id, now);
  } else if (reaction.reaction == Reaction::StopNumber) {
    pause_sending(tx, message.creditor_id, now, fmt::format("{}: {}", result.error_code, reaction.meaning_es), std::to_string(result.error_code));
    again = true;
  } else if (reaction.reaction == Reaction::TemplateGone) {
    // Its messages wait until the platform says that it may be used again; see Approvals.
    tx.templates.save(message.creditor_id, {message.template_name, message.language, "PAUSED", "", "", now});
    again = true;
    delay = 0;
  }
  const std::string detail = std::to_string(result.error_code);  // The platform's own words may name the person.
  if (again) {
    if (tx.outbox.to_planned_again(message.creditor_id, message.id, result.attempt_id, now + delay, result.error_code)) event(tx, message, now, "try_later", detail);
  } else if (tx.outbox.to_rejected(message.creditor_id, message.id, result.attempt_id, now, result.error_code)) {
    event(tx, message, now, "rejected", detail);
    answer_lost(tx, message, now);
  }
}

void record_not_sent(Tx& tx, const SendResult& result, Instant now) {
  const Instant again_at = now + std::max<int64_t>(result.retry_after_ms.value_or(0), 5 * kSecondMs);
  if (!tx.outbox.to_planned_again(result.creditor_id, result.message_id, result.attempt_id, again_at, result.error_code)) return;
  const auto message = tx.outbox.find_by_attempt(result.creditor_id, result.attempt_id);
  PUNTUAL_CHECK(message.has_value());
  event(tx, *message, now, "try_later", std::to_string(result.error_code), facts_of_wait(again_at));
}

}  // namespace

std::vector<SendResult> record_results(Tx& tx, const Desk& desk, std::span<const SendResult> results, Instant now, store::Hold how) {
  std::vector<SendResult> left;
  std::vector<std::pair<CreditorId, DebtorId>> people;
  for (const auto& result : results) people.emplace_back(result.creditor_id, result.debtor_id);
  hold_people(tx, people, how);
  std::vector<const SendResult*> accepted;
  for (const auto& result : results) {
    if (!tx.debtors.holds(result.debtor_id)) {  // Another node is busy with them.
      left.push_back(result);
      continue;
    }
    switch (result.outcome) {
      case SendOutcome::Accepted:
        if (tx.outbox.to_accepted(result.creditor_id, result.message_id, result.attempt_id, result.platform_id)) {
          accepted.push_back(&result);
        }
        break;
      case SendOutcome::Unknown:
        if (tx.outbox.to_uncertain(result.creditor_id, result.message_id, result.attempt_id, result.error_code)) {
          if (const auto message = tx.outbox.find_by_attempt(result.creditor_id, result.attempt_id)) event(tx, *message, now, "uncertain", {});
        }
        break;
      case SendOutcome::NotSent:
        record_not_sent(tx, result, now);
        break;
      case SendOutcome::Rejected:
        if (const auto message = tx.outbox.find_by_attempt(result.creditor_id, result.attempt_id)) {
          if (message->channel == Channel::WhatsApp) record_rejection(tx, desk, *message, result, now);
          else record_refused_invitation(tx, *message, result, now);
        }
        break;
    }
  }
  for (const auto* result : accepted) {
    event(tx, {result->message_id, result->creditor_id, result->debtor_id}, now, "accepted",
          fmt::format(R"({{"platform_id_sha256":"{}"}})", hex(sha256(result->platform_id))));
  }
  return left;
}

void rescue(Tx& tx, const Desk& desk, const Creditor& creditor, Instant now) {
  for (const auto& moved : tx.outbox.rescue_in_flight(creditor.id, now - desk.settings.answer_ms)) event(tx, moved, now, "uncertain");
  const auto given_up = tx.outbox.give_up_uncertain(creditor.id, listening_since(deafness(tx), desk.settings.uncertain_gives_up_ms, now));
  std::vector<DebtorId> people;
  for (const auto& moved : given_up) people.push_back(moved.debtor_id);
  if (!people.empty()) tx.debtors.hold(creditor.id, std::move(people));
  for (const auto& moved : given_up) {
    event(tx, moved, now, "unconfirmed");
    if (const auto message = tx.outbox.find(creditor.id, moved.id)) answer_lost(tx, *message, now);
  }
}

void rescue_own(Tx& tx, CreditorId creditor, Instant now) {
  for (const auto& moved : tx.outbox.rescue_in_flight_of(creditor, tx.nodes.own().number)) event(tx, moved, now, "uncertain");
}

}  // namespace puntual::engine
