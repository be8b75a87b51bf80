// Where the talk with each person stands. The state itself is the caller's
// (core/conversation/dialogue.h), sealed here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/held.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

struct DialogueRow {
  int64_t heard_to = 0;                     // Id of the last inbound message that was answered.
  std::string state;                        // JSON; empty: nothing was said yet.
  std::optional<Instant> turn_due_at = {};  // Not saved: a turn that was taken is due no more.
};

class Dialogues {
 public:
  Dialogues(Connection& db, PersonKeys& keys, const Held& held)
      : db_(db), keys_(keys), held_(held) {}
  // Something has come in: it is answered at `at`, together with what else comes until then. A
  // later `at` takes the place of an earlier one.
  void set_turn_due(CreditorId creditor, DebtorId debtor, Instant at);
  [[nodiscard]] std::optional<Instant> next_turn(CreditorId creditor);
  // How many people are to be answered.
  [[nodiscard]] int64_t waiting(CreditorId creditor);
  // Those whose turn has come, the longest wait first. Another node may be taking it: hold them,
  // and ask find() whether it is still due. (A row of a person is locked after the person, by
  // everybody.)
  [[nodiscard]] std::vector<DebtorId> due(CreditorId creditor, Instant now, int max);
  [[nodiscard]] DialogueRow find(CreditorId creditor, DebtorId debtor);
  // An id of a message of theirs must lie beyond what a turn has dealt with, whichever node makes
  // it and whatever its clock says: for IdSource::continue_after. Ask with the person held.
  [[nodiscard]] int64_t heard_by_any_node(CreditorId creditor, DebtorId debtor);
  // After a turn: nothing waits any more.
  void save(CreditorId creditor, DebtorId debtor, const DialogueRow& row);

 private:
  Connection& db_;
  PersonKeys& keys_;
  const Held& held_;
};

}  // namespace puntual::store
