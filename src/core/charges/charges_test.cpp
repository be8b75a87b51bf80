// The worked examples of the payments contract, section 16, and what must hold of every debt.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/embedded.h"
#include "core/charges/interest.h"

namespace puntual {
namespace {

using charges::collection_cost_max;
using charges::daily_of;
using charges::interest_of;

Rate ea(std::string_view percent) { return {.micro_percent = micro_of(percent).value()}; }

ChargeTable confirmed_table(std::string_view country, CivilDate until) {
  for (const auto& table : charges::built_in_tables()) {
    if (table.country != country) continue;
    ChargeTable one = table;
    one.confirmed_by = "ana";
    one.confirmed_on = date_of(2025, 10, 1);
    one.confirmed_until = until;
    one.round_minor = 1;
    return one;
  }
  ADD_FAILURE() << "no table of " << country;
  return {};
}

// 1,250,000 pesos: what the contract computes with.
constexpr int64_t kLentMinor = 125'000'000;

struct ColombianDebt {
  CivilDate due = date_of(2025, 11, 30);
  CivilDate through = date_of(2025, 12, 30);
  std::string_view agreed = "90";
  std::vector<DebtEvent> events{{date_of(2025, 11, 1), DebtEventKind::Capital, kLentMinor}};
  std::vector<Days> rests = {};
  CivilDate since{0};
  int32_t grace_days = 0;
  std::string_view max_percent = "0";
  bool capital_first = false;
  std::optional<CivilDate> cut_after = {};
  CivilDate confirmed_until = date_of(2026, 1, 31);
};

const ChargeTable& colombia(CivilDate until) {
  static ChargeTable table;
  table = confirmed_table("CO", until);
  return table;
}

Interest interest(const ColombianDebt& debt) {
  const InterestTerms terms{.agreed = ea(debt.agreed),
                            .credit = "consumo_ordinario",
                            .since = debt.since,
                            .grace_days = debt.grace_days,
                            .max_micro_percent = micro_of(debt.max_percent).value(),
                            .capital_first = debt.capital_first};
  return interest_of(terms, colombia(debt.confirmed_until),
                     {.due_on = debt.due,
                      .events = debt.events,
                      .rests = debt.rests,
                      .through = debt.through,
                      .cut_after = debt.cut_after});
}

TEST(Rate, ReadsWhatPeopleWrite) {
  EXPECT_EQ(micro_of("24.36"), 24'360'000);
  EXPECT_EQ(micro_of("24,36"), 24'360'000);
  EXPECT_EQ(micro_of("1"), 1'000'000);
  for (const auto* const bad :
       {"", ".", "1.2.3", "-1", "1e3", "24.3600001", "99999999999999999999", "9999999999999"}) {
    EXPECT_FALSE(micro_of(bad)) << bad;
  }
  EXPECT_EQ(text_of_micro(24'360'000, ','), "24,36");
  EXPECT_EQ(text_of_micro(2'000'000, '.'), "2");
}

TEST(Rate, OfADayIsTheRootOfTheYear) {
  const auto shown = [](std::string_view percent) {
    return (daily_of(ea(percent)) + 500'000'000) / 1'000'000'000;
  };
  EXPECT_EQ(shown("24.36"), 597'467);  // 0.0597467 %
  EXPECT_EQ(shown("25.02"), 611'978);  // 0.0611978 %
  EXPECT_EQ(daily_of(ea("0")), 0);
  EXPECT_GT(daily_of({.micro_percent = kMicroPercentMax}), 0);
  EXPECT_EQ(
      daily_of({.micro_percent = 36'000'000, .kind = RateKind::NominalAnnual, .day_basis = 360}),
      kDailyOne / 1000);
  EXPECT_EQ(daily_of({.micro_percent = 3'000'000, .kind = RateKind::Monthly, .day_basis = 360}),
            kDailyOne / 1000);
}

TEST(Interest, OfThirtyDaysAtTheCeiling) {
  // January 2026: 24.36 %.
  const auto january = interest({.due = date_of(2026, 1, 1), .through = date_of(2026, 1, 31)});
  EXPECT_EQ(january.total_minor(), 2'240'502);
  ASSERT_EQ(january.pieces.size(), 1U);
  EXPECT_TRUE(january.pieces[0].is_ceiling);
  EXPECT_EQ(january.pieces[0].from, date_of(2026, 1, 2));
  EXPECT_EQ(january.pieces[0].to, date_of(2026, 1, 31));
  EXPECT_EQ(january.pieces[0].base_minor, kLentMinor);
  // December 2025: 25.02 %.
  EXPECT_EQ(interest({}).total_minor(), 2'294'916);
}

TEST(Interest, IsAtTheLowerOfAgreedAndCeilingMonthByMonth) {
  // 24.5 %: below November's and December's ceilings, above January's.
  const auto told =
      interest({.due = date_of(2025, 11, 20), .through = date_of(2026, 1, 10), .agreed = "24.5"});
  ASSERT_EQ(told.pieces.size(), 3U);
  EXPECT_FALSE(told.pieces[0].is_ceiling);
  EXPECT_FALSE(told.pieces[1].is_ceiling);
  EXPECT_TRUE(told.pieces[2].is_ceiling);
  EXPECT_EQ(told.pieces[2].rate, ea("24.36"));
  EXPECT_EQ(told.pieces[0].to, date_of(2025, 11, 30));
  EXPECT_EQ(told.pieces[1].to, date_of(2025, 12, 31));
  EXPECT_EQ(told.total_minor(), told.interest_minor);
}

TEST(Interest, ComputesNothingThatNobodyVouchesFor) {
  const auto beyond = interest({.due = date_of(2026, 1, 21), .through = date_of(2026, 3, 15)});
  EXPECT_EQ(beyond.stopped_on, date_of(2026, 2, 1));
  EXPECT_EQ(beyond.pieces.back().to, date_of(2026, 1, 31));
  const auto earlier = interest({.due = date_of(2026, 1, 1),
                                 .through = date_of(2026, 1, 31),
                                 .confirmed_until = date_of(2026, 1, 10)});
  EXPECT_EQ(earlier.stopped_on, date_of(2026, 1, 11));
  // As it ships, a table is nobody's word.
  for (const auto& table : charges::built_in_tables())
    EXPECT_EQ(table.ceiling("consumo_ordinario", date_of(2026, 1, 5)), nullptr) << table.country;
  EXPECT_EQ(colombia(date_of(2026, 1, 31)).known_until("consumo_ordinario", date_of(2025, 10, 5)),
            date_of(2026, 1, 31));
  EXPECT_EQ(colombia(date_of(2026, 1, 31)).known_until("bajo_monto", date_of(2025, 12, 5)),
            date_of(2025, 12, 31));
  EXPECT_FALSE(
      colombia(date_of(2026, 1, 31)).known_until("consumo_ordinario", date_of(2026, 2, 1)));
}

TEST(Interest, StartsAfterGraceAndNotBeforeWeCompute) {
  EXPECT_EQ(interest({.grace_days = 5}).pieces.front().from, date_of(2025, 12, 6));
  EXPECT_EQ(interest({.since = date_of(2025, 12, 15)}).pieces.front().from, date_of(2025, 12, 15));
  EXPECT_TRUE(interest({.through = date_of(2025, 11, 30)}).pieces.empty());  // Due on that day.
}

TEST(Interest, OfAPartPaidIsOfWhatIsLeftOfTheCapital) {
  // Ten days at 25.02 %: 7,649.72 of interest; a payment of 507,649.72 pays it and half a million
  // of capital.
  ColombianDebt debt;
  debt.events.push_back({date_of(2025, 12, 10), DebtEventKind::Settled, 50'764'972});
  const auto told = interest(debt);
  ASSERT_EQ(told.pieces.size(), 2U);
  EXPECT_EQ(told.pieces[0].minor, 764'972);
  EXPECT_EQ(told.pieces[1].base_minor, 75'000'000);
  EXPECT_EQ(told.pieces[1].from, date_of(2025, 12, 11));
  EXPECT_EQ(told.capital_minor, 75'000'000);
  debt.capital_first = true;
  EXPECT_EQ(interest(debt).pieces[1].base_minor, kLentMinor - 50'764'972);
}

TEST(Interest, OfMoneyTakenBackBearsNoInterestOnInterest) {
  ColombianDebt debt;
  debt.events.push_back({date_of(2025, 12, 10), DebtEventKind::Settled, 50'764'972});
  debt.events.push_back({date_of(2025, 12, 20), DebtEventKind::Settled, -50'764'972});
  const auto told = interest(debt);
  ASSERT_EQ(told.pieces.size(), 3U);
  EXPECT_EQ(told.pieces[2].base_minor, kLentMinor);  // Not a peso more than was lent.
  EXPECT_EQ(told.capital_minor, kLentMinor);
}

TEST(Interest, OfAChargebackThatWasWonCountsThePaymentOnce) {
  ColombianDebt debt{.through = date_of(2025, 12, 20)};
  for (const auto& [on, minor] :
       {std::pair(date_of(2025, 12, 10), kLentMinor), std::pair(date_of(2025, 12, 10), kLentMinor),
        std::pair(date_of(2025, 12, 20), -kLentMinor)}) {
    debt.events.push_back({on, DebtEventKind::Settled, minor});
  }
  const auto told = interest(debt);
  EXPECT_EQ(told.total_minor(), 688'475);  // Nine days, which were asked for on the tenth;
  EXPECT_EQ(told.capital_minor,
            688'475);                 // it paid that first, and so much of the capital is left:
  EXPECT_EQ(told.interest_minor, 0);  // of the days after it none, for it had been there twice.
}

TEST(Interest, IsRoundedDownToWhatIsAskedFor) {
  ChargeTable table = confirmed_table("CO", date_of(2026, 1, 31));
  table.round_minor = 100;
  const std::vector<DebtEvent> events{{date_of(2025, 11, 1), DebtEventKind::Capital, kLentMinor}};
  const auto told =
      interest_of({.agreed = ea("90"), .credit = "consumo_ordinario", .since = {}}, table,
                  {.due_on = date_of(2025, 11, 30),
                   .events = events,
                   .rests = {},
                   .through = date_of(2025, 12, 30)});
  EXPECT_EQ(told.total_minor(), 2'294'900);
  EXPECT_EQ(std::ranges::find(charges::built_in_tables(), "CO", &ChargeTable::country)->round_minor,
            100);
}

TEST(Interest, RestsInADisputeAndEndsAtItsBound) {
  ColombianDebt debt;
  debt.rests = {{date_of(2025, 12, 5), date_of(2025, 12, 24)}};
  const auto told = interest(debt);
  ASSERT_EQ(told.pieces.size(), 2U);
  EXPECT_EQ(told.pieces[0].to, date_of(2025, 12, 4));
  EXPECT_EQ(told.pieces[1].from, date_of(2025, 12, 25));
  EXPECT_EQ(interest({.max_percent = "1"}).total_minor(), kLentMinor / 100);
}

TEST(Interest, ThatIsWaivedIsNotPaidTwice) {
  ColombianDebt debt;
  debt.events.push_back({date_of(2025, 12, 10), DebtEventKind::Waived, 764'972});
  debt.events.push_back({date_of(2025, 12, 10), DebtEventKind::Settled, 50'000'000});
  const auto told = interest(debt);
  EXPECT_EQ(told.capital_minor, 75'000'000);
  EXPECT_EQ(told.pieces[1].base_minor, 75'000'000);
}

// All that was asked for on a day settles it, whenever that is told; by the month the days of it
// that nobody had asked for are over.
TEST(Interest, OfDaysThatWereNotAskedForIsOverWithTheDebt) {
  ColombianDebt debt;
  debt.events.push_back({date_of(2025, 12, 10), DebtEventKind::Settled, kLentMinor + 688'475});
  const auto told = interest(debt);
  EXPECT_EQ(told.total_minor(), 688'475);
  EXPECT_EQ(told.capital_minor + told.interest_minor, 0);
  const InterestTerms monthly{
      .agreed = ea("90"), .credit = "consumo_ordinario", .since = {}, .is_monthly = true};
  EXPECT_EQ(monthly.asked_through(date_of(2025, 12, 10)), date_of(2025, 11, 30));
  EXPECT_EQ(monthly.asked_on(date_of(2025, 12, 10)), date_of(2026, 1, 1));
  const auto owed = [&](int64_t first, int64_t second) {
    const std::vector<DebtEvent> events{{date_of(2025, 11, 1), DebtEventKind::Capital, kLentMinor},
                                        {date_of(2025, 12, 10), DebtEventKind::Settled, first},
                                        {date_of(2025, 12, 20), DebtEventKind::Settled, second}};
    const auto all = interest_of(monthly, colombia(date_of(2026, 1, 31)),
                                 {.due_on = date_of(2025, 11, 30),
                                  .events = events,
                                  .rests = {},
                                  .through = date_of(2025, 12, 31)});
    EXPECT_EQ(all.capital_minor + all.interest_minor,
              kLentMinor + all.total_minor() - first - second);
    return all.capital_minor + all.interest_minor;
  };
  EXPECT_EQ(owed(60'000'000, kLentMinor - 60'000'000), 0);
  EXPECT_GT(owed(60'000'000, kLentMinor - 60'000'001), 1'000'000);
}

// Whatever happens: pieces add up, what is owed is what came less what went, capital never grows,
// and no day costs more than its ceiling; and cutting it where it was booked before changes no sum.
RC_GTEST_PROP(Interest, AddsUpAndStaysBelowTheCeiling, ()) {
  ColombianDebt debt;
  debt.through = debt.due + *rc::gen::inRange(1, 60);
  debt.agreed = *rc::gen::element<std::string_view>("10", "24.9", "36", "90");
  const auto count = *rc::gen::inRange(0, 6);
  for (int i = 0; i < count; ++i) {
    const CivilDate on = debt.due + *rc::gen::inRange(-3, 60);
    debt.events.push_back(
        {on, DebtEventKind::Settled, *rc::gen::inRange<int64_t>(1, kLentMinor / 6)});
  }
  std::ranges::stable_sort(debt.events, {}, &DebtEvent::on);
  const auto told = interest(debt);
  int64_t settled = 0;
  for (const auto& event : debt.events)
    settled += event.kind == DebtEventKind::Settled ? event.minor : 0;
  RC_ASSERT(told.capital_minor + told.interest_minor == kLentMinor + told.total_minor() - settled);
  long double most = 0;
  for (const auto& piece : told.pieces) {
    RC_ASSERT(piece.base_minor <= kLentMinor);
    RC_ASSERT(daily_of(piece.rate) <= daily_of(*piece.ceiling->rate));
    most += static_cast<long double>(piece.base_minor) * (piece.to - piece.from + 1) *
            static_cast<long double>(daily_of(*piece.ceiling->rate)) / kDailyOne;
  }
  RC_ASSERT(static_cast<long double>(told.total_minor()) <= most + 0.5L);
  debt.cut_after = debt.due + *rc::gen::inRange(0, 60);
  const auto cut = interest(debt);
  RC_ASSERT(cut.total_minor() == told.total_minor());
  debt.through = std::min(debt.through, *debt.cut_after);
  RC_ASSERT(interest(debt).total_minor() == cut.total_through(*debt.cut_after));
}

ChargeTable chile(std::string_view unit) {
  ChargeTable table = confirmed_table("CL", date_of(2026, 12, 31));
  table.costs->units = {{date_of(2026, 1, 1), micro_of(unit).value()}};
  return table;
}

TEST(CollectionCost, GoesByStepsAndFallsWithoutATimelyContact) {
  const CivilDate on = date_of(2026, 11, 20);
  const auto most = [&](std::string_view unit, int64_t overdue, bool contacted) {
    return collection_cost_max(
        chile(unit),
        {.overdue_minor = overdue, .minor_per_major = 1, .on = on, .was_contacted = contacted});
  };
  EXPECT_EQ(most("27205.11", 100'000, true), 9'000);
  EXPECT_EQ(most("27205.11", 100'000, false), 3'559);
  EXPECT_EQ(most("40000", 400'000, true), 36'000);
  EXPECT_EQ(most("40000", 1'000'000, true), 72'000);
  EXPECT_EQ(most("40000", 3'000'000, true), 162'000);
  EXPECT_EQ(most("40000", 400'000, false), 28'000);
  EXPECT_EQ(most("40000", 1'000'000, false), 64'000);
  EXPECT_EQ(most("40000", 3'000'000, false), 154'000);
  EXPECT_EQ(most("40000", 1'000, false), 0);
}

TEST(CollectionCost, IsNotComputedWithoutAValueOfTheUnit) {
  const charges::CostCase debt{
      .overdue_minor = 100'000, .on = date_of(2026, 11, 20), .was_contacted = true};
  EXPECT_FALSE(collection_cost_max(confirmed_table("CL", date_of(2026, 12, 31)), debt));
  EXPECT_FALSE(collection_cost_max(confirmed_table("CO", date_of(2026, 12, 31)), debt));
  ChargeTable nobodys = chile("40000");
  nobodys.confirmed_by.clear();
  EXPECT_FALSE(collection_cost_max(nobodys, debt));
}

// Brazil's fine, as the shipped table has it once somebody has confirmed it.
TEST(CollectionCost, ThatIsAShareAloneNeedsNoUnit) {
  const ChargeTable table = confirmed_table("BR", date_of(2026, 12, 31));
  ASSERT_TRUE(table.costs);
  EXPECT_FALSE(table.costs->needs_units());
  EXPECT_EQ(table.costs->name, "multa");
  const charges::CostCase debt{
      .overdue_minor = 150'00, .minor_per_major = 100, .on = date_of(2026, 6, 1)};
  EXPECT_EQ(collection_cost_max(table, debt), 3'00);
  EXPECT_FALSE(collection_cost_max(confirmed_table("BR", date_of(2026, 5, 31)), debt))
      << "nobody vouches for it on that day";
}

TEST(ChargeTable, IsConfirmedByAPersonInAFileOfTheirOwn) {
  const auto shipped = *embedded_file("data/charges/co.toml");
  const std::string once = charges::confirmed_text(
      shipped, {.by = "ana \"la jefe\"", .on = date_of(2026, 1, 2), .until = date_of(2026, 1, 31)});
  const auto table = charges::read_table(once, "co.toml");
  ASSERT_TRUE(table.has_value()) << table.error().message;
  EXPECT_EQ(table->confirmed_by, "ana la jefe");
  EXPECT_EQ(table->confirmed_until, date_of(2026, 1, 31));
  EXPECT_NE(table->ceiling("consumo_ordinario", date_of(2026, 1, 31)), nullptr);
  const std::string twice = charges::confirmed_text(
      once, {.by = "luis", .on = date_of(2026, 1, 3), .until = date_of(2026, 1, 15)});
  const auto again = charges::read_table(twice, "co.toml");
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_EQ(again->confirmed_by, "luis");
  EXPECT_EQ(again->ceiling("consumo_ordinario", date_of(2026, 1, 16)), nullptr);
}

TEST(ChargeTable, TellsEveryMistake) {
  const auto table = charges::read_table(
      "country = \"CO\"\nversion = \"x\"\ncurrency = \"COP\"\norder = [\"interest\", \"capital\"]\n"
      "[[ceiling]]\nfrom = \"2026-01-01\"\nto = \"2026-01-31\"\nrate = \"veinte\"\nlaw = \"l\"\n"
      "[[ceiling]]\nfrom = \"2026-01-31\"\nto = \"2026-02-28\"\nlaw = \"l\"\n",
      "co.toml");
  ASSERT_FALSE(table.has_value());
  for (const auto* const part : {"each once", "veinte", "speak of 2026-01-31", "unlimited"})
    EXPECT_NE(table.error().message.find(part), std::string::npos) << table.error().message;
}

}  // namespace
}  // namespace puntual
