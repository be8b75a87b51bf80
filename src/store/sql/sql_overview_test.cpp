#include "store/sql/sql_overview.h"

#include "store/test_store.h"

namespace puntual {
namespace {

using store::Overview;
using store::OwedOrder;

class OverviewOfStore : public StoreConformance {
 protected:
  // Somebody who owes so much since then; none: without a date.
  static DebtorId owing(Tx& tx, std::string number, int64_t minor, std::optional<CivilDate> due,
                        CreditorId creditor = kCreditor) {
    const Debtor who = debtor(tx, creditor);
    Invoice made{.id = tx.ids.next<InvoiceId>(kNow),
                 .debtor_id = who.id,
                 .number = std::move(number),
                 .product = "Plan",
                 .issued_on = {},
                 .due_on = due,
                 .amount = {minor, kCop}};
    tx.invoices.insert(creditor, made,
                       {.amount_minor = minor, .reported_minor = 0, .paid_minor = 0}, kNow);
    return who.id;
  }
  static std::vector<DebtorId> people(const std::vector<store::OwedRow>& rows) {
    std::vector<DebtorId> found;
    for (const auto& row : rows) found.push_back(row.debtor_id);
    return found;
  }
  static constexpr CivilDate kToday{20'000};
};

TEST_F(OverviewOfStore, ListsWhoOwesByAgeOrMoneyPageByPage) {
  in([&](Tx& tx) {
    const DebtorId old = owing(tx, "A", 500, kToday - 95), young = owing(tx, "B", 900, kToday - 10),
                   ahead = owing(tx, "C", 700, kToday + 5),
                   undated = owing(tx, "D", 100, std::nullopt);
    owing(tx, "E", 0, kToday - 50);
    owing(tx, "F", 999, kToday - 50, kOther);
    tx.debtors.hold(kCreditor, {young});
    Invoice second{.id = tx.ids.next<InvoiceId>(kNow),
                   .debtor_id = young,
                   .number = "G",
                   .product = "Plan",
                   .issued_on = {},
                   .due_on = kToday,
                   .amount = {300, kCop}};
    tx.invoices.insert(kCreditor, second,
                       {.amount_minor = 300, .reported_minor = 0, .paid_minor = 0}, kNow);
    Overview overview(tx.db);
    const auto by_age = overview.owed(kCreditor, {});
    EXPECT_EQ(people(by_age), (std::vector{old, young, ahead, undated}));
    EXPECT_EQ(by_age[1].owed_minor, 1200);
    EXPECT_EQ(by_age[1].invoices, 2);
    EXPECT_EQ(by_age[1].oldest_due, kToday - 10);
    EXPECT_FALSE(by_age[3].oldest_due);
    EXPECT_EQ(people(overview.owed(kCreditor, {.order = OwedOrder::Owed})),
              (std::vector{young, ahead, old, undated}));
    for (const auto order : {OwedOrder::Late, OwedOrder::Owed}) {
      const auto all = people(overview.owed(kCreditor, {.order = order}));
      std::vector<DebtorId> paged;
      std::optional<store::OwedRow> after;
      for (int page = 0; page < 5; ++page) {
        const auto rows = overview.owed(kCreditor, {.order = order, .after = after, .limit = 1});
        if (rows.empty()) break;
        paged.push_back(rows[0].debtor_id);
        after = rows[0];
      }
      EXPECT_EQ(paged, all);
    }
    EXPECT_EQ(people(overview.owed(kCreditor, {.due_from = kToday - 30, .due_to = kToday - 1})),
              std::vector{young});
  });
}

TEST_F(OverviewOfStore, ListsWhomASilenceKeepsSilentAndWhoOwesNothingIsAmongThem) {
  in([&](Tx& tx) {
    const DebtorId young = owing(tx, "A", 900, kToday - 10), old = owing(tx, "B", 500, kToday - 95),
                   nothing = owing(tx, "C", 0, kToday - 50),
                   other = owing(tx, "D", 700, kToday - 5);
    for (const auto one : {young, old, nothing})
      tx.debtors.set_review(kCreditor, one, kNow, "step_pending", kNow);
    tx.debtors.set_review(kCreditor, other, kNow, "needs_review", kNow);
    Overview overview(tx.db);
    const auto silent = overview.owed(kCreditor, {.silence = "step_pending"});
    EXPECT_EQ(people(silent), (std::vector{old, young, nothing}));
    EXPECT_EQ(silent[2].owed_minor, 0);
    EXPECT_EQ(silent[2].invoices, 0);
    EXPECT_EQ(
        people(overview.owed(kCreditor, {.order = OwedOrder::Owed, .silence = "step_pending"})),
        (std::vector{young, old, nothing}));
    EXPECT_EQ(
        people(overview.owed(
            kCreditor, {.due_from = kToday - 30, .due_to = kToday - 1, .silence = "step_pending"})),
        std::vector{young});
    EXPECT_EQ(people(overview.owed(kCreditor,
                                   {.after = silent[0], .limit = 1, .silence = "step_pending"})),
              std::vector{young});
    EXPECT_TRUE(overview.owed(kOther, {.silence = "step_pending"}).empty());
  });
}

// The page may end between two rows of one person.
TEST_F(OverviewOfStore, WhoOwesInTwoCurrenciesHasARowOfEachOnWhateverPage) {
  in([&](Tx& tx) {
    const DebtorId both = owing(tx, "A", 500, kToday - 5);
    tx.debtors.hold(kCreditor, {both});
    Invoice dollars{.id = tx.ids.next<InvoiceId>(kNow),
                    .debtor_id = both,
                    .number = "B",
                    .product = "Plan",
                    .issued_on = {},
                    .due_on = kToday - 5,
                    .amount = {500, Currency::of("USD")}};
    tx.invoices.insert(kCreditor, dollars,
                       {.amount_minor = 500, .reported_minor = 0, .paid_minor = 0}, kNow);
    Overview overview(tx.db);
    for (const auto order : {OwedOrder::Late, OwedOrder::Owed}) {
      const auto first = overview.owed(kCreditor, {.order = order, .after = {}, .limit = 1});
      ASSERT_EQ(first.size(), 1U);
      const auto second = overview.owed(kCreditor, {.order = order, .after = first[0], .limit = 5});
      ASSERT_EQ(second.size(), 1U);
      EXPECT_EQ(second[0].currency, "USD");
    }
  });
}

TEST_F(OverviewOfStore, SumsWhatIsOwedByHowLateItsOldestIs) {
  in([&](Tx& tx) {
    owing(tx, "A", 500, kToday - 95);
    owing(tx, "B", 900, kToday - 30);
    owing(tx, "C", 70, kToday - 31);
    owing(tx, "D", 7, kToday);
    owing(tx, "E", 1, std::nullopt);
    std::vector<std::array<int64_t, 3>> found;
    for (const auto& one : Overview(tx.db).ages(kCreditor, kToday))
      found.push_back({one.bucket, one.people, one.minor});
    EXPECT_EQ(found, (std::vector<std::array<int64_t, 3>>{
                         {0, 2, 8}, {1, 1, 900}, {2, 1, 70}, {4, 1, 500}}));
  });
}

TEST_F(OverviewOfStore, CountsWhatTheDayHasBrought) {
  in([&](Tx& tx) {
    const DebtorId who = debtor(tx).id;
    EXPECT_TRUE(tx.outbox.insert(message(tx, who, "a")));
    EXPECT_TRUE(tx.outbox.insert(message(tx, who, "b")));
    tx.debtors.set_review(kCreditor, who, kNow, "step_pending", kNow);
    Overview overview(tx.db);
    const auto today = overview.messages_since(kCreditor, kNow - kHourMs);
    ASSERT_EQ(today.size(), 1U);
    EXPECT_EQ(today[0].name, "planned");
    EXPECT_EQ(today[0].count, 2);
    EXPECT_TRUE(overview.messages_since(kCreditor, kNow + kHourMs).empty());
    EXPECT_EQ(overview.planned(kCreditor), 2);
    EXPECT_EQ(overview.people(kCreditor), 1);
    ASSERT_EQ(overview.silences(kCreditor, 5).size(), 1U);
    EXPECT_EQ(overview.silences(kCreditor, 5)[0].name, "step_pending");
    EXPECT_TRUE(overview.silences(kOther, 5).empty());
    EXPECT_EQ(overview.written_since(kCreditor, kNow - kHourMs), 0);
    EXPECT_TRUE(overview.money_of(kCreditor, date_of(2026, 1, 1), kNow + -kHourMs).empty());
  });
}

}  // namespace
}  // namespace puntual
