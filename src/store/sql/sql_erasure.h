// Destroying what is known of a person. What stays is pseudonymous: ids, money, dates, codes,
// consents, opt-outs, and the keyed hashes by which the same person is recognised when a file names
// them again.
#pragma once

#include "store/held.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

class Erasure {
 public:
  Erasure(Connection& db, PersonKeys& keys, const Held& held) : db_(db), keys_(keys), held_(held) {}
  // Destroys the key, empties what it sealed, cancels what is planned and clears the review. False:
  // there is no such person, or they were erased before. The caller writes the timeline, and has
  // Store::forget_log() called afterwards.
  bool erase(CreditorId creditor, DebtorId person, Instant now);

 private:
  Connection& db_;
  PersonKeys& keys_;
  const Held& held_;
};

}  // namespace puntual::store
