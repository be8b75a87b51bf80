// What came in and how it was applied, as facts: for the thank-you, and for a receipt to keep
// (document/receipt_page.h). Pure; thread-safe.
#pragma once

#include <string>
#include <vector>

#include "core/charges/charge_rules.h"
#include "core/payments/payment.h"
#include "core/portfolio/portfolio.h"

namespace puntual {

struct ReceiptPart {
  std::string invoice, product;  // Its number, and what it is for.
  Money applied;
  Money left;         // What it owes now.
  OwedParts of = {};  // What of it was paid; nothing: all of it was the debt itself.
};

struct Receipt {
  Creditor creditor;
  std::string debtor_name;
  std::string locale;  // "es_CO"
  CivilDate today;     // Of the balances, in their zone.
  Payment payment;
  std::vector<ReceiptPart> parts;  // In the order in which they were paid.
};
// "recibo-2026-11-24-446000000000.pdf"
[[nodiscard]] std::string file_name_of(const Receipt& receipt);

}  // namespace puntual
