// A document that a person asks for, as facts: what to print, and what is on it.
// document/statement.h makes the page.
//
// The outbox keeps the order alone; the facts are read when the message is claimed, so that the
// page says what is owed at that moment. Pure; thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/payments/transfer_account.h"
#include "core/portfolio/portfolio.h"

namespace puntual {

enum class DocumentKind : uint8_t {
  Statement,  // All that is owed, and what was paid.
  Invoice,    // One invoice.
  Agreement,  // What was agreed on (agreement_paper.h).
  Receipt,    // One payment, and what it paid (receipt.h).
};

struct DocumentOrder {
  DocumentKind kind = DocumentKind::Statement;
  int64_t about = 0;  // The invoice, the agreement or the payment.
  bool operator==(const DocumentOrder&) const = default;
};
[[nodiscard]] std::string text_of(
    const DocumentOrder& order);  // "statement", "invoice 4711", "agreement 4712", "receipt 4713"
[[nodiscard]] std::optional<DocumentOrder> document_order_of(std::string_view text);

struct StatementPayment {
  CivilDate paid_on;
  Money amount;
  std::string method;          // May be empty.
  Money returned = {};         // Of that, what went back or was booked by mistake,
  CivilDate returned_on = {};  // and when, the last of it.
};

struct Statement {
  DocumentKind kind = DocumentKind::Statement;
  Creditor creditor;
  std::string debtor_name;
  std::string locale;                      // "es_CO"
  CivilDate today;                         // The date of the balances, in their zone.
  std::vector<Invoice> invoices;           // By due date.
  std::vector<StatementPayment> payments;  // The newest first.
  std::string payment_link;                // Empty: there is none.
  TransferAccount transfer = {};
  std::string transfer_reference = {};  // What a transfer should name.
};
// What is owed of them, by currency, in the order of the invoices.
[[nodiscard]] std::vector<Money> totals_of(const Statement& statement);
// "estado-de-cuenta-2026-11-24.pdf", "factura-f-0001.pdf": plain letters, digits and '-'.
[[nodiscard]] std::string file_name_of(const Statement& statement);

}  // namespace puntual
