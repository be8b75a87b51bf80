#include "sim/sample_portfolio.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/phone.h"
#include "core/portfolio/import_detect.h"
#include "core/portfolio/import_row.h"
#include "sim/population.h"

namespace puntual::sim {
namespace {

const CivilDate kToday = date_of(2026, 11, 23);

struct Read {
  std::vector<PortfolioRow> rows;
  int64_t rejected = 0;
};
Read read_all(const std::string& csv) {
  Read read;
  const auto file = portfolio::open_import(csv, {.country = "CO"});
  EXPECT_TRUE(file.has_value()) << file.error().message;
  const auto counts = portfolio::read_portfolio(
      *file,
      [&](const PortfolioRow& row, const RawRecord&) -> Result<void> {
        read.rows.push_back(row);
        return {};
      },
      [&](const RawRecord& record, std::span<const RowError> errors) -> Result<void> {
        ADD_FAILURE() << "line " << record.line << ": " << errors.front().message;
        return {};
      });
  EXPECT_TRUE(counts.has_value());
  return read;
}

TEST(SamplePortfolio, TwoThirdsInColombiaEachWithOneToFiveOpenBills) {
  const auto people = sample_people(1, 300);
  EXPECT_EQ(std::ranges::count(people, "CO", &SamplePerson::country), 200);
  EXPECT_EQ(std::ranges::count(people, "PE", &SamplePerson::country), 100);
  const auto without = std::ranges::count(people, false, &SamplePerson::has_consent);
  EXPECT_GT(without, 3);
  EXPECT_LT(without, 30);
  std::set<std::string> names;
  for (const auto& person : people) {
    names.insert(person.name);
    EXPECT_TRUE(parse_phone(person.phone, person.country).has_value()) << person.phone;
    EXPECT_TRUE(std::ranges::any_of(known_temperaments(), [&](const auto& known) {
      return known.first.name == person.temperament;
    }));
  }
  EXPECT_EQ(names.size(), people.size());
}

TEST(SamplePortfolio, TheRealImportTakesEveryRow) {
  const auto people = sample_people(7, 300);
  const Read read = read_all(sample_invoices_csv(people, kToday));
  EXPECT_GT(read.rows.size(), 900u);
  std::set<std::string> numbers;
  for (const auto& row : read.rows) {
    numbers.insert(row.invoice_number);
    ASSERT_TRUE(row.due_on.has_value());
    EXPECT_LE(*row.due_on - kToday, kSampleDaysAhead);
    EXPECT_EQ(row.currency.code(), row.country == "PE" ? "PEN" : "COP");
    EXPECT_GT(row.amount_minor, 0);
  }
  EXPECT_EQ(numbers.size(), read.rows.size());
}

TEST(SamplePortfolio, LaterFilesContinueWithoutGapOrRepetition) {
  const auto people = sample_people(7, 300);
  std::set<std::string> numbers;
  for (const auto& row : read_all(sample_invoices_csv(people, kToday)).rows)
    numbers.insert(row.invoice_number);
  const size_t at_first = numbers.size();
  size_t later = 0;
  for (CivilDate first = kToday + kSampleDaysAhead + 1; first < kToday + kSampleDaysAhead + 1 + 365;
       first = first + 7) {
    for (const auto& row : read_all(sample_new_invoices_csv(people, first, first + 6)).rows) {
      numbers.insert(row.invoice_number);
      ++later;
    }
  }
  EXPECT_EQ(numbers.size(), at_first + later);
  EXPECT_NEAR(static_cast<double>(later), 12.0 * 300, 320);
}

TEST(SamplePortfolio, TheSameSeedGivesTheSameBytes) {
  EXPECT_EQ(sample_invoices_csv(sample_people(3, 50), kToday),
            sample_invoices_csv(sample_people(3, 50), kToday));
  EXPECT_NE(sample_invoices_csv(sample_people(3, 50), kToday),
            sample_invoices_csv(sample_people(4, 50), kToday));
}

}  // namespace
}  // namespace puntual::sim
