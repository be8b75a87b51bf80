// The books, append-only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "store/db.h"

namespace puntual::store {

class Ledger {
 public:
  explicit Ledger(Connection& db) : db_(db) {}
  void append(CreditorId creditor, std::span<const LedgerEntry> entries, Instant at, IdSource& ids);
  // Debits minus credits of an account, over a creditor's whole book in one currency.
  [[nodiscard]] int64_t balance(CreditorId creditor, Account account, std::string_view currency);
  // The same of one invoice.
  [[nodiscard]] int64_t balance_of(CreditorId creditor, InvoiceId invoice, Account account);
  // What has happened to an invoice, in order.
  struct Row {
    Instant at;
    LedgerEntry entry;
  };
  [[nodiscard]] std::vector<Row> entries_of(CreditorId creditor, InvoiceId invoice);
  // Invoices whose figures are not what their entries say, and payments that are more, or less,
  // than what they pay, what waits of them and what was returned. Empty, always.
  [[nodiscard]] std::vector<std::string> mismatches(CreditorId creditor, int limit);

 private:
  Connection& db_;
};

}  // namespace puntual::store
