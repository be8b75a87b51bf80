#include "store/sql/sql_ledger.h"

namespace puntual::store {

namespace {

const RowsInto kInsertEntry(
    "ledger_entry (id, creditor_id, at, debit, credit, currency, amount_minor, debtor_id, "
    "invoice_id, payment_id)",
    10);

}  // namespace

void Ledger::append(CreditorId creditor, std::span<const LedgerEntry> entries, Instant at,
                    IdSource& ids) {
  for (const auto& entry : entries) {
    db_.insert(kInsertEntry,
               {ids.next<Id<LedgerEntry>>(at), creditor, at, text_of(entry.debit),
                text_of(entry.credit), entry.amount.currency.code(), entry.amount.minor,
                entry.debtor_id, entry.invoice_id, entry.payment_id});
  }
}

int64_t Ledger::balance(CreditorId creditor, Account account, std::string_view currency) {
  auto rows = db_.query(
      "SELECT COALESCE(SUM(CASE WHEN debit = $2 THEN amount_minor ELSE 0 END) - "
      "SUM(CASE WHEN credit = $2 THEN amount_minor ELSE 0 END), 0) FROM ledger_entry "
      "WHERE creditor_id = $1 AND currency = $3",
      {creditor, text_of(account), currency});
  return rows.next() ? rows.integer(0) : 0;
}

int64_t Ledger::balance_of(CreditorId creditor, InvoiceId invoice, Account account) {
  auto rows = db_.query(
      "SELECT COALESCE(SUM(CASE WHEN debit = $3 THEN amount_minor WHEN credit = $3 THEN "
      "-amount_minor ELSE 0 END), 0) FROM ledger_entry "
      "WHERE creditor_id = $1 AND invoice_id = $2",
      {creditor, invoice, text_of(account)});
  return rows.next() ? rows.integer(0) : 0;
}

std::vector<Ledger::Row> Ledger::entries_of(CreditorId creditor, InvoiceId invoice) {
  std::vector<Row> found;
  auto rows = db_.query(
      "SELECT at, debit, credit, currency, amount_minor, debtor_id, payment_id FROM ledger_entry "
      "WHERE creditor_id = $1 AND invoice_id = $2 ORDER BY id",
      {creditor, invoice});
  while (rows.next()) {
    found.push_back({.at = rows.instant(0),
                     .entry = {.debit = account_of(rows.view(1)),
                               .credit = account_of(rows.view(2)),
                               .amount = {rows.integer(4), Currency::of(rows.view(3))},
                               .debtor_id = rows.id<DebtorId>(5),
                               .invoice_id = invoice,
                               .payment_id = rows.id<PaymentId>(6)}});
  }
  return found;
}

std::vector<std::string> Ledger::mismatches(CreditorId creditor, int limit) {
  std::vector<std::string> found;
  // Invoice by invoice along the key: nothing is gathered, however many there are.
  auto rows = db_.query(
      "SELECT number, balance_minor, net, forgiven_minor, given_up, charged_minor, booked, "
      "explained FROM (SELECT i.number, i.balance_minor, i.forgiven_minor, i.charged_minor, "
      "COALESCE(("
      "SELECT SUM(CASE WHEN debit = 'receivable' THEN amount_minor WHEN credit = 'receivable' THEN "
      "-amount_minor ELSE 0 END) "
      "FROM ledger_entry WHERE creditor_id = $1 AND invoice_id = i.id), 0) AS net, COALESCE(("
      "SELECT SUM(CASE WHEN debit IN ('discounts','small_difference','written_off') THEN "
      "amount_minor "
      "WHEN credit IN ('discounts','small_difference','written_off') THEN -amount_minor ELSE 0 "
      "END) "
      "FROM ledger_entry WHERE creditor_id = $1 AND invoice_id = i.id), 0) AS given_up, COALESCE(("
      "SELECT SUM(CASE WHEN credit = 'charges' THEN amount_minor WHEN debit = 'charges' THEN "
      "-amount_minor ELSE 0 END) "
      "FROM ledger_entry WHERE creditor_id = $1 AND invoice_id = i.id), 0) AS booked, "
      "COALESCE((SELECT SUM(amount_minor) "
      "FROM charge WHERE creditor_id = $1 AND invoice_id = i.id), 0) AS explained FROM invoice i "
      "WHERE i.creditor_id = $1) AS books "
      "WHERE balance_minor <> net OR forgiven_minor <> given_up OR charged_minor <> booked OR "
      "charged_minor <> explained LIMIT $2",
      {creditor, limit});
  while (rows.next()) {
    found.push_back(
        fmt::format("invoice {}: balance {} but entries say {}; given up {}, entries say {}; "
                    "charged {}, entries say {}, charges {}",
                    rows.view(0), rows.integer(1), rows.integer(2), rows.integer(3),
                    rows.integer(4), rows.integer(5), rows.integer(6), rows.integer(7)));
  }
  auto payments = db_.query(
      "SELECT source_id, amount_minor, unapplied_minor, returned_minor, applied FROM (SELECT "
      "p.source_id, p.amount_minor, p.unapplied_minor, "
      "p.returned_minor, COALESCE((SELECT SUM(amount_minor) FROM allocation WHERE creditor_id = $1 "
      "AND payment_id = p.id), 0) AS applied "
      "FROM payment p WHERE p.creditor_id = $1) AS money WHERE amount_minor <> unapplied_minor + "
      "returned_minor + applied LIMIT $2",
      {creditor, limit - static_cast<int>(found.size())});
  while (payments.next()) {
    found.push_back(fmt::format(
        "payment {}: {} came but {} waits, {} was returned and {} is applied", payments.view(0),
        payments.integer(1), payments.integer(2), payments.integer(3), payments.integer(4)));
  }
  return found;
}

}  // namespace puntual::store
