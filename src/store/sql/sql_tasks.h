// What a person of the creditor has to do for somebody: opened by what the machine heard and does
// not decide alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/held.h"
#include "store/people.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

enum class TaskKind : uint8_t {
  PaymentClaim,  // "Ya pagué": find the money.
  Dispute,
  Hardship,
  WantsPerson,
  Complaint,   // Insults as well.
  Unclear,     // Asked back in vain.
  PlanBeyond,  // Wants terms that the mandate does not allow.
  BrokenPlan,
  Unreachable,      // WhatsApp cannot reach them.
  PaymentReversed,  // Money of theirs was given or taken back: may they be reminded again?
  ExtraPayment,     // Paid twice, too much, or for what had ended: give it back, or keep it for the
                    // next invoice?
  MoneyHeld,        // A payment that cannot be booked as it is: another currency, another account.
  Stranger,         // A number that nobody knows has written.
  Death,            // Somebody has told of one.
  Legal,            // Insolvency, a court, an authority, a lawyer.
  OldDebt,          // Due so long ago that it may be prescribed.
  PlanChanged,      // What was agreed is not what is owed any more.
  WebhookDown,      // Nobody's: a system of the creditor is told of nothing any more.
  MustRead,         // Who writes, or whether they want silence, is in doubt: nothing is said until
                    // somebody has read it.
  WordsRefused,     // Nobody's: a text says what the rules forbid, and whoever it is for hears
                    // nothing.
  DataRight,    // Has asked for a right to their data: answered within its term (engine/rights.h).
  NeedsAnswer,  // Asks what only a person may answer ("¿me van a embargar?"), or tells of what only
                // a person mends.
  StopDoubt,  // May have said stop: nothing is sent until somebody has looked.
};
[[nodiscard]] std::string_view text_of(TaskKind kind);   // "payment_claim"
[[nodiscard]] std::string_view title_es(TaskKind kind);  // "Dice que ya pagó"
[[nodiscard]] std::optional<TaskKind> task_kind_of(std::string_view text);

struct Task {
  int64_t id = 0;
  CreditorId creditor_id;
  DebtorId debtor_id;  // 0: it is about nobody, but about the house.
  TaskKind kind = TaskKind::Unclear;
  std::string summary;  // Spanish, for who takes it; a further one of the same kind is added below;
                        // 2,000 characters, the last.
  Instant opened_at;
  std::optional<Instant> due_at;
  std::string assignee;  // Empty: nobody yet.
  std::optional<Instant> snoozed_until;
  std::optional<Instant> closed_at;
  std::string closed_by, outcome;
};

// Which open tasks: a snoozed one waits again when its time has come.
enum class TaskFilter : uint8_t { Waiting, Mine, Snoozed };

class Tasks {
 public:
  Tasks(Connection& db, PersonKeys& keys, const Held& held) : db_(db), keys_(keys), held_(held) {}
  // One open task of a kind a person: opened again, its summary grows, and the earlier due date
  // stays. Its id.
  int64_t open(const Task& task, Instant now, IdSource& ids);
  [[nodiscard]] std::optional<Task> find(CreditorId creditor, int64_t id);
  // All that are open, the oldest first.
  [[nodiscard]] std::vector<Task> waiting(CreditorId creditor);
  // Beyond the task `after`, the oldest first; Mine: what waits for this assignee.
  [[nodiscard]] std::vector<Task> page(CreditorId creditor, TaskFilter filter,
                                       std::string_view assignee, Instant now, int64_t after,
                                       int limit);
  // Whatever is open for this person and was put off waits again. False: nothing is open.
  bool wake(CreditorId creditor, DebtorId debtor);
  [[nodiscard]] std::vector<Task> of_debtor(CreditorId creditor, DebtorId debtor);
  // False when it is closed already.
  bool assign(const Task& task, std::string_view assignee);
  bool snooze(const Task& task, std::optional<Instant> until);
  bool close(const Task& task, std::string_view by, std::string_view outcome, Instant now);

 private:
  Connection& db_;
  PersonKeys& keys_;
  const Held& held_;
};

}  // namespace puntual::store
