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

// What a person of the creditor has to do after a move; the reminders rest as that task says
// (rest_for).
struct Effect {
  Move move;
  TaskKind task;
  std::string_view title_es = {};  // Where the task's own would say what they have not.
};
constexpr std::array<Effect, 13> kEffects = {{
    {Move::Claim, TaskKind::PaymentClaim},
    {Move::Receipt, TaskKind::PaymentClaim},
    {Move::ClaimAgain, TaskKind::PaymentClaim},
    {Move::Dispute, TaskKind::Dispute},
    {Move::Hardship, TaskKind::Hardship},
    {Move::Illness, TaskKind::Hardship, "Cuenta de una enfermedad o una urgencia en casa"},
    {Move::CallPerson, TaskKind::WantsPerson},
    {Move::CallForComplaint, TaskKind::Complaint},
    {Move::CallForPlan, TaskKind::PlanBeyond},
    {Move::CallForUnclear, TaskKind::Unclear},
    {Move::CallForLaw, TaskKind::Legal},
    {Move::CallToRead, TaskKind::MustRead},
    {Move::CallToAnswer, TaskKind::NeedsAnswer},
}};

bool waits(Tx& tx, CreditorId creditor, DebtorId debtor, TaskKind kind) {
  return std::ranges::any_of(tx.tasks.of_debtor(creditor, debtor), [&](const store::Task& one) {
    return !one.closed_at && one.kind == kind;
  });
}

bool rests_without_end(Tx& tx, CreditorId creditor, DebtorId debtor, Instant now) {
  return std::ranges::any_of(
      tx.suspensions.active(creditor, debtor, now),
      [](const store::Suspension& one) { return one.kind == SuspensionKind::Claim && !one.until; });
}

}  // namespace

CivilDate claim_until(const Desk& desk, const Debtor& debtor, const Creditor& creditor,
                      Instant now) {
  const CivilDate today = home_zone(debtor, creditor).local(now).date;
  return compliance::business_days_after(desk.law.book().find(creditor.country), today, kClaimDays);
}

std::string task_summary(TaskKind kind, std::string_view words) {
  return fmt::format("{}: «{}»", title_es(kind), words);
}

std::string_view wish_es(Intent intent) {
  switch (intent) {
    case Intent::Paid:
      return "dice que ya pagó";
    case Intent::Promise:
      return "dice que va a pagar";
    case Intent::CannotPay:
      return "dice que no puede pagar";
    case Intent::WantsPlan:
      return "pide un plan";
    case Intent::WantsToPay:
      return "pregunta cómo pagar";
    case Intent::AsksBalance:
      return "pregunta cuánto debe";
    case Intent::AsksInvoice:
      return "pide su factura";
    case Intent::WantsPerson:
      return "pide hablar con una persona";
    case Intent::Dispute:
      return "no está de acuerdo con lo que se le cobra";
    default:
      return {};
  }
}

void take_effect(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor,
                 Move move, std::string_view words, std::string_view through, Instant now,
                 std::string_view answered_es) {
  const auto effect = std::ranges::find(kEffects, move, &Effect::move);
  if (effect == kEffects.end()) return;
  std::string summary = effect->title_es.empty() ? task_summary(effect->task, words)
                                                 : fmt::format("{}: «{}»", effect->title_es, words);
  if (!answered_es.empty()) summary += fmt::format(". {}", answered_es);
  // Told once more while nobody has looked: what rests goes on resting, and it is late. Whoever has
  // looked has closed the task, and then a word alone rests nothing again.
  const bool is_unlooked =
      effect->task == TaskKind::PaymentClaim && waits(tx, creditor.id, debtor.id, effect->task);
  const bool rests_on = is_unlooked && (move == Move::ClaimAgain ||
                                        rests_without_end(tx, creditor.id, debtor.id, now));
  const auto rest = move == Move::ClaimAgain && !rests_on ? std::nullopt : rest_for(effect->task);
  if (rests_on && move == Move::ClaimAgain)
    summary = fmt::format(
        "Lo dice otra vez, y nadie lo ha mirado: mírelo hoy, sus recordatorios descansan hasta "
        "entonces. {}",
        summary);
  if (rest == SuspensionKind::Person) {
    hand_off(tx, desk.settings, creditor.id, debtor.id, effect->task, std::move(summary), through,
             now);
    return;
  }
  std::optional<Instant> until;
  if (rest == SuspensionKind::Claim && rests_on)
    until = now;
  else if (rest == SuspensionKind::Claim)
    until = home_zone(debtor, creditor).instant(claim_until(desk, debtor, creditor, now) + 1, 0);
  if (rest)
    suspend(tx, creditor.id, debtor.id,
            {.kind = *rest,
             .since = now,
             .until = rests_on ? std::nullopt : until,
             .through = std::string(through)},
            now);
  raise_task(tx, creditor.id, debtor.id, effect->task, std::move(summary), now, until);
}

}  // namespace puntual::engine
