#include "store/sql/sql_payments.h"

namespace puntual::store {
namespace {

#define PUNTUAL_PAYMENT_COLUMNS                                                        \
  "id, creditor_id, debtor_id, source, source_id, reference, currency, amount_minor, " \
  "unapplied_minor, method, "                                                          \
  "paid_on, paid_at, recorded_at, returned_minor"

constexpr char kInsertPayment[] = "INSERT INTO payment (" PUNTUAL_PAYMENT_COLUMNS
                                  ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14) "
                                  "ON CONFLICT (creditor_id, source, source_id) DO NOTHING";

Payment payment_of(const Rows& row) {
  return {.id = row.id<PaymentId>(0),
          .creditor_id = row.id<CreditorId>(1),
          .debtor_id = row.id<DebtorId>(2),
          .source = row.text(3),
          .source_id = row.text(4),
          .reference = row.text(5),
          .amount = {row.integer(7), Currency::of(row.view(6))},
          .unapplied_minor = row.integer(8),
          .returned_minor = row.integer(13),
          .method = row.text(9),
          .paid_on = row.date(10),
          .paid_at = row.maybe_instant(11),
          .recorded_at = row.instant(12)};
}

}  // namespace

bool Payments::insert(const Payment& p) {
  held_.require(p.debtor_id);
  return db_.run(kInsertPayment,
                 {p.id, p.creditor_id, p.debtor_id, p.source, p.source_id, p.reference,
                  p.amount.currency.code(), p.amount.minor, p.unapplied_minor, p.method, p.paid_on,
                  p.paid_at, p.recorded_at, p.returned_minor}) == 1;
}

std::optional<Payment> Payments::find(CreditorId creditor, PaymentId id) {
  auto rows =
      db_.query("SELECT " PUNTUAL_PAYMENT_COLUMNS " FROM payment WHERE creditor_id=$1 AND id=$2",
                {creditor, id});
  return rows.next() ? std::optional(payment_of(rows)) : std::nullopt;
}

std::optional<Payment> Payments::find_by_source(CreditorId creditor, std::string_view source,
                                                std::string_view source_id) {
  auto rows = db_.query("SELECT " PUNTUAL_PAYMENT_COLUMNS
                        " FROM payment WHERE creditor_id=$1 AND source=$2 AND source_id=$3",
                        {creditor, source, source_id});
  return rows.next() ? std::optional(payment_of(rows)) : std::nullopt;
}

std::vector<Payment> Payments::all_in(Rows rows) {
  std::vector<Payment> found;
  while (rows.next()) found.push_back(payment_of(rows));
  return found;
}

std::vector<Payment> Payments::of_debtor(CreditorId creditor, DebtorId debtor) {
  return all_in(db_.query("SELECT " PUNTUAL_PAYMENT_COLUMNS
                          " FROM payment WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY id",
                          {creditor, debtor}));
}

std::vector<Payment> Payments::of_nobody(CreditorId creditor, int limit) {
  return all_in(db_.query("SELECT " PUNTUAL_PAYMENT_COLUMNS
                          " FROM payment WHERE creditor_id=$1 AND debtor_id=0 AND unapplied_minor "
                          "> 0 ORDER BY id LIMIT $2",
                          {creditor, limit}));
}

std::vector<Payment> Payments::in_question(CreditorId creditor, int limit) {
  return all_in(db_.query(
      "SELECT " PUNTUAL_PAYMENT_COLUMNS
      " FROM payment WHERE creditor_id=$1 AND unapplied_minor > 0 AND debtor_id IN (SELECT "
      "debtor_id FROM task WHERE creditor_id=$1 AND kind IN ('extra_payment', 'money_held') AND "
      "closed_at IS NULL) ORDER BY id LIMIT $2",
      {creditor, limit}));
}

std::vector<Payment> Payments::unapplied_for(CreditorId creditor, std::string_view reference,
                                             DebtorId debtor) {
  // Two questions, each with an index of its own; one with OR would read all waiting money.
  std::vector<Payment> found;
  auto named = db_.query("SELECT " PUNTUAL_PAYMENT_COLUMNS
                         " FROM payment WHERE creditor_id=$1 AND reference=$2 AND unapplied_minor "
                         "> 0 AND (debtor_id=0 OR debtor_id=$3) ORDER BY id",
                         {creditor, reference, debtor});
  while (named.next()) found.push_back(payment_of(named));
  auto theirs = db_.query("SELECT " PUNTUAL_PAYMENT_COLUMNS
                          " FROM payment WHERE creditor_id=$1 AND debtor_id=$2 AND unapplied_minor "
                          "> 0 AND reference <> $3 ORDER BY id",
                          {creditor, debtor, reference});
  while (theirs.next()) found.push_back(payment_of(theirs));
  return found;
}

