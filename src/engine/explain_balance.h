// What is owed of an invoice, explained by everything that was booked about it: each line says by
// how much it moved the debt.
#pragma once

#include <string>
#include <vector>

#include "core/ledger/ledger.h"
#include "store/store.h"

namespace puntual {

struct BalanceLine {
  Instant at;
  std::string what_es;        // "Pago (24 de noviembre de 2026, PSE)"
  int64_t change_minor = 0;   // Of what is owed; 0: it only explains what was known.
  int64_t balance_minor = 0;  // After it.
  PaymentId payment_id;       // None: no payment's.
};

struct ExplainedBalance {
  Invoice invoice;
  std::vector<BalanceLine> lines;
  // The lines add up to the balance: always, or the books are broken.
  [[nodiscard]] bool adds_up() const {
    return (lines.empty() ? 0 : lines.back().balance_minor) == invoice.balance_minor;
  }
};

namespace engine {

// NotFound: no such invoice.
[[nodiscard]] Result<ExplainedBalance> explain_balance(Tx& tx, const Creditor& creditor,
                                                       std::string_view number);

}  // namespace engine
}  // namespace puntual
