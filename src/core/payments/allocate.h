// Which invoices a payment settles. Pure.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/payments/payment.h"

namespace puntual {

// In which order a payment goes to the invoices that nobody has named.
enum class AllocationPolicy : uint8_t {
  OldestFirst,    // By due date; what has none comes last.
  SmallestFirst,  // By what is owed, so that as many as can be are settled.
  ProRata,        // To each its share of what is owed, to the last minor unit.
};
[[nodiscard]] std::string_view text_of(AllocationPolicy policy);  // "oldest_first"
[[nodiscard]] std::optional<AllocationPolicy> allocation_policy_of(std::string_view text);

struct Allocation {
  size_t invoice = 0;  // Index into the invoices given.
  int64_t amount_minor = 0;
};

struct AllocationRules {
  AllocationPolicy policy = AllocationPolicy::OldestFirst;
  std::string_view
      reference;  // The number of the invoice that the payment names, or empty: it is first,
  std::span<const InvoiceId> agreed;  // and then those of an agreement, in its order.
};

namespace payments {

// Invoices of another currency and settled ones take nothing. What is left over stays unapplied: Σ
// allocations ≤ amount, and no invoice takes more than it owes (the named one also what its file
// reported without itemising).
[[nodiscard]] std::vector<Allocation> allocate(Money amount, std::span<const Invoice> invoices,
                                               const AllocationRules& rules);

}  // namespace payments
}  // namespace puntual
