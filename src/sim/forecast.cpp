#include "sim/forecast.h"

#include <cmath>

#include "core/messaging/price.h"
#include "engine/import_portfolio.h"

namespace puntual::sim {
namespace {

// Until this many people every event has its own second; larger worlds take half a minute at a time.
constexpr int64_t kFinePeopleMax = 5000;

Result<void> load(World& world, const ImportFile& file, const std::string& confirmed_by) {
  constexpr std::string_view kAssumed = "supuesto del pronóstico";
  const ImportOptions options{.consent_instrument = std::string(kAssumed), .consent_on = {},
                              .confirmed_by = {.kind = confirmed_by, .reference = std::string(kAssumed), .verified_on = {}}};
  auto loaded = engine::import_file(world.store(), world.desk(), world.creditor(), file, options, world.now());
  if (!loaded) return std::unexpected(loaded.error());
  return {};
}

void split_codes(std::string_view codes, std::map<std::string, int64_t>& counts, int64_t times) {
  while (!codes.empty()) {
    const auto end = codes.find(' ');
    const auto code = codes.substr(0, end);
    if (!code.empty() && code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == std::string_view::npos) counts[std::string(code)] += times;
    codes = end == std::string_view::npos ? std::string_view() : codes.substr(end + 1);
  }
}

void read_sends(Tx& tx, const World& world, Forecast& forecast) {
  const Zone zone = Zone::of(world.creditor().zone);
  std::map<int64_t, int64_t> by_hour;
  auto rows = tx.db.query(
      "SELECT o.in_flight_at, o.step, o.template, o.kind, d.country, o.delivered_at, o.purpose FROM outbox o JOIN debtor d "
      "ON d.creditor_id = o.creditor_id AND d.id = o.debtor_id WHERE o.creditor_id = $1 AND o.in_flight_at IS NOT NULL",
      {world.creditor().id});
  while (rows.next()) {
    const CivilDate on = zone.local(rows.instant(0)).date;
    ++forecast.sends;
    const std::string day = format_date(on);
    ++forecast.sends_by_day[day];
    const auto purpose = rows.view(6);
    if (purpose == text_of(Purpose::PreDue) || purpose == text_of(Purpose::Overdue)) ++forecast.reminders_by_day[day];
    if (purpose == text_of(Purpose::PaymentConfirmation)) ++forecast.thanks_by_day[day];
    ++forecast.sends_by_step[rows.text(1)];
    ++forecast.sends_by_template[rows.text(2)];
    ++by_hour[rows.integer(0) / kHourMs];
    if (!rows.is_null(5)) forecast.cost_usd_micros += messaging::price_usd_micros(rows.view(4), rows.view(3) == "text" ? "service" : "utility", on);
  }
  for (const auto& [hour, count] : by_hour) forecast.peak_sends_an_hour = std::max(forecast.peak_sends_an_hour, count);
}

void read_reasons(Tx& tx, CreditorId creditor, Forecast& forecast) {
  auto rows = tx.db.query("SELECT kind, detail, COUNT(*) FROM timeline WHERE creditor_id = $1 AND kind IN "
                          "('proposed','postponed','cancelled','expired','silent') GROUP BY kind, detail",
                          {creditor});
  while (rows.next()) {
    const bool is_code = !rows.view(1).empty() && rows.view(1).front() >= 'A' && rows.view(1).front() <= 'Z';
    if (rows.view(0) == "silent" && !is_code) {
      forecast.silences[rows.text(1)] += rows.integer(2);
    } else {
      split_codes(rows.view(1), forecast.refusals, rows.integer(2));
    }
  }
}

// The spread is that of the people: each could as well have been another of their kind (a bootstrap over people,
// in closed form).
void read_collected(Tx& tx, CreditorId creditor, int64_t people, Forecast& forecast) {
  struct Sums {
    double squares = 0;
    CollectedAmount amount;
  };
  std::map<std::string, Sums> by_currency;
  auto rows = tx.db.query("SELECT debtor_id, currency, SUM(amount_minor), COUNT(*) FROM payment WHERE creditor_id = $1 "
                          "AND source = 'sim' GROUP BY debtor_id, currency",
                          {creditor});
  while (rows.next()) {
    auto& sums = by_currency[rows.text(1)];
    sums.amount.amount_minor += rows.integer(2);
    sums.amount.payments += rows.integer(3);
    sums.squares += static_cast<double>(rows.integer(2)) * static_cast<double>(rows.integer(2));
  }
  for (auto& [currency, sums] : by_currency) {
    const double total = static_cast<double>(sums.amount.amount_minor);
    const double variance = std::max(0.0, sums.squares - total * total / static_cast<double>(std::max<int64_t>(1, people)));
    const auto spread = static_cast<int64_t>(1.2816 * std::sqrt(variance));
    sums.amount.low_minor = std::max<int64_t>(0, sums.amount.amount_minor - spread);
    sums.amount.high_minor = sums.amount.amount_minor + spread;
    forecast.collected[currency] = sums.amount;
  }
}

void read_start(Tx& tx, CreditorId creditor, Forecast& forecast) {
  forecast.people = static_cast<int64_t>(tx.debtors.all(creditor).size());
  auto rows = tx.db.query("SELECT currency, COUNT(*), SUM(balance_minor) FROM invoice WHERE creditor_id = $1 AND balance_minor > 0 "
                          "GROUP BY currency",
                          {creditor});
  while (rows.next()) {
    forecast.open_invoices += rows.integer(1);
    forecast.open_minor[rows.text(0)] = rows.integer(2);
  }
  auto owing = tx.db.query("SELECT COUNT(DISTINCT debtor_id) FROM invoice WHERE creditor_id = $1 AND balance_minor > 0", {creditor});
  if (owing.next()) forecast.people_owing = owing.integer(0);
}

void read_replies(Tx& tx, CreditorId creditor, Forecast& forecast) {
  auto count = [&](const char* sql) {
    auto rows = tx.db.query(sql, {creditor});
    return rows.next() ? rows.integer(0) : 0;
  };
  forecast.replies = count("SELECT COUNT(*) FROM conversation_message WHERE creditor_id = $1 AND direction = 'in'");
  forecast.stops = count("SELECT COUNT(*) FROM opt_out WHERE creditor_id = $1");
}

}  // namespace

Result<Forecast> forecast(const ForecastOptions& options, const ImportFile& portfolio, const ImportFile* payments) {
  const Zone zone = Zone::of(options.creditor.zone);
  WorldOptions world_options{.seed = options.seed, .start = zone.instant(options.from, 0)};
  Creditor creditor = options.creditor;
  creditor.strategy = options.strategy.name;
  ASSIGN_OR_RETURN(auto world, World::create(world_options, creditor, options.templates, {{options.strategy.name, options.strategy}}));
  RETURN_IF_ERROR(load(*world, portfolio, options.numbers_confirmed_by));
  if (payments != nullptr) RETURN_IF_ERROR(load(*world, *payments, {}));

  Forecast forecast;
  RETURN_IF_ERROR(world->store().read([&](Tx& tx) { read_start(tx, creditor.id, forecast); }));
  if (forecast.people > kFinePeopleMax) world->set_quantum(30 * kSecondMs);
  RETURN_IF_ERROR(world->populate([](const store::DebtorForReview& row) { return temperament_of(row.behaviour); }));
  RETURN_IF_ERROR(world->run_until(zone.instant(options.from + options.days, 0)));
  RETURN_IF_ERROR(world->store().read([&](Tx& tx) {
    read_sends(tx, *world, forecast);
    read_reasons(tx, creditor.id, forecast);
    read_replies(tx, creditor.id, forecast);
    read_collected(tx, creditor.id, forecast.people, forecast);
  }));
  (void)world->check();
  forecast.promises = world->population().promises();
  forecast.violations = world->oracle().violations();
  forecast.trace_hash = world->trace().digest();
  return forecast;
}

}  // namespace puntual::sim
