#include "core/rights/request.h"

#include <gtest/gtest.h>

#include "base/embedded.h"
#include "core/compliance/rule_book.h"

namespace puntual {
namespace {

CivilDate due(std::string_view country, RightKind kind, CivilDate received) {
  return rights::due_on(country, kind, received, compliance::RuleBook::built_in());
}

TEST(RightsTerm, ColombiaCountsBusinessDaysWithoutItsHolidays) {
  // Friday 2026-12-04; Tuesday the 8th is a holiday: 7, 9, 10, 11, 14, 15, 16, 17, 18, 21.
  EXPECT_EQ(due("CO", RightKind::Access, date_of(2026, 12, 4)), date_of(2026, 12, 21));
  // Five more: 22, 23, 24, 28, 29 (the 25th is Christmas).
  EXPECT_EQ(due("CO", RightKind::Erasure, date_of(2026, 12, 4)), date_of(2026, 12, 29));
}

TEST(RightsTerm, ChileTakesThirtyDaysFromTheFirstOfDecember) {
  EXPECT_EQ(due("CL", RightKind::Access, date_of(2026, 12, 1)), date_of(2026, 12, 31));
  EXPECT_EQ(rights::term_of("CL", RightKind::Access, date_of(2026, 11, 30)).rule, "H-RIGHTS");
}

TEST(RightsTerm, TheHouseAnswersWithinFiveBusinessDays) {
  EXPECT_EQ(due("PE", RightKind::Opposition, date_of(2026, 12, 4)),
            date_of(2026, 12, 15));  // 8 and 9 are holidays.
}

TEST(RightsTerm, ADayThatTheDeploymentsOwnCalendarClosesIsNotCounted) {
  std::string calendar(*embedded_file("data/holidays/co.tsv"));
  calendar.replace(calendar.find("2026.11.1"), 9, "2026.12.1");
  const size_t christmas = calendar.find("2026-12-25");
  calendar.insert(christmas, "2026-12-15\tDía cívico\t\n");
  const auto book = compliance::RuleBook::with(
      {.packs = {}, .calendars = {{"leyes/co.tsv", calendar}}, .closed_days = {}, .others = {}});
  ASSERT_TRUE(book) << book.error().message;
  EXPECT_EQ(rights::due_on("CO", RightKind::Access, date_of(2026, 12, 4), **book),
            date_of(2026, 12, 22));
}

TEST(Erasure, WaitsForDebtsAndMoney) {
  EXPECT_TRUE(rights::holds_of({}).empty());
  const auto holds = rights::holds_of({.owes = true, .has_unapplied_money = true});
  ASSERT_EQ(holds.size(), 2u);
  EXPECT_EQ(holds[0].code, "OPEN_DEBT");
}

}  // namespace
}  // namespace puntual
