#include "engine/task_commands.h"

#include <algorithm>
#include <array>

#include "engine/note.h"
#include "engine/person_commands.h"
#include "engine/suspend.h"

namespace puntual {
namespace {

constexpr std::array<std::string_view, 5> kOutcomes = {"confirmed", "rejected", "settled", "done",
                                                       "right"};

}  // namespace

std::string_view text_of(TaskOutcome outcome) { return kOutcomes[static_cast<size_t>(outcome)]; }

std::optional<TaskOutcome> task_outcome_of(std::string_view text) {
  const auto found = std::ranges::find(kOutcomes, text);
  return found == kOutcomes.end()
             ? std::nullopt
             : std::optional(static_cast<TaskOutcome>(found - kOutcomes.begin()));
}

namespace engine {
namespace {

using store::SuspensionKind;
using store::TaskKind;

constexpr int64_t kLookAgainMs = 30 * kDayMs;

// The person of the task is held from here on.
Result<store::Task> open_task(Tx& tx, const Creditor& creditor, int64_t id, std::string_view by) {
  if (by.empty()) return fail(ErrorCode::Invalid, "who does so is missing (by)");
  const auto known = tx.tasks.find(creditor.id, id);
  if (!known) return fail(ErrorCode::NotFound, "task {} does not exist", id);
  tx.debtors.hold_with_kin(creditor.id, known->debtor_id);
  auto task = tx.tasks.find(creditor.id, id);
  if (task->closed_at)
    return fail(ErrorCode::Conflict, "task {} was closed by {} ({})", id, task->closed_by,
                task->outcome);
  return *std::move(task);
}

void note_task(Tx& tx, const store::Task& task, Instant now, std::string_view kind,
               std::string_view what, std::string_view by) {
  note(tx, task.creditor_id, task.debtor_id, now, kind,
       fmt::format("{}{}{} by {}", text_of(task.kind), what.empty() ? "" : " ", what, by));
}

constexpr int kClaimedDaysBefore = 15;

bool owes(Tx& tx, const Creditor& creditor, DebtorId record) {
  return !tx.invoices.open_of(creditor.id, record).empty();
}

// Whether the books know a payment that the claim may speak of: recorded since, or paid in the days
// before it and not used up for another debt.
bool is_claim_in_books(Tx& tx, const Creditor& creditor, const store::Task& claim) {
  const CivilDate since = Zone::of(creditor.zone).local(claim.opened_at).date - kClaimedDaysBefore;
  const auto records = tx.debtors.records_of(*tx.debtors.find(creditor.id, claim.debtor_id));
  const bool still_owes =
      std::ranges::any_of(records, [&](DebtorId record) { return owes(tx, creditor, record); });
  return std::ranges::any_of(records, [&](DebtorId record) {
    return std::ranges::any_of(tx.payments.of_debtor(creditor.id, record), [&](const Payment& one) {
      return one.returned_minor < one.amount.minor &&
             (one.recorded_at >= claim.opened_at ||
              (one.paid_on >= since && !(still_owes && is_spent(tx, one))));
    });
  });
}

// A matter that a person has seen to and that goes on resting is looked at again: nothing rests for
// ever unseen.
void look_again_later(Tx& tx, const store::Task& task, Instant now) {
  const int64_t id = raise_task(
      tx, task.creditor_id, task.debtor_id, task.kind,
      "Sigue en pausa desde que se cerró esta tarea. ¿Ya se puede seguir con los recordatorios?",
      now);
  PUNTUAL_CHECK(tx.tasks.snooze(*tx.tasks.find(task.creditor_id, id), now + kLookAgainMs));
}

bool waits_with(Tx& tx, CreditorId creditor, DebtorId record, SuspensionKind kind) {
  return std::ranges::any_of(tx.tasks.of_debtor(creditor, record), [&](const store::Task& one) {
    return !one.closed_at && rest_for(one.kind) == kind;
  });
}

bool rests_until_a_day(Tx& tx, CreditorId creditor, DebtorId id, SuspensionKind kind, Instant now) {
  return std::ranges::any_of(
      tx.suspensions.active(creditor, id, now),
      [&](const store::Suspension& one) { return one.kind == kind && one.until; });
}

// The person's records rest together, and go on together once no task of any of them keeps them
// resting.
void go_on(Tx& tx, const Creditor& creditor, DebtorId id, SuspensionKind kind,
           std::string_view through, Instant now) {
  const auto records = tx.debtors.records_of(*tx.debtors.find(creditor.id, id));
  if (std::ranges::any_of(records,
                          [&](DebtorId one) { return waits_with(tx, creditor.id, one, kind); }))
    return;
  for (const auto one : records) end_suspension(tx, creditor.id, one, kind, through, now);
}

}  // namespace

Result<void> assign_task(Tx& tx, const Creditor& creditor, int64_t id, std::string_view assignee,
                         std::string_view by, Instant now) {
  ASSIGN_OR_RETURN(const store::Task task, open_task(tx, creditor, id, by));
  if (task.assignee == assignee) return {};
  PUNTUAL_CHECK(tx.tasks.assign(task, assignee));
  note_task(tx, task, now, "task_assigned",
            assignee.empty() ? std::string("to nobody") : fmt::format("to {}", assignee), by);
  return {};
}

Result<void> snooze_task(Tx& tx, const Creditor& creditor, int64_t id, std::optional<Instant> until,
                         std::string_view by, Instant now) {
  ASSIGN_OR_RETURN(const store::Task task, open_task(tx, creditor, id, by));
  if (until && *until <= now)
    return fail(ErrorCode::Invalid, "until lies in the past ({})", format_utc(*until));
  PUNTUAL_CHECK(tx.tasks.snooze(task, until));
  note_task(tx, task, now, "task_snoozed",
            until ? fmt::format("until {}", format_utc(*until)) : std::string("no longer"), by);
  return {};
}

Result<void> close_task(Tx& tx, const Creditor& creditor, int64_t id, TaskOutcome outcome,
                        std::string_view by, Instant now, std::string_view through) {
  ASSIGN_OR_RETURN(const store::Task task, open_task(tx, creditor, id, by));
  // Nobody is told that their payment was found, and reminded of the debt the day after.
  if (outcome == TaskOutcome::Confirmed && task.kind == TaskKind::PaymentClaim &&
      through != "ledger" && !is_claim_in_books(tx, creditor, task)) {
    return fail(
        ErrorCode::Conflict,
        "los libros no tienen ningún pago desde {} días antes de este aviso, o solo uno que "
        "ya saldó otra factura: registre el pago y la tarea se cierra con él; si no aparece, "
        "ciérrela como "
        "'rejected' (se sigue recordando) o 'settled' (se sigue el día que se le dijo)",
        kClaimedDaysBefore);
  }
  // Nobody is told that they are right, and reminded of the same sum the day after.
  if (outcome == TaskOutcome::Right && through != "ledger") {
    return fail(ErrorCode::Conflict,
                "si la persona tiene razón, corrija o retire la factura: la tarea se cierra con "
                "eso (puntual invoice correct, puntual invoice withdraw)");
  }
  PUNTUAL_CHECK(tx.tasks.close(task, by, text_of(outcome), now));
  note_task(tx, task, now, "task_closed", text_of(outcome), by);
  if (outcome == TaskOutcome::Rejected && task.debtor_id)
    lift_doubt(tx, creditor, task.debtor_id, task.summary, by, now);
  if (outcome == TaskOutcome::Confirmed && task.kind == TaskKind::StopDoubt)
    return stop_person(tx, creditor, task.debtor_id,
                       {.channel = {}, .by = "operator", .why = task.summary}, now);
  const auto resting = rest_for(task.kind);
  // A matter may stay as it is and rest; a talk that nobody has any more goes back to the bot, or
  // they would wait for ever.
  if (!resting) return {};
  const bool was_told_a_day = resting == SuspensionKind::Claim &&
                              rests_until_a_day(tx, creditor.id, task.debtor_id, *resting, now);
  if (outcome == TaskOutcome::Done && resting != SuspensionKind::Person) {
    if (!was_told_a_day) look_again_later(tx, task, now);
    return {};
  }
  // Only their money, or that somebody has looked and there is none, makes it an earlier one.
  if (outcome == TaskOutcome::Settled && was_told_a_day) return {};
  go_on(tx, creditor, task.debtor_id, *resting, through, now);
  if (task.kind != TaskKind::Dispute) return {};
  return clear_flag(tx, creditor, task.debtor_id,
                    {.flag = CaseFlag::Disputed, .by = "operator", .set_through = {}}, now);
}

bool is_spent(Tx& tx, const Payment& payment) {
  return payment.unapplied_minor == 0 &&
         std::ranges::none_of(
             tx.payments.applied_of(payment.creditor_id, payment.id), [&](const auto& part) {
               return tx.invoices.balance_of(payment.creditor_id, part.invoice_id).owed_minor() > 0;
             });
}

Result<void> add_note(Tx& tx, const Creditor& creditor, DebtorId id, std::string_view text,
                      std::string_view author, Instant now) {
  tx.debtors.hold_with_kin(creditor.id, id);
  const auto debtor = tx.debtors.find(creditor.id, id);
  if (!debtor) return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
  if (debtor->erased_at)
    return fail(
        ErrorCode::Conflict,
        "the data of this person were erased at their wish: nothing is written down of them");
  if (text.empty() || author.empty())
    return fail(ErrorCode::Invalid, "{} is missing",
                text.empty() ? "the text of the note" : "who writes it (by)");
  tx.notes.add(creditor.id, id, author, text, now, tx.ids);
  note(tx, creditor.id, id, now, "note_added", fmt::format("by {}", author));
  return {};
}

}  // namespace engine
}  // namespace puntual
