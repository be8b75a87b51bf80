#include <algorithm>
#include <numeric>
#include <tuple>

#include "core/payments/payment.h"

namespace puntual::payments {

std::vector<Allocation> allocate(Money amount, std::string_view reference, std::span<const Invoice> invoices) {
  std::vector<size_t> order(invoices.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, [&](size_t a, size_t b) {
    const auto key = [&](size_t i) {
      const Invoice& invoice = invoices[i];
      const bool named = !reference.empty() && invoice.number == reference;
      // An invoice without a due date is paid last.
      return std::tuple(!named, invoice.due_on.value_or(CivilDate{INT32_MAX}), std::string_view(invoice.number));
    };
    return key(a) < key(b);
  });
  std::vector<Allocation> allocations;
  int64_t left = amount.minor;
  for (const size_t i : order) {
    const Invoice& invoice = invoices[i];
    if (left <= 0) break;
    const bool named = !reference.empty() && invoice.number == reference;
    const int64_t takes = invoice.balance_minor + (named ? invoice.unitemised_minor : 0);
    if (takes <= 0 || invoice.amount.currency != amount.currency) continue;
    const int64_t part = std::min(left, takes);
    allocations.push_back({i, part});
    left -= part;
  }
  return allocations;
}

}  // namespace puntual::payments
