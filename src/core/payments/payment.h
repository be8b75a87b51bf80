// Money that came in, and what it pays. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/portfolio/portfolio.h"

namespace puntual {

struct Payment {
  PaymentId id;
  CreditorId creditor_id;
  DebtorId debtor_id;       // None when nobody is known yet.
  std::string source;       // "file", "cli", "api"; one payment there is one posting here.
  std::string source_id;
  std::string reference;    // The invoice number it names, or empty.
  Money amount;
  int64_t unapplied_minor = 0;
  int64_t returned_minor = 0;  // Given or taken back; what is applied, waits and was returned is the amount.
  std::string method;
  CivilDate paid_on;
  std::optional<Instant> paid_at;
  Instant recorded_at;
};

struct Allocation {
  size_t invoice = 0;       // Index into the invoices given.
  int64_t amount_minor = 0;
};

namespace payments {

// Which invoices a payment settles: the one it names first, then the oldest due first; invoices of another
// currency and settled ones never. What is left over stays unapplied. Σ allocations ≤ amount.
[[nodiscard]] std::vector<Allocation> allocate(Money amount, std::string_view reference, std::span<const Invoice> invoices);

}  // namespace payments
}  // namespace puntual
