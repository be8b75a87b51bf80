// Amounts of invoices that a person has corrected, with who and why. Append-only.
#pragma once

#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/db.h"

namespace puntual::store {

struct Correction {
  int64_t id = 0;
  CreditorId creditor_id;
  DebtorId debtor_id;
  InvoiceId invoice_id;
  Instant at;
  int64_t told_minor = 0;  // The amount that the creditor's file tells, which is wrong.
  int64_t from_minor = 0, to_minor = 0;  // The amount before and after; to 0: withdrawn.
  std::string told_by, why;
};

// Call with the person held.
class Corrections {
 public:
  explicit Corrections(Connection& db) : db_(db) {}
  void add(const Correction& correction);
  // In the order in which they were made.
  [[nodiscard]] std::vector<Correction> of_invoice(CreditorId creditor, InvoiceId invoice);

 private:
  Connection& db_;
};

}  // namespace puntual::store
