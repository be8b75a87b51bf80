// A forecast as `puntual forecast` makes it: N debtors with two invoices each, 90 days, by the
// production engine on a virtual clock, with the platform's model and people who answer and pay. In
// memory. Of more than sim::kUsualPeopleMax one in so many lives through the days (lived_people);
// per_second is the debtor-days that are answered for.
#include "sim/forecast.h"

#include "erp_file.h"
#include "portfolio.h"

namespace puntual::bench {
namespace {

constexpr int64_t kInvoicesEach = 2;
constexpr int32_t kDays = 90;

int run(int argc, char** argv) {
  const int64_t debtors = size_of(argc, argv, 500);
  const Folder folder;
  const Config config = house();
  SeededRandom random(1);
  const Desk desk = must(make_desk(config, random), "desk");
  write_erp_file(folder.file("cartera.csv"), debtors * kInvoicesEach, kInvoicesEach);
  const std::string bytes = bytes_of(folder.file("cartera.csv"));
  const ImportFile file = must(portfolio::open_import(bytes, {.country = "CO"}), "file");
  const sim::ForecastOptions options{.creditor = config.creditor,
                                     .templates = desk.templates,
                                     .strategy = desk.strategy_of(config.creditor),
                                     .from = date_of(2026, 9, 1),
                                     .days = kDays,
                                     .seed = 1};
  const Stopwatch watch;
  const sim::Forecast forecast = must(sim::forecast(options, file, nullptr), "forecast");
  const double seconds = watch.seconds();
  const double cpu_seconds = watch.cpu_seconds();
  require(forecast.violations.empty(),
          forecast.violations.empty() ? "" : forecast.violations.front());
  require(forecast.sends > 0, "nothing was sent");
  say(fmt::format("{} messages, trace {}", forecast.sends, forecast.trace_hash));
  Figures("forecast", debtors)
      .add_stretch(debtors * kDays, seconds, cpu_seconds)
      .add("lived_people", static_cast<double>(forecast.lived_people))
      .add("sends", static_cast<double>(forecast.sends))
      .print();
  return 0;
}

}  // namespace
}  // namespace puntual::bench

int main(int argc, char** argv) { return puntual::bench::run(argc, argv); }
