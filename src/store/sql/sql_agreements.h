// What was agreed with people about their debts, and when each agreement is looked at next.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/agreements/agreement.h"
#include "store/held.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

class Agreements {
 public:
  Agreements(Connection& db, PersonKeys& keys, const Held& held)
      : db_(db), keys_(keys), held_(held) {}

  // One is active for a person at a time: end() the one before. Looked at next at `review_at`.
  void insert(const Agreement& agreement, Instant review_at);
  [[nodiscard]] std::optional<Agreement> find(CreditorId creditor, AgreementId id);
  // Without the words and their salt: nothing sealed is opened, so that it can be read where the
  // master key is not.
  [[nodiscard]] std::optional<Agreement> find_terms(CreditorId creditor, AgreementId id);
  [[nodiscard]] std::optional<Agreement> active_of(CreditorId creditor, DebtorId debtor);
  [[nodiscard]] std::vector<Agreement> of_debtor(CreditorId creditor, DebtorId debtor);
  // From active to an end. False when it has ended already.
  bool end(const Agreement& agreement, AgreementState state, Instant now);
  // What had ended turns out otherwise, as money of it has gone or come back. Active: it is looked
  // at again at once.
  void judge_again(const Agreement& agreement, AgreementState state, Instant now);

  // How the person has kept what they agreed to since then: of what was made, what was broken or
  // kept in part.
  struct Past {
    int32_t made = 0, kept = 0, broken = 0;
  };
  [[nodiscard]] Past past(CreditorId creditor, DebtorId debtor, Instant since);

  [[nodiscard]] agreements::Books books_of(const Agreement& agreement);

  // Money moved, or the debt: look at the person's active agreement at the next tick.
  void review_now(CreditorId creditor, DebtorId debtor, Instant now);
  void set_review(const Agreement& agreement, Instant at);
  [[nodiscard]] std::optional<Instant> next_review(CreditorId creditor);
  // Whose active agreement is to be looked at, the earliest first; on PostgreSQL those whom others
  // hold may be among them.
  [[nodiscard]] std::vector<DebtorId> due_for_review(CreditorId creditor, Instant now, int limit);

 private:
  [[nodiscard]] std::vector<Agreement> read(Rows rows);
  Connection& db_;
  PersonKeys& keys_;
  const Held& held_;
};

}  // namespace puntual::store
