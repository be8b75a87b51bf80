#include "store/sql/sql_ledger.h"

namespace puntual::store {

namespace {

const RowsInto kInsertEntry("ledger_entry (id, creditor_id, at, debit, credit, currency, amount_minor, debtor_id, invoice_id, payment_id)", 10);

}  // namespace

void Ledger::append(CreditorId creditor, std::span<const LedgerEntry> entries, Instant at, IdSource& ids) {
  for (const auto& entry : entries) {
    db_.insert(kInsertEntry, {ids.next<Id<LedgerEntry>>(at), creditor, at, text_of(entry.debit), text_of(entry.credit),
             entry.amount.currency.code(), entry.amount.minor, entry.debtor_id, entry.invoice_id, entry.payment_id});
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

std::vector<std::string> Ledger::mismatches(CreditorId creditor, int limit) {
  std::vector<std::string> found;
  // Invoice by invoice along the key: nothing is gathered, however many there are.
  auto rows = db_.query(
      "SELECT number, balance_minor, net FROM (SELECT i.number, i.balance_minor, COALESCE(("
      "SELECT SUM(CASE WHEN debit = 'receivable' THEN amount_minor WHEN credit = 'receivable' THEN -amount_minor ELSE 0 END) "
      "FROM ledger_entry WHERE creditor_id = $1 AND invoice_id = i.id), 0) AS net FROM invoice i WHERE i.creditor_id = $1) AS books "
      "WHERE balance_minor <> net LIMIT $2",
      {creditor, limit});
  while (rows.next()) {
    found.push_back(fmt::format("invoice {}: balance {} but entries say {}", rows.view(0), rows.integer(1), rows.integer(2)));
  }
  return found;
}

}  // namespace puntual::store
