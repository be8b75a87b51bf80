#include "store/sql/sql_charges.h"

#include <algorithm>
#include <array>

namespace puntual::store {
namespace {

constexpr std::array<std::string_view, 4> kChargeKinds = {"interest", "collection_cost",
                                                          "correction", "waiver"};
#define PUNTUAL_CHARGE_COLUMNS                                                                   \
  "id, creditor_id, debtor_id, invoice_id, kind, at, amount_minor, from_on, to_on, base_minor, " \
  "rate, law, told_by, why"

}  // namespace

std::string_view text_of(ChargeKind kind) { return kChargeKinds[static_cast<size_t>(kind)]; }

void Charges::add(const Charge& c) {
  held_.require(c.debtor_id);
  db_.run("INSERT INTO charge (" PUNTUAL_CHARGE_COLUMNS
          ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)",
          {c.id, c.creditor_id, c.debtor_id, c.invoice_id, text_of(c.kind), c.at, c.amount_minor,
           c.from, c.to, c.base_minor, c.rate, c.law, c.told_by, c.why});
}

std::vector<Charge> Charges::of_invoice(CreditorId creditor, InvoiceId invoice) {
  std::vector<Charge> found;
  auto rows = db_.query("SELECT " PUNTUAL_CHARGE_COLUMNS
                        " FROM charge WHERE creditor_id=$1 AND invoice_id=$2 ORDER BY id",
                        {creditor, invoice});
  while (rows.next()) {
    const auto kind = std::ranges::find(kChargeKinds, rows.view(4)) - kChargeKinds.begin();
    found.push_back({.id = rows.integer(0),
                     .creditor_id = rows.id<CreditorId>(1),
                     .debtor_id = rows.id<DebtorId>(2),
                     .invoice_id = rows.id<InvoiceId>(3),
                     .kind = static_cast<ChargeKind>(kind),
                     .at = rows.instant(5),
                     .amount_minor = rows.integer(6),
                     .from = *rows.maybe_date(7),
                     .to = *rows.maybe_date(8),
                     .base_minor = rows.integer(9),
                     .rate = rows.text(10),
                     .law = rows.text(11),
                     .told_by = rows.text(12),
                     .why = rows.text(13)});
  }
  return found;
}

}  // namespace puntual::store
