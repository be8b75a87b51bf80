#include "store/sql/sql_corrections.h"

namespace puntual::store {

#define PUNTUAL_CORRECTION_COLUMNS \
  "id, creditor_id, debtor_id, invoice_id, at, told_minor, from_minor, to_minor, told_by, why"

void Corrections::add(const Correction& c) {
  db_.run("INSERT INTO correction (" PUNTUAL_CORRECTION_COLUMNS
          ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)",
          {c.id, c.creditor_id, c.debtor_id, c.invoice_id, c.at, c.told_minor, c.from_minor,
           c.to_minor, c.told_by, c.why});
}

std::vector<Correction> Corrections::of_invoice(CreditorId creditor, InvoiceId invoice) {
  std::vector<Correction> found;
  auto rows = db_.query("SELECT " PUNTUAL_CORRECTION_COLUMNS
                        " FROM correction WHERE creditor_id=$1 AND invoice_id=$2 ORDER BY id",
                        {creditor, invoice});
  while (rows.next()) {
    found.push_back({.id = rows.integer(0),
                     .creditor_id = rows.id<CreditorId>(1),
                     .debtor_id = rows.id<DebtorId>(2),
                     .invoice_id = rows.id<InvoiceId>(3),
                     .at = rows.instant(4),
                     .told_minor = rows.integer(5),
                     .from_minor = rows.integer(6),
                     .to_minor = rows.integer(7),
                     .told_by = rows.text(8),
                     .why = rows.text(9)});
  }
  return found;
}

}  // namespace puntual::store
