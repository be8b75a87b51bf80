// One line on a person's timeline: what happened, in codes and short values, without personal data.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/store.h"

namespace puntual::engine {

inline void note(Tx& tx, CreditorId creditor, DebtorId debtor, Instant now, std::string_view kind,
                 std::string_view detail = {}) {
  tx.timeline.append({.creditor_id = creditor,
                      .debtor_id = debtor,
                      .at = now,
                      .kind = std::string(kind),
                      .detail = std::string(detail)},
                     tx.ids);
}

// A message that was planned is not said any more.
inline void note_cancelled(Tx& tx, CreditorId creditor, DebtorId debtor, MessageId message,
                           Instant now, std::string_view why) {
  tx.timeline.append({.creditor_id = creditor,
                      .debtor_id = debtor,
                      .at = now,
                      .kind = "cancelled",
                      .message_id = message,
                      .detail = std::string(why)},
                     tx.ids);
}

// A person of the creditor has something to do; its id.
inline int64_t raise_task(Tx& tx, CreditorId creditor, DebtorId debtor, store::TaskKind kind,
                          std::string summary, Instant now, std::optional<Instant> due_at = {}) {
  store::Task task;
  task.creditor_id = creditor;
  task.debtor_id = debtor;
  task.kind = kind;
  task.summary = std::move(summary);
  task.due_at = due_at;
  const int64_t id = tx.tasks.open(task, now, tx.ids);
  note(tx, creditor, debtor, now, "task_opened", text_of(kind));
  return id;
}

}  // namespace puntual::engine
