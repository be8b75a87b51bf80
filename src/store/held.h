// Whom a transaction holds. Facts that decide whether somebody may be written to are written, and
// messages go in flight, only for people who are held: so what is decided and what it is decided on
// come one after the other, by the order of commits, on any number of nodes. The repositories check
// it, on SQLite too, where nobody else can write. Not checked, as they name no person: moves of a
// message by its id (by its state, in the WHERE), of an invoice by its id (state, step, balance,
// allocations: beside facts that are checked), and of everybody at once. Nor ledger entries, which
// are written with the payment or the invoice that they are of; nor Debtors::set_review and
// note_settled: they follow what was decided.
#pragma once

#include <cstdint>
#include <unordered_set>

#include "base/id.h"
#include "base/result.h"

namespace puntual::store {

class Held {
 public:
  void add(DebtorId person) { people_.insert(person.value); }
  [[nodiscard]] bool has(DebtorId person) const { return people_.contains(person.value); }
  // Nobody (0) need not be held. See Debtors::hold().
  void require(DebtorId person) const { PUNTUAL_CHECK(!person || has(person)); }

 private:
  std::unordered_set<int64_t> people_;  // Ids are unique within a deployment.
};

}  // namespace puntual::store
