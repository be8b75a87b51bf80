// puntual forecast: the days ahead, lived through on a virtual clock.
#include <cstdio>

#include "app/config.h"
#include "base/embedded.h"
#include "base/json.h"
#include "cli/command.h"
#include "core/strategy/strategy.h"
#include "sim/forecast.h"

namespace puntual::cli {
namespace {

// The country that a portfolio in this currency is of, and how its creditor would be set up.
struct Home {
  std::string_view country, zone, currency;
};
constexpr Home kHomes[] = {{"CO", "America/Bogota", "COP"}, {"PE", "America/Lima", "PEN"}, {"MX", "America/Mexico_City", "MXN"},
                           {"CL", "America/Santiago", "CLP"}};

const Home* home_of(std::string_view country) {
  for (const auto& home : kHomes) {
    if (home.country == country) return &home;
  }
  return nullptr;
}

// Country as given, else as the file's currency tells, else Colombia.
Result<ImportFile> open_portfolio(std::string_view bytes, std::string country) {
  if (country.empty()) {
    ASSIGN_OR_RETURN(ImportFile guess, portfolio::open_import(bytes, {.country = "CO"}));
    for (const auto& home : kHomes) {
      if (guess.mapping.currency.code() == home.currency) country = home.country;
    }
    if (country.empty() || country == "CO") return guess;
  }
  return portfolio::open_import(bytes, {.country = country});
}

json::object counts_json(const std::map<std::string, int64_t>& counts) {
  json::object object;
  for (const auto& [name, count] : counts) object[name] = count;
  return object;
}

json::object forecast_json(const sim::Forecast& f, const sim::ForecastOptions& options) {
  json::object collected;
  for (const auto& [currency, amount] : f.collected) {
    collected[currency] = json::object{{"amount_minor", amount.amount_minor}, {"low_minor", amount.low_minor},
                                       {"high_minor", amount.high_minor}, {"payments", amount.payments}};
  }
  int64_t payments = 0;
  for (const auto& [currency, amount] : f.collected) payments += amount.payments;
  json::array violations;
  for (const auto& violation : f.violations) violations.push_back(json::string(violation));
  return {{"from", format_date(options.from)}, {"days", options.days}, {"seed", static_cast<int64_t>(options.seed)},
          {"strategy", options.strategy.version}, {"people", f.people}, {"open_invoices", f.open_invoices},
          {"open_minor", counts_json(f.open_minor)}, {"sends", f.sends}, {"sends_by_day", counts_json(f.sends_by_day)},
          {"sends_by_step", counts_json(f.sends_by_step)}, {"sends_by_template", counts_json(f.sends_by_template)},
          {"refusals_by_reason", counts_json(f.refusals)}, {"silences_by_reason", counts_json(f.silences)},
          {"cost", {{"USD", {{"micros", f.cost_usd_micros}}}}}, {"replies", f.replies}, {"promises", f.promises}, {"stops", f.stops},
          {"payments", payments}, {"collected", collected}, {"peak_sends_an_hour", f.peak_sends_an_hour},
          {"violations", violations}, {"trace_hash", f.trace_hash}};
}

void print_for_people(const sim::Forecast& f, const sim::ForecastOptions& options) {
  std::printf("%d días desde %s con la estrategia %s\n", options.days, format_date(options.from).c_str(), options.strategy.name.c_str());
  std::printf("%lld personas, %lld facturas abiertas\n\n", static_cast<long long>(f.people), static_cast<long long>(f.open_invoices));
  int64_t most = 1;
  for (const auto& [day, count] : f.sends_by_day) most = std::max(most, count);
  for (const auto& [day, count] : f.sends_by_day) {
    std::printf("%s %5lld %s\n", day.c_str(), static_cast<long long>(count), std::string(static_cast<size_t>(count * 40 / most), '#').c_str());
  }
  std::printf("\n%lld mensajes; en la hora más cargada %lld; costo estimado US$ %.2f\n", static_cast<long long>(f.sends),
              static_cast<long long>(f.peak_sends_an_hour), static_cast<double>(f.cost_usd_micros) / 1e6);
  for (const auto& [currency, amount] : f.collected) {
    const Currency money = Currency::of(currency);
    std::printf("%lld pagos por %s (entre %s y %s)\n", static_cast<long long>(amount.payments),
                format_plain({amount.amount_minor, money}).c_str(), format_plain({amount.low_minor, money}).c_str(),
                format_plain({amount.high_minor, money}).c_str());
  }
  std::printf("%lld respuestas, %lld promesas, %lld bajas\n", static_cast<long long>(f.replies), static_cast<long long>(f.promises),
              static_cast<long long>(f.stops));
  for (const auto& [reason, count] : f.refusals) std::printf("  %-28s %lld\n", reason.c_str(), static_cast<long long>(count));
  for (const auto& violation : f.violations) std::printf("VIOLACIÓN: %s\n", violation.c_str());
  std::printf("huella %s\n", f.trace_hash.c_str());
}

Result<sim::ForecastOptions> options_of(const Arguments& arguments, const ImportFile& file) {
  sim::ForecastOptions options;
  const std::string path = arguments.text("--strategy");
  const auto shipped = embedded_file(fmt::format("strategies/{}.toml", path));
  std::string text(shipped.value_or(""));
  if (!shipped) {
    ASSIGN_OR_RETURN(text, read_file(path));
  }
  ASSIGN_OR_RETURN(options.strategy, strategy::parse(text, path));
  ASSIGN_OR_RETURN(options.from, parse_date(arguments.text("--from")));
  ASSIGN_OR_RETURN(const int64_t days, arguments.number("--days"));
  if (days < 1 || days > 3660) return fail(ErrorCode::Invalid, "--days {} (expected 1 to 3660)", days);
  options.days = static_cast<int32_t>(days);
  ASSIGN_OR_RETURN(const int64_t seed, arguments.number("--seed"));
  options.seed = static_cast<uint64_t>(seed);
  const std::string& country = file.mapping.country.empty() ? "CO" : file.mapping.country;
  const Home* home = home_of(country);
  const auto zones = compliance::zones_of(country);
  if (home == nullptr && zones.empty()) return fail(ErrorCode::Invalid, "country {}: there is no rule pack, so nothing could be sent", country);
  options.creditor = {.id = CreditorId{1}, .name = "Mi empresa", .agent_name = "Laura", .country = country,
                      .zone = std::string(home != nullptr ? home->zone : zones.front().name()), .locale = "es_" + country,
                      .currency = std::string(home != nullptr ? home->currency : file.mapping.currency.code()),
                      .help = "llame al 601 555 0100", .payment_link_base = "https://pagos.example.com/"};
  ASSIGN_OR_RETURN(options.templates, TemplateCatalog::built_in(options.creditor.payment_link_base));
  return options;
}

Result<int> run_forecast(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const std::string bytes, read_file(arguments.text("--portfolio")));
  ASSIGN_OR_RETURN(const ImportFile file, open_portfolio(bytes, arguments.text("--country")));
  ASSIGN_OR_RETURN(const sim::ForecastOptions options, options_of(arguments, file));
  std::string payment_bytes;
  std::optional<ImportFile> payments;
  if (arguments.has("--payments")) {
    ASSIGN_OR_RETURN(payment_bytes, read_file(arguments.text("--payments")));
    ASSIGN_OR_RETURN(payments, portfolio::open_import(payment_bytes, {.kind = FileKind::Payments, .country = options.creditor.country}));
  }
  ASSIGN_OR_RETURN(const sim::Forecast forecast, sim::forecast(options, file, payments ? &*payments : nullptr));
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(forecast_json(forecast, options)).c_str());
  } else {
    print_for_people(forecast, options);
  }
  return forecast.violations.empty() ? kOk : kFailure;
}

}  // namespace

Command forecast_command() {
  return {.name = "forecast",
          .summary = "The days ahead on a virtual clock: who would hear what, when, and what would come in",
          .options = {{"--portfolio", "FILE", "Invoices, as for import", true},
                      {"--payments", "FILE", "History of payments: people then behave as they have so far"},
                      {"--strategy", "FILE", "A strategy's file, or the name of a shipped one: estandar, suave, servicios", true},
                      {"--from", "YYYY-MM-DD", "First day", true},
                      {"--days", "N", "How many days", true},
                      {"--seed", "S", "The same seed gives the same days", false, "1"},
                      {"--country", "CC", "Where the people are; told by the file's currency when left out"},
                      {"--json", "", "As one JSON object"}},
          .examples = "  puntual forecast --portfolio cartera.csv --strategy strategies/estandar.toml --from 2026-11-23 --days 60\n",
          .run = run_forecast};
}

}  // namespace puntual::cli
