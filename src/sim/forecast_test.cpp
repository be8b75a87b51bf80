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

TEST(Forecast, TellsRemindersFromThanksAndWhoOwes) {
  const CivilDate today = date_of(2026, 11, 23);
  const std::string csv = sample_invoices_csv(sample_people(3, 60), today);
  const auto file = portfolio::open_import(csv, {.country = "CO"});
  ASSERT_TRUE(file) << file.error().message;
  ForecastOptions options{.from = today, .days = 20};
  options.creditor = {.id = CreditorId{1},
                      .name = "Red Andina",
                      .agent_name = "Laura",
                      .country = "CO",
                      .zone = "America/Bogota",
                      .locale = "es_CO",
                      .currency = "COP",
                      .help = "llame al 601 555 0100"};
  auto catalog = TemplateCatalog::built_in();
  ASSERT_TRUE(catalog);
  options.templates = *std::move(catalog);
  const auto files = embedded_files("strategies/estandar");
  ASSERT_FALSE(files.empty());
  auto strategy = strategy::parse(files[0].bytes, files[0].name);
  ASSERT_TRUE(strategy) << strategy.error().message;
  options.strategy = *std::move(strategy);

  const auto told = forecast(options, *file, nullptr);
  ASSERT_TRUE(told) << told.error().message;
  EXPECT_TRUE(told->violations.empty());
  EXPECT_EQ(told->people, 60);
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

}  // namespace
}  // namespace puntual::sim