bool Payments::has_unapplied(CreditorId creditor) {
  return db_
      .query("SELECT 1 FROM payment WHERE creditor_id=$1 AND unapplied_minor > 0 LIMIT 1",
             {creditor})
      .next();
}

void Payments::set_unapplied(CreditorId creditor, PaymentId id, DebtorId debtor,
                             int64_t unapplied_minor) {
  held_.require(debtor);
  db_.run("UPDATE payment SET debtor_id=$3, unapplied_minor=$4 WHERE creditor_id=$1 AND id=$2",
          {creditor, id, debtor, unapplied_minor});
}

void Payments::add_allocation(CreditorId creditor, int64_t id, PaymentId payment, InvoiceId invoice,
                              int64_t amount_minor, ReversalId reversal) {
  db_.run(
      "INSERT INTO allocation (id, creditor_id, payment_id, invoice_id, amount_minor, reversal_id) "
      "VALUES ($1,$2,$3,$4,$5,$6)",
      {id, creditor, payment, invoice, amount_minor, reversal});
}

void Payments::set_returned(CreditorId creditor, PaymentId id, int64_t returned_minor) {
  db_.run("UPDATE payment SET returned_minor=$3 WHERE creditor_id=$1 AND id=$2",
          {creditor, id, returned_minor});
}

std::vector<Payments::Applied> Payments::applied_of(CreditorId creditor, PaymentId id) {
  std::vector<Applied> found;
  auto rows = db_.query(
      "SELECT invoice_id, SUM(amount_minor) FROM allocation WHERE creditor_id=$1 AND payment_id=$2 "
      "GROUP BY invoice_id HAVING SUM(amount_minor) > 0 ORDER BY MAX(id) DESC",
      {creditor, id});
  while (rows.next())
    found.push_back({.invoice_id = rows.id<InvoiceId>(0), .amount_minor = rows.integer(1)});
  return found;
}

bool Payments::add_reversal(const Reversal& r) {
  held_.require(r.debtor_id);
  return db_.run(
             "INSERT INTO reversal (id, creditor_id, payment_id, debtor_id, kind, amount_minor, "
             "source_id, at, told_by, why) "
             "VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10) ON CONFLICT (creditor_id, payment_id, "
             "source_id) DO NOTHING",
             {r.id, r.creditor_id, r.payment_id, r.debtor_id, text_of(r.kind), r.amount_minor,
              r.source_id, r.at, r.told_by, r.why}) == 1;
}

std::vector<Reversal> Payments::reversals_of(CreditorId creditor, PaymentId id) {
  std::vector<Reversal> found;
  auto rows = db_.query(
      "SELECT id, creditor_id, payment_id, debtor_id, kind, amount_minor, source_id, at, told_by, "
      "why FROM reversal "
      "WHERE creditor_id=$1 AND payment_id=$2 ORDER BY id",
      {creditor, id});
  while (rows.next()) {
    found.push_back({.id = rows.id<ReversalId>(0),
                     .creditor_id = rows.id<CreditorId>(1),
                     .payment_id = rows.id<PaymentId>(2),
                     .debtor_id = rows.id<DebtorId>(3),
                     .kind = *reversal_kind_of(rows.view(4)),
                     .amount_minor = rows.integer(5),
                     .source_id = rows.text(6),
                     .at = rows.instant(7),
                     .told_by = rows.text(8),
                     .why = rows.text(9)});
  }
  return found;
}

std::optional<CivilDate> Payments::last_paid_on(CreditorId creditor, InvoiceId invoice) {
  auto rows = db_.query(
      "SELECT MAX(p.paid_on) FROM payment p WHERE p.creditor_id=$1 AND p.id IN (SELECT payment_id "
      "FROM allocation a "
      "WHERE a.creditor_id=$1 AND a.invoice_id=$2 GROUP BY payment_id HAVING SUM(a.amount_minor) > "
      "0)",
      {creditor, invoice});
  return rows.next() ? rows.maybe_date(0) : std::nullopt;
}

}  // namespace puntual::store
