#include "sim/forecast.h"

#include <gtest/gtest.h>

#include "base/embedded.h"
#include "core/strategy/strategy.h"
#include "sim/sample_portfolio.h"

namespace puntual::sim {
namespace {

int64_t sum_of_days(const std::map<std::string, int64_t>& by_day) {
  int64_t sum = 0;
  for (const auto& [day, count] : by_day) sum += count;
  return sum;
}

ForecastOptions standard_house(CivilDate from, int32_t days) {
  ForecastOptions options{.from = from, .days = days};
  options.creditor = {.id = CreditorId{1},
                      .name = "Red Andina",
                      .agent_name = "Laura",
                      .country = "CO",
                      .zone = "America/Bogota",
                      .locale = "es_CO",
                      .currency = "COP",
                      .help = "llame al 601 555 0100"};
  auto catalog = TemplateCatalog::built_in();
  EXPECT_TRUE(catalog);
  options.templates = *std::move(catalog);
  const auto files = embedded_files("strategies/estandar");
  EXPECT_FALSE(files.empty());
  auto strategy = strategy::parse(files[0].bytes, files[0].name);
  EXPECT_TRUE(strategy) << strategy.error().message;
  options.strategy = *std::move(strategy);
  return options;
}

TEST(Forecast, TellsRemindersFromThanksAndWhoOwes) {
  const CivilDate today = date_of(2026, 11, 23);
  const std::string csv = sample_invoices_csv(sample_people(3, 60), today);
  const auto file = portfolio::open_import(csv, {.country = "CO"});
  ASSERT_TRUE(file) << file.error().message;
  const auto told = forecast(standard_house(today, 20), *file, nullptr);
  ASSERT_TRUE(told) << told.error().message;
  EXPECT_TRUE(told->violations.empty());
  EXPECT_EQ(told->people, 60);
  EXPECT_EQ(told->lived_people, 60);
  EXPECT_GT(told->people_owing, 0);
  EXPECT_LE(told->people_owing, told->people);
  EXPECT_LE(told->people_owing, told->open_invoices);
  const int64_t thanks = sum_of_days(told->thanks_by_day);
  EXPECT_GT(thanks, 0);
  EXPECT_EQ(thanks, told->sends_by_step.contains("thanks") ? told->sends_by_step.at("thanks") : 0);
  EXPECT_GT(sum_of_days(told->reminders_by_day), thanks);
  EXPECT_LE(sum_of_days(told->reminders_by_day) + thanks, told->sends);
  for (const auto& [day, count] : told->sends_by_day) {
    const auto of = [&](const auto& by_day) { return by_day.contains(day) ? by_day.at(day) : 0; };
    EXPECT_LE(of(told->reminders_by_day) + of(told->thanks_by_day), count) << day;
  }
}

// What a sixth of the people tells of all of them is what all of them tell, within the spread it
// names.
TEST(Forecast, SomeOfManyTellOfAll) {
  const CivilDate today = date_of(2026, 11, 23);
  const std::string csv = sample_invoices_csv(sample_people(3, 6000), today);
  const auto file = portfolio::open_import(csv, {.country = "CO"});
  ASSERT_TRUE(file) << file.error().message;
  ForecastOptions options = standard_house(today, 3);
  options.people_max = 0;
  const auto all = forecast(options, *file, nullptr);
  ASSERT_TRUE(all) << all.error().message;
  options.people_max = 1000;
  const auto some = forecast(options, *file, nullptr);
  ASSERT_TRUE(some) << some.error().message;
  EXPECT_EQ(all->lived_people, 6000);
  EXPECT_EQ(some->people, all->people);
  EXPECT_LT(some->lived_people * 5, all->people);
  EXPECT_GT(some->lived_people, 900);
  EXPECT_NEAR(static_cast<double>(some->sends), static_cast<double>(all->sends),
              0.1 * static_cast<double>(all->sends));
  EXPECT_EQ(some->sends, sum_of_days(some->sends_by_day));
  ASSERT_FALSE(all->collected.empty());
  const auto& [currency, exact] = *all->collected.begin();
  const auto& estimate = some->collected.at(currency);
  EXPECT_LT(estimate.low_minor, exact.amount_minor);
  EXPECT_GT(estimate.high_minor, exact.amount_minor);
  EXPECT_GT(estimate.high_minor - estimate.low_minor, exact.high_minor - exact.low_minor);
}

}  // namespace
}  // namespace puntual::sim
