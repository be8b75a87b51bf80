#include "engine/take_over.h"

#include <algorithm>

#include "engine/note.h"
#include "engine/suspend.h"

namespace puntual::engine {
namespace {

using store::Suspension;
using store::SuspensionKind;
using store::TaskKind;

bool waits_for_a_person(TaskKind kind) {
  return kind == TaskKind::WantsPerson || kind == TaskKind::Complaint ||
         kind == TaskKind::PlanBeyond || kind == TaskKind::Legal || kind == TaskKind::MustRead ||
         kind == TaskKind::NeedsAnswer;
}

std::optional<Suspension> taken_over(Tx& tx, CreditorId creditor, DebtorId debtor, Instant now) {
  const auto all = tx.suspensions.active(creditor, debtor, now);
  const auto found = std::ranges::find(all, SuspensionKind::Person, &Suspension::kind);
  return found == all.end() ? std::nullopt : std::optional(*found);
}

// What the bot was about to say is not said any more; the confirmation of a stop is no talk.
void drop_answers_of_bot(Tx& tx, CreditorId creditor, DebtorId debtor, Instant now) {
  const auto waiting = tx.outbox.planned_of(creditor, store::People({debtor}));
  for (const auto& message : waiting.front()) {
    if (message.purpose != Purpose::Reply || message.step == kPersonStep) continue;
    if (!tx.outbox.to_cancelled(creditor, message.id, now, code_of(SuspensionKind::Person)))
      continue;
    note_cancelled(tx, creditor, debtor, message.id, now, code_of(SuspensionKind::Person));
  }
}

void take_over(Tx& tx, CreditorId creditor, DebtorId debtor, std::optional<Instant> until,
               std::string_view through, Instant now) {
  drop_answers_of_bot(tx, creditor, debtor, now);
  const auto before = taken_over(tx, creditor, debtor, now);
  if (before && (!before->until || (until && *until <= *before->until))) return;
  suspend(tx, creditor, debtor,
          {.kind = SuspensionKind::Person,
           .since = now,
           .until = until,
           .through = std::string(through)},
          now);
}

}  // namespace

int64_t hand_off(Tx& tx, const EngineSettings& settings, CreditorId creditor, DebtorId debtor,
                 TaskKind kind, std::string summary, std::string_view through, Instant now) {
  const auto due_at =
      waits_for_a_person(kind) ? std::nullopt : std::optional(now + settings.person_ms);
  const int64_t id = raise_task(tx, creditor, debtor, kind, std::move(summary), now, due_at);
  take_over(tx, creditor, debtor, due_at, through, now);
  return id;
}

void person_spoke(Tx& tx, const EngineSettings& settings, CreditorId creditor, DebtorId debtor,
                  std::string_view through, Instant now) {
  take_over(tx, creditor, debtor, now + settings.person_ms, through, now);
}

bool leave_to_person(Tx& tx, CreditorId creditor, DebtorId debtor, Instant now) {
  if (!taken_over(tx, creditor, debtor, now)) return false;
  if (tx.tasks.wake(creditor, debtor)) return true;
  raise_task(tx, creditor, debtor, TaskKind::WantsPerson,
             "Escribió mientras una persona le atendía.", now);
  return true;
}

Result<void> release(Tx& tx, const Creditor& creditor, DebtorId id, std::string_view by,
                     Instant now) {
  tx.debtors.hold_with_kin(creditor.id, id);
  const auto debtor = tx.debtors.find(creditor.id, id);
  if (!debtor) return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
  // The same person's other records rest with this one.
  bool is_ended = false;
  for (const auto record : tx.debtors.records_of(*debtor))
    is_ended |= end_suspension(tx, creditor.id, record, SuspensionKind::Person, by, now);
  if (!is_ended)
    return fail(ErrorCode::Conflict,
                "no person has this conversation: there is nothing to release");
  return {};
}

}  // namespace puntual::engine
