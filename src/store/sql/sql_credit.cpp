#include "store/sql/sql_credit.h"

namespace puntual::store {

// By the invoices that it ever paid: the books have no order by payments.
int64_t Credit::left_by(CreditorId creditor, PaymentId payment, Instant at) {
  auto rows = db_.query(
      "SELECT COALESCE(SUM(CASE WHEN credit='unapplied' THEN amount_minor WHEN debit='unapplied' "
      "THEN -amount_minor ELSE 0 END), 0) FROM ledger_entry WHERE creditor_id=$1 AND invoice_id IN "
      "(SELECT invoice_id FROM allocation WHERE creditor_id=$1 AND payment_id=$2) "
      "AND payment_id=$2 AND at=$3",
      {creditor, payment, at});
  return rows.next() ? rows.integer(0) : 0;
}

}  // namespace puntual::store
