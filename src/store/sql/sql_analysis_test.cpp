#include "store/sql/sql_analysis.h"

#include "store/sql/sql_figure_people.h"
#include "store/test_store.h"

namespace puntual {
namespace {

using store::Analysis;

class AnalysisOfStore : public StoreConformance {};

TEST_F(AnalysisOfStore, SumsInvoicesByTheDayTheyFallDueAndWhatWasBilledMeanwhile) {
  in([&](Tx& tx) {
    const DebtorId who = debtor(tx).id;
    const CivilDate due = date_of(2026, 11, 24);
    invoice(tx, who, "A", {.amount_minor = 500, .reported_minor = 100, .paid_minor = 0});
    invoice(tx, who, "B", {.amount_minor = 300, .reported_minor = 0, .paid_minor = 0});
    Analysis analysis(tx.db);
    const auto sums = analysis.due(kCreditor, due, due);
    ASSERT_EQ(sums.size(), 1U);
    EXPECT_EQ(sums[0].due_on, due);
    EXPECT_EQ(sums[0].invoices, 2);
    EXPECT_EQ(sums[0].asked_minor, 800);
    EXPECT_EQ(sums[0].owed_minor, 700);
    EXPECT_EQ(sums[0].billed_minor, 800);
    EXPECT_EQ(analysis.due(kCreditor, due + 1, due + 9)[0].billed_minor, 0);
    EXPECT_TRUE(analysis.due(kOther, due, due).empty());
  });
}

// Each is one statement that both databases must read; what they count, app/analysis_view_test.cpp
// checks by hand.
TEST_F(AnalysisOfStore, CountsNothingWhereNothingHasHappened) {
  in([&](Tx& tx) {
    const DebtorId who = debtor(tx).id;
    EXPECT_TRUE(tx.outbox.insert(message(tx, who, "a")));
    Analysis analysis(tx.db);
    EXPECT_TRUE(analysis.recovered(kCreditor, date_of(2026, 1, 1), 0).empty());
    EXPECT_TRUE(analysis.funnel(kCreditor, kNow - kDayMs, kNow, 0).empty());
    EXPECT_TRUE(analysis.heard(kCreditor, kNow - kDayMs).empty());
    EXPECT_TRUE(analysis.agreements(kCreditor, kNow - kDayMs).empty());
    EXPECT_TRUE(analysis.delivered(kCreditor, kNow - kDayMs).empty());
    store::FigurePeople people(tx.db);
    const store::DueDays due{.currency = "COP", .from = {0}, .to = date_of(2026, 1, 1)};
    EXPECT_TRUE(people.invoices(kCreditor, due, due.from, due.to).empty());
    EXPECT_TRUE(people.recovered(kCreditor, due, due.from, 0).empty());
    EXPECT_TRUE(people.reminded(kCreditor, kNow - kDayMs, kNow, 0).empty());
    EXPECT_TRUE(people.heard(kCreditor, kNow - kDayMs).empty());
    EXPECT_TRUE(people.delivered(kCreditor, kNow - kDayMs).empty());
    EXPECT_TRUE(people.agreements(kCreditor, kNow - kDayMs, "plan", "kept", "COP").empty());
  });
}

}  // namespace
}  // namespace puntual
