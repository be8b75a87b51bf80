// What paying late has cost, with what each row was computed from. Append-only; each row has its
// entry in the books.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/db.h"
#include "store/held.h"

namespace puntual::store {

enum class ChargeKind : uint8_t {
  Interest,  // Of some days at one rate.
  CollectionCost,
  Correction,  // Interest of days that were booked, told anew: a payment was made earlier than we
               // knew.
  Waiver,      // Given up by a person, or because the creditor's file says that nothing is owed.
};
[[nodiscard]] std::string_view text_of(ChargeKind kind);  // "collection_cost"

struct Charge {
  int64_t id = 0;
  CreditorId creditor_id;
  DebtorId debtor_id;
  InvoiceId invoice_id;
  ChargeKind kind = ChargeKind::Interest;
  Instant at;
  int64_t amount_minor = 0;
  CivilDate from, to;      // Both days are of it.
  int64_t base_minor = 0;  // The capital that was overdue.
  std::string rate;        // "24.36 effective_annual 365"; empty: none.
  std::string law;
  std::string told_by;  // Empty: the program.
  std::string why;
};

class Charges {
 public:
  Charges(Connection& db, const Held& held) : db_(db), held_(held) {}
  void add(const Charge& charge);
  // In order, as their entries stand in the books.
  [[nodiscard]] std::vector<Charge> of_invoice(CreditorId creditor, InvoiceId invoice);

 private:
  Connection& db_;
  const Held& held_;
};

}  // namespace puntual::store
