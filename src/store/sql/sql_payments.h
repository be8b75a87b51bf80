// Payments and what they were applied to.
#pragma once

#include <optional>
#include <vector>

#include "core/payments/reversal.h"
#include "store/db.h"
#include "store/held.h"

namespace puntual::store {

class Payments {
 public:
  Payments(Connection& db, const Held& held) : db_(db), held_(held) {}
  // False when the payment is known already (same source and source_id): nothing is changed.
  [[nodiscard]] bool insert(const Payment& payment);
  [[nodiscard]] std::optional<Payment> find(CreditorId creditor, PaymentId id);
  [[nodiscard]] std::optional<Payment> find_by_source(CreditorId creditor, std::string_view source,
                                                      std::string_view source_id);
  [[nodiscard]] std::vector<Payment> of_debtor(CreditorId creditor, DebtorId debtor);
  [[nodiscard]] std::vector<Payment> of_nobody(
      CreditorId creditor, int limit);  // Money that waits for a person to say whose it is.
  // What is left over of somebody's money while a task asks a person what becomes of it.
  [[nodiscard]] std::vector<Payment> in_question(CreditorId creditor, int limit);
  // Money that waits for an invoice of this number, or is left over from what this person has paid.
  [[nodiscard]] std::vector<Payment> unapplied_for(CreditorId creditor, std::string_view reference,
                                                   DebtorId debtor);
  [[nodiscard]] bool has_unapplied(CreditorId creditor);
  void set_unapplied(CreditorId creditor, PaymentId id, DebtorId debtor, int64_t unapplied_minor);
  // Less of it is in the house, or more again.
  void set_returned(CreditorId creditor, PaymentId id, int64_t returned_minor);
  // Negative with the reversal that takes it back.
  void add_allocation(CreditorId creditor, int64_t id, PaymentId payment, InvoiceId invoice,
                      int64_t amount_minor, ReversalId reversal = {});
  // What the payment pays, net of what was taken back; what it came to pay last is first.
  struct Applied {
    InvoiceId invoice_id;
    int64_t amount_minor = 0;  // > 0
  };
  [[nodiscard]] std::vector<Applied> applied_of(CreditorId creditor, PaymentId id);
  // False when this payment's reversal was told before (same source_id): nothing is changed.
  [[nodiscard]] bool add_reversal(const Reversal& reversal);
  [[nodiscard]] std::vector<Reversal> reversals_of(CreditorId creditor, PaymentId id);
  // The last day of a payment that this invoice has still.
  [[nodiscard]] std::optional<CivilDate> last_paid_on(CreditorId creditor, InvoiceId invoice);

 private:
  [[nodiscard]] static std::vector<Payment> all_in(Rows rows);
  Connection& db_;
  const Held& held_;
};

}  // namespace puntual::store
