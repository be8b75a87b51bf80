#include "engine/judge_message.h"

#include <algorithm>

#include "core/compliance/decide_read.h"
#include "core/strategy/caps.h"
#include "engine/agreements.h"
#include "engine/answer.h"
#include "engine/compose.h"
#include "engine/contact_facts.h"
#include "engine/identify.h"
#include "engine/message_event.h"
#include "engine/on_ramp.h"
#include "engine/pay_links.h"
#include "engine/read_once.h"
#include "engine/receiving.h"
#include "engine/rewrite.h"
#include "engine/suspend.h"

namespace puntual::engine {
namespace {

// Somebody who could not be reached is left in peace for days (contract section 9, code 131026,
// checked 2026-11-21).
constexpr int64_t kUnreachableMs = 3 * kDayMs;
constexpr int64_t kRestAgainMs = 30 * kMinuteMs;
constexpr int kTriesWithDocument = 3;  // Then the words go alone.

// The step that a message was planned for; null when the strategy has changed since.
const Step* step_of(const Strategy& strategy, const OutboxMessage& message) {
  const std::string name =
      messaging::without_document_name(messaging::plain_name(message.template_name));
  for (const auto& cadence : strategy.cadences) {
    for (const auto& step : cadence.steps) {
      if (step.id == message.step && (step.template_name == name || step.template_many == name)) {
        return &step;
      }
    }
  }
  return nullptr;
}

// What is owed now of all that it names.
int64_t owed_of(const PersonAtHand& person, const OutboxMessage& message) {
  int64_t owed = 0;
  for (const auto& invoice : person.owed) {
    if (std::ranges::find(message.covered, invoice.id) != message.covered.end())
      owed += invoice.balance_minor;
  }
  return owed;
}

}  // namespace

std::vector<Invoice> still_owed(const PersonAtHand& person, const OutboxMessage& message) {
  std::vector<Invoice> open;
  for (const auto id : message.covered) {
    const auto invoice = std::ranges::find(person.owed, id, &Invoice::id);
    if (invoice != person.owed.end() && invoice->state == InvoiceState::Open)
      open.push_back(*invoice);
  }
  return open;
}

Result<void> bring_up_to_date(Tx& tx, const Desk& desk, const Creditor& creditor, const Case& c,
                              std::span<const Invoice> open, std::string_view no_document) {
  auto& [message, person, zone, request, now, approvals] = c;
  const Debtor& debtor = person.debtor;
  const Step* step = step_of(desk.strategy_of(creditor), message);
  const std::string before = messaging::without_document_name(message.template_name);
  std::string name = before;
  if (step != nullptr)
    name =
        open.size() > 1 && !step->template_many.empty() ? step->template_many : step->template_name;
  const std::string link = payment_link(tx, desk, creditor, debtor.id, open, person.links, now);
  ComposeRequest asked{
      .creditor = &creditor,
      .debtor = &debtor,
      .invoices = open,
      .template_name = name,
      .fallback_template = before,
      .attach = step != nullptr && no_document.empty() ? step->attach : std::nullopt,
      .today = zone.local(now).date,
      .payment_link = link};
  if (no_document.empty() && is_as_made(tx, desk, asked, message)) return {};
  ASSIGN_OR_RETURN(OutboxMessage now_true, compose(tx, desk, asked));
  std::string why(no_document);
  if (!now_true.attach.empty()) {
    if (message.attempts >= kTriesWithDocument)
      why = "not uploaded";
    else
      why = approvals.trouble_of(now_true).value_or("");
    if (!why.empty()) {
      asked.attach.reset();
      ASSIGN_OR_RETURN(now_true, compose(tx, desk, asked));
    }
  }
  if (!why.empty() && !message.attach.empty())
    note_event(tx, message, now, "document_left_out", why);
  (void)rewrite(tx, message, std::move(now_true), now);
  return {};
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
  // Also what was planned while the number was still believed to be theirs, or while nothing
  // reached them.
  const auto unfit = is_on_ramp ? unfit_for_on_ramp(person, message.channel)
                                : unfit_for(person.address, message.purpose);
  if (!unfit.empty()) return c.no(Answer::Cancel, std::string(unfit));
  if (const auto rest = rest_of(person.facts.suspensions, message.step);
      rest && is_collection(message.purpose)) {
    // The agreement says it once: it waits for the end of the rest as long as its day lasts.
    if (message.step == kAgreementStep)
      return c.no(Answer::Postpone, std::string(rest->code), now + kRestAgainMs);
    return c.no(Answer::Cancel, std::string(rest->code));
  }
  if (!is_on_ramp && is_collection(message.purpose) && debtor.unreachable_at &&
      now - *debtor.unreachable_at < kUnreachableMs) {
    return c.no(Answer::Postpone, "UNREACHABLE", *debtor.unreachable_at + kUnreachableMs);
  }
  if (message.step == kAgreementStep) {
    if (!reminder_stands(tx, message)) return c.no(Answer::Cancel, "AGREEMENT_ENDED");
    const auto owed = still_owed(person, message);
    if (!owed.empty() && owed.front().due_on)
      request.days_past_due = zone.local(now).date - *owed.front().due_on;
  } else if (is_collection(message.purpose) && message.purpose != Purpose::IdentityCheck) {
    const auto open = still_owed(person, message);
    // The step is that of the debt in the lead: without it there is nothing to say today.
    if (open.empty() || open.front().id != message.lead_invoice_id) {
      request.case_flags |= 1 << static_cast<int>(CaseFlag::Paid);
    } else if (const auto done = bring_up_to_date(tx, desk, creditor, c, open); !done) {
      return c.no(Answer::Cancel, "text_failed");
    }
    if (!open.empty() && open.front().due_on)
      request.days_past_due = zone.local(now).date - *open.front().due_on;
  } else if (message.purpose == Purpose::IdentityCheck && person.owed.empty()) {
    request.case_flags |=
        1 << static_cast<int>(CaseFlag::Paid);  // Nothing is left to speak of, so nobody is asked.
  }
  // Whatever it is for: it may have been written while the number was still theirs. The
  // confirmation of a stop always leaves.
  if (!is_on_ramp && message.purpose != Purpose::OptOutAck &&
      person.address.state != AddressState::Confirmed &&
      (message.kind == "document" || compliance::tells_of_debt(message.text))) {
    return c.no(Answer::Cancel, "IDENTITY_UNCONFIRMED");
  }
  // An answer tells what was owed when it was made, and is not rewritten: it answers words.
  if (turn_of(message) && owed_of(person, message) != message.balance.minor)
    return c.no(Answer::Cancel, "BALANCE_CHANGED");
  if (message.kind != "template" && !is_on_ramp &&
      (!person.facts.last_inbound_at ||
       now - *person.facts.last_inbound_at >= compliance::kServiceWindowMs)) {
    return c.no(Answer::Cancel, "SERVICE_WINDOW_CLOSED");
  }
  request.text = message.text;
  if (message.ttl_seconds > 0)
    request.ttl_seconds = ttl_with_margin(message.ttl_seconds, desk.settings);
  if (message.payment_id) {
    if (const auto payment = tx.payments.find(creditor.id, message.payment_id))
      request.paid_at = payment->paid_at;
  }
  const auto text = read_once(message.text);
  Claim claim = c.by_gate(compliance::decide(request, text, now));
  if (claim.answer != Answer::Send || !is_collection(message.purpose)) return claim;
  const Strategy& strategy = desk.strategy_of(creditor);
  const Instant by_caps = strategy::earliest_by_caps(
      person.facts.history, strategy, zone, now, false,
      message.step == kAgreementStep ? strategy::kRestDaysAgreed : strategy::kRestDays);
  const Instant kinder = strategy::kinder_hour(strategy, zone, now);
  if (by_caps > now) {
    claim.put_off("STRATEGY_CAP", by_caps);
  } else if (kinder > now && compliance::decide(request, text, kinder).allowed) {
    claim.put_off("KINDER_HOUR", kinder);
  }
  return claim;
}

}  // namespace puntual::engine
