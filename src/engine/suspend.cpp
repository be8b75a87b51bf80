#include "engine/suspend.h"

#include "base/json.h"
#include "engine/note.h"

namespace puntual::engine {

using store::Suspension;
using store::SuspensionKind;

void suspend(Tx& tx, CreditorId creditor, DebtorId debtor, const Suspension& suspension,
             Instant now) {
  tx.suspensions.begin(creditor, debtor, suspension, now, tx.ids);
  const json::object facts{
      {"until", suspension.until ? json::value(suspension.until->ms) : json::value()}};
  tx.timeline.append({.creditor_id = creditor,
                      .debtor_id = debtor,
                      .at = now,
                      .kind = "suspended",
                      .detail = fmt::format("{} {}", text_of(suspension.kind), suspension.through),
                      .facts = json::serialize(facts)},
                     tx.ids);
  // An agreement's own reminder is asked again when it is claimed: the agreement says it once, and
  // may outlast what rests now.
  for (const auto id : tx.outbox.cancel_planned(creditor, debtor, true, now,
                                                code_of(suspension.kind), kAgreementStep)) {
    note_cancelled(tx, creditor, debtor, id, now, code_of(suspension.kind));
  }
  tx.debtors.review_now(creditor, debtor, now);
}

bool end_suspension(Tx& tx, CreditorId creditor, DebtorId debtor, SuspensionKind kind,
                    std::string_view through, Instant now) {
  if (!tx.suspensions.end(creditor, debtor, kind, through, now)) return false;
  note(tx, creditor, debtor, now, "suspension_ended", fmt::format("{} {}", text_of(kind), through));
  tx.debtors.review_now(creditor, debtor, now);
  if (const auto agreement = tx.agreements.active_of(creditor, debtor))
    tx.agreements.set_review(*agreement, now);
  return true;
}

std::optional<SuspensionKind> rest_for(store::TaskKind kind) {
  using store::TaskKind;
  switch (kind) {
    case TaskKind::PaymentClaim:
      return SuspensionKind::Claim;
    case TaskKind::Dispute:
      return SuspensionKind::Dispute;
    case TaskKind::Hardship:
      return SuspensionKind::Hardship;
    case TaskKind::WantsPerson:
    case TaskKind::Complaint:
    case TaskKind::Unclear:
    case TaskKind::PlanBeyond:
    case TaskKind::Legal:
    case TaskKind::NeedsAnswer:
    case TaskKind::MustRead:
      return SuspensionKind::Person;
    case TaskKind::PaymentReversed:
      return SuspensionKind::Reversal;
    case TaskKind::BrokenPlan:
    case TaskKind::Unreachable:
    case TaskKind::ExtraPayment:
    case TaskKind::MoneyHeld:
    case TaskKind::Stranger:
    case TaskKind::OldDebt:
    case TaskKind::PlanChanged:
    case TaskKind::WebhookDown:
    case TaskKind::WordsRefused:
    case TaskKind::DataRight:  // A stop holds who wants to be forgotten; who asks what is known of
                               // them still owes.
    case TaskKind::StopDoubt:
    case TaskKind::Death:
      return std::nullopt;  // What holds the last two is a stop in doubt, and a flag of the case.
  }
  return std::nullopt;
}

std::optional<Rest> rest_of(std::span<const Suspension> suspensions, std::string_view step) {
  if (step == kPersonStep) return std::nullopt;
  std::optional<Rest> longest;
  for (const auto& one : suspensions) {
    if (one.kind == SuspensionKind::Agreement && step == kAgreementStep) continue;
    const bool is_longer =
        !longest || !one.until || (longest->until && *longest->until < *one.until);
    if (is_longer) longest = {.code = code_of(one.kind), .until = one.until};
  }
  return longest;
}

}  // namespace puntual::engine
