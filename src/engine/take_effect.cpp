#include "engine/take_effect.h"

#include <algorithm>
#include <array>

#include "core/compliance/business_days.h"
#include "engine/contact_facts.h"
#include "engine/note.h"
#include "engine/suspend.h"
#include "engine/take_over.h"

namespace puntual::engine {
namespace {

using store::SuspensionKind;
using store::TaskKind;

constexpr int kClaimDays = 3;  // Business days in which claimed money is looked for.

struct Effect {
  Move move;
  SuspensionKind rest;
  TaskKind task;
};
constexpr std::array<Effect, 8> kEffects = {{
    {Move::Claim, SuspensionKind::Claim, TaskKind::PaymentClaim},
    {Move::Receipt, SuspensionKind::Claim, TaskKind::PaymentClaim},
    {Move::Dispute, SuspensionKind::Dispute, TaskKind::Dispute},
    {Move::Hardship, SuspensionKind::Hardship, TaskKind::Hardship},
    {Move::CallPerson, SuspensionKind::Person, TaskKind::WantsPerson},
    {Move::CallForComplaint, SuspensionKind::Person, TaskKind::Complaint},
    {Move::CallForPlan, SuspensionKind::Person, TaskKind::PlanBeyond},
    {Move::CallForUnclear, SuspensionKind::Person, TaskKind::Unclear},
}};

}  // namespace

CivilDate claim_until(const Desk& desk, const Debtor& debtor, const Creditor& creditor, Instant now) {
  const CivilDate today = home_zone(debtor, creditor).local(now).date;
  return compliance::business_days_after(desk.law.book().find(creditor.country), today, kClaimDays);
}

std::string task_summary(TaskKind kind, std::string_view words) { return fmt::format("{}: «{}»", title_es(kind), words); }

void take_effect(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor, Move move, std::string_view words,
                 std::string_view through, Instant now) {
  const auto effect = std::ranges::find(kEffects, move, &Effect::move);
  if (effect == kEffects.end()) return;
  std::string summary = task_summary(effect->task, words);
  if (effect->rest == SuspensionKind::Person) {
    hand_off(tx, desk.settings, creditor.id, debtor.id, effect->task, std::move(summary), through, now);
    return;
  }
  std::optional<Instant> until;
  if (effect->rest == SuspensionKind::Claim) until = home_zone(debtor, creditor).instant(claim_until(desk, debtor, creditor, now) + 1, 0);
  suspend(tx, creditor.id, debtor.id, {.kind = effect->rest, .since = now, .until = until, .through = std::string(through)}, now);
  raise_task(tx, creditor.id, debtor.id, effect->task, std::move(summary), now, until);
}

}  // namespace puntual::engine
