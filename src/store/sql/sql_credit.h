// What a deed left of a payment to its person's credit. Thread: as its connection.
#pragma once

#include "base/id.h"
#include "base/time.h"
#include "store/db.h"

namespace puntual::store {

class Credit {
 public:
  explicit Credit(Connection& db) : db_(db) {}
  // Minor units that what was done at that moment took off invoices, less what it gave to others
  // (or the same) at once.
  [[nodiscard]] int64_t left_by(CreditorId creditor, PaymentId payment, Instant at);

 private:
  Connection& db_;
};

}  // namespace puntual::store
