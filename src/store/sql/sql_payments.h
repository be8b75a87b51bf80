// Payments and what they were applied to.
#pragma once

#include <optional>
#include <vector>

#include "core/payments/payment.h"
#include "store/db.h"
#include "store/held.h"

namespace puntual::store {

class Payments {
 public:
  Payments(Connection& db, const Held& held) : db_(db), held_(held) {}
  // False when the payment is known already (same source and source_id): nothing is changed.
  [[nodiscard]] bool insert(const Payment& payment);
  [[nodiscard]] std::optional<Payment> find(CreditorId creditor, PaymentId id);
  [[nodiscard]] std::optional<Payment> find_by_source(CreditorId creditor, std::string_view source, std::string_view source_id);
  [[nodiscard]] std::vector<Payment> of_debtor(CreditorId creditor, DebtorId debtor);
  // Money that waits for an invoice of this number, or is left over from what this person has paid.
  [[nodiscard]] std::vector<Payment> unapplied_for(CreditorId creditor, std::string_view reference, DebtorId debtor);
  [[nodiscard]] bool has_unapplied(CreditorId creditor);
  void set_unapplied(CreditorId creditor, PaymentId id, DebtorId debtor, int64_t unapplied_minor);
  void add_allocation(CreditorId creditor, int64_t id, PaymentId payment, InvoiceId invoice, int64_t amount_minor);
  // The last day a payment was applied to this invoice.
  [[nodiscard]] std::optional<CivilDate> last_paid_on(CreditorId creditor, InvoiceId invoice);

 private:
  Connection& db_;
  const Held& held_;
};

}  // namespace puntual::store
