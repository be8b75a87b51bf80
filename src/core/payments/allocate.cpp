#include "core/payments/allocate.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/names.h"

namespace puntual {
namespace {

constexpr Names<AllocationPolicy, 3> kPolicyNames = {
    {{{"oldest_first"}, {"smallest_first"}, {"pro_rata"}}}};

}  // namespace

std::string_view text_of(AllocationPolicy policy) { return kPolicyNames.text(policy); }

std::optional<AllocationPolicy> allocation_policy_of(std::string_view text) {
  return kPolicyNames.find(text);
}

namespace payments {
namespace {

// One invoice that can take something. The named one stands before those of an agreement, and these
// before all others.
struct Taker {
  size_t invoice = 0;
  int64_t takes = 0;
  size_t rank = 0;
};

std::vector<Taker> takers_of(Currency currency, std::span<const Invoice> invoices,
                             const AllocationRules& rules) {
  std::vector<Taker> takers;
  for (size_t i = 0; i < invoices.size(); ++i) {
    const Invoice& one = invoices[i];
    const bool is_named = !rules.reference.empty() && one.number == rules.reference;
    const int64_t takes = one.balance_minor + (is_named ? one.unitemised_minor : 0);
    if (takes <= 0 || one.amount.currency != currency) continue;
    const auto place =
        static_cast<size_t>(std::ranges::find(rules.agreed, one.id) - rules.agreed.begin());
    takers.push_back({.invoice = i, .takes = takes, .rank = is_named ? 0 : place + 1});
  }
  std::ranges::sort(takers, {}, [&](const Taker& one) {
    const Invoice& invoice = invoices[one.invoice];
    const int64_t size = rules.policy == AllocationPolicy::SmallestFirst ? one.takes : 0;
    // An invoice without a due date is paid last.
    return std::tuple(one.rank, size, invoice.due_on.value_or(CivilDate{INT32_MAX}),
                      std::string_view(invoice.number), one.invoice);
  });
  return takers;
}

// Shares rounded down; the minor units that this leaves go to those who lost most by it, the first
// of them first.
std::vector<int64_t> shares(int64_t amount, std::span<const Taker> takers) {
  using Wide = __int128;  // A product of two sums of money.
  const int64_t total =
      std::accumulate(takers.begin(), takers.end(), int64_t{0},
                      [](int64_t sum, const Taker& one) { return sum + one.takes; });
  std::vector<int64_t> parts, lost;
  int64_t left = amount;
  for (const auto& one : takers) {
    const Wide exact = Wide{amount} * one.takes;
    parts.push_back(static_cast<int64_t>(exact / total));
    lost.push_back(static_cast<int64_t>(exact % total));
    left -= parts.back();
  }
  std::vector<size_t> order(takers.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](size_t i) { return lost[i]; });
  for (size_t i = 0; left > 0; ++i, --left) ++parts[order[i]];
  return parts;
}

}  // namespace

std::vector<Allocation> allocate(Money amount, std::span<const Invoice> invoices,
                                 const AllocationRules& rules) {
  const std::vector<Taker> takers = takers_of(amount.currency, invoices, rules);
  std::vector<Allocation> allocations;
  int64_t left = amount.minor, owed = 0;
  for (const auto& one : takers) owed += one.takes;
  for (size_t i = 0; i < takers.size() && left > 0; ++i) {
    const Taker& one = takers[i];
    if (rules.policy == AllocationPolicy::ProRata && one.rank == rules.agreed.size() + 1 &&
        left < owed) {
      const auto rest = std::span(takers).subspan(i);
      const auto parts = shares(left, rest);
      for (size_t j = 0; j < rest.size(); ++j) {
        if (parts[j] > 0) allocations.push_back({rest[j].invoice, parts[j]});
      }
      return allocations;
    }
    const int64_t part = std::min(left, one.takes);
    allocations.push_back({one.invoice, part});
    left -= part;
    owed -= one.takes;
  }
  return allocations;
}

}  // namespace payments
}  // namespace puntual
