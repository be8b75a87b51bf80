#include "core/payments/allocate.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <numeric>

namespace puntual {
namespace {

using enum AllocationPolicy;
const Currency kPesos = Currency::of("COP");

Invoice invoice(int64_t id, int64_t owed, int day = 1) {
  Invoice one;
  one.id = {id};
  one.number = fmt::format("F-{}", id);
  one.due_on = date_of(2026, 11, day);
  one.amount = {owed, kPesos};
  one.balance_minor = owed;
  return one;
}

// By invoice, in the order in which they are paid.
std::vector<std::pair<int64_t, int64_t>> paid(int64_t minor, const std::vector<Invoice>& invoices,
                                              const AllocationRules& rules) {
  std::vector<std::pair<int64_t, int64_t>> parts;
  for (const auto& [index, part] : payments::allocate({minor, kPesos}, invoices, rules))
    parts.emplace_back(invoices[index].id.value, part);
  return parts;
}
using Parts = std::vector<std::pair<int64_t, int64_t>>;

TEST(Allocate, EachPolicyHasItsOrder) {
  const std::vector<Invoice> owed = {invoice(1, 300, 9), invoice(2, 100, 20), invoice(3, 200, 5)};
  EXPECT_EQ(paid(450, owed, {.policy = OldestFirst}), (Parts{{3, 200}, {1, 250}}));
  EXPECT_EQ(paid(450, owed, {.policy = SmallestFirst}), (Parts{{2, 100}, {3, 200}, {1, 150}}));
  EXPECT_EQ(paid(450, owed, {.policy = ProRata}), (Parts{{3, 150}, {1, 225}, {2, 75}}));
  EXPECT_EQ(paid(700, owed, {.policy = ProRata}), (Parts{{3, 200}, {1, 300}, {2, 100}}))
      << "what is left over stays unapplied";
}

TEST(Allocate, WhatIsNamedAndWhatIsAgreedComeFirst) {
  const std::vector<Invoice> owed = {invoice(1, 300, 9), invoice(2, 100, 20), invoice(3, 200, 5),
                                     invoice(4, 50, 1)};
  const std::vector<InvoiceId> agreed = {{1}, {3}};
  for (const auto policy : {OldestFirst, SmallestFirst}) {
    EXPECT_EQ(paid(500, owed, {.policy = policy, .reference = "F-2", .agreed = agreed}),
              (Parts{{2, 100}, {1, 300}, {3, 100}}));
  }
  EXPECT_EQ(paid(430, owed, {.policy = ProRata, .reference = "F-1", .agreed = {}}),
            (Parts{{1, 300}, {4, 19}, {3, 74}, {2, 37}}))
      << "130 of 350: 18.57, 74.29, 37.14: the unit that is left goes to the largest rest";
}

TEST(Allocate, AnotherCurrencyTakesNothing) {
  auto dollars = invoice(1, 300);
  dollars.amount.currency = Currency::of("USD");
  EXPECT_TRUE(paid(100, {dollars}, {.reference = "F-1"}).empty());
}

rc::Gen<std::vector<Invoice>> debts() {
  return rc::gen::map(
      rc::gen::container<std::vector<std::pair<int64_t, int>>>(rc::gen::pair(
          rc::gen::inRange<int64_t>(0, 1'000'000'000'000'000), rc::gen::inRange(1, 29))),
      [](const auto& all) {
        std::vector<Invoice> made;
        for (const auto& [owed, day] : all)
          made.push_back(invoice(std::ssize(made) + 1, owed, day));
        return made;
      });
}

TEST(Allocate, NothingIsLostNorTakenTwice) {
  EXPECT_TRUE(rc::check([] {
    const auto owed = *debts();
    const auto policy = *rc::gen::element(OldestFirst, SmallestFirst, ProRata);
    const int64_t amount = *rc::gen::inRange<int64_t>(1, 1'000'000'000'000'000);
    const int64_t total =
        std::accumulate(owed.begin(), owed.end(), int64_t{0},
                        [](int64_t sum, const Invoice& one) { return sum + one.balance_minor; });
    std::map<int64_t, int64_t> taken;
    for (const auto& [id, part] : paid(amount, owed, {.policy = policy, .reference = "F-2"})) {
      RC_ASSERT(part > 0);
      RC_ASSERT(taken.emplace(id, part).second);
      RC_ASSERT(part <= owed[static_cast<size_t>(id - 1)].balance_minor);
    }
    const int64_t applied =
        std::accumulate(taken.begin(), taken.end(), int64_t{0},
                        [](int64_t sum, const auto& one) { return sum + one.second; });
    RC_ASSERT(applied == std::min(amount, total));
  }));
}

// No share is a whole unit away from its exact value.
TEST(Allocate, SharesAreExactToTheUnit) {
  EXPECT_TRUE(rc::check([] {
    const auto owed = *rc::gen::suchThat(debts(), [](const auto& all) { return !all.empty(); });
    __int128 total = 0;
    for (const auto& one : owed) total += one.balance_minor;
    if (total < 2) return;
    const int64_t amount = *rc::gen::inRange<int64_t>(
        1, static_cast<int64_t>(std::min<__int128>(total, 1'000'000'000'000'000)));
    std::map<int64_t, int64_t> taken;
    for (const auto& [id, part] : paid(amount, owed, {.policy = ProRata})) taken[id] = part;
    for (const auto& one : owed) {
      const __int128 away =
          __int128{taken[one.id.value]} * total - __int128{amount} * one.balance_minor;
      RC_ASSERT(away < total && -away < total);
    }
  }));
}

// Whatever the order in which payments come, the same is owed in the end; without names, of each
// invoice.
TEST(Allocate, OrderOfArrivalChangesNoSum) {
  EXPECT_TRUE(rc::check([] {
    const auto before = *debts();
    const auto policy = *rc::gen::element(OldestFirst, SmallestFirst);
    auto amounts = *rc::gen::container<std::vector<int64_t>>(
        rc::gen::inRange<int64_t>(1, 2'000'000'000'000'000));
    const auto after = [&] {
      auto owed = before;
      for (const int64_t amount : amounts) {
        for (const auto& [index, part] :
             payments::allocate({amount, kPesos}, owed, {.policy = policy}))
          owed[index].balance_minor -= part;
      }
      std::vector<int64_t> left;
      for (const auto& one : owed) left.push_back(one.balance_minor);
      return left;
    };
    const auto once = after();
    std::ranges::reverse(amounts);
    const auto again = after();
    RC_ASSERT(std::accumulate(again.begin(), again.end(), int64_t{0}) ==
              std::accumulate(once.begin(), once.end(), int64_t{0}));
    if (policy == OldestFirst) RC_ASSERT(again == once);
  }));
}

}  // namespace
}  // namespace puntual
