// What people of the creditor do with their tasks and notes: who takes one, until when it waits,
// how it ended.
//
// A task ends with what became of it. What it made rest (a claim, a dispute, hardship, the talk
// itself) rests until somebody ends it, so closing can do so:
//
//   confirmed, rejected, settled   the matter is decided: what rested for it goes on (a dispute is
//   no dispute any more) done                           dealt with; what rests goes on resting
//
//   right                          the person was right, and the books say so by now: only
//   correcting
//                                  or withdrawing the invoice ends a dispute so
//
// That a payment was found changes no balance: money comes by the books, and a claim of which they
// know nothing, or only what was used up for another debt before it, cannot be `confirmed`
// (Conflict). Call within a write.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/store.h"

namespace puntual {

enum class TaskOutcome : uint8_t { Confirmed, Rejected, Settled, Done, Right };
[[nodiscard]] std::string_view text_of(TaskOutcome outcome);  // "confirmed"
[[nodiscard]] std::optional<TaskOutcome> task_outcome_of(std::string_view text);

namespace engine {

// Empty assignee: nobody's again. Conflict when it is closed, NotFound when there is none.
Result<void> assign_task(Tx& tx, const Creditor& creditor, int64_t task, std::string_view assignee,
                         std::string_view by, Instant now);
// Does not wait for anybody until then, or until the person writes; none: waits again at once.
Result<void> snooze_task(Tx& tx, const Creditor& creditor, int64_t task,
                         std::optional<Instant> until, std::string_view by, Instant now);
// What rested for it goes on, for all records of the person, unless another open task of theirs
// rests for the same: with `done` only a talk that a person had, as a matter that stays as it is
// goes on resting. `through`: operator, api, ledger.
Result<void> close_task(Tx& tx, const Creditor& creditor, int64_t task, TaskOutcome outcome,
                        std::string_view by, Instant now, std::string_view through = "operator");

// All of it went to what is paid by now: it answers no claim about what is owed still.
[[nodiscard]] bool is_spent(Tx& tx, const Payment& payment);

// For the creditor's people; the person may read it when they ask what is held of them.
Result<void> add_note(Tx& tx, const Creditor& creditor, DebtorId debtor, std::string_view text,
                      std::string_view author, Instant now);

}  // namespace engine
}  // namespace puntual
