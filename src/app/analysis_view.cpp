#include "app/analysis_view.h"

#include <array>
#include <map>

#include "app/analysis_period.h"
#include "base/json.h"
#include "base/share_interval.h"
#include "core/messaging/price.h"
#include "store/sql/sql_analysis.h"
#include "store/sql/sql_overview.h"

namespace puntual {
namespace {

using store::Analysis;

// "2026-03", of the due date; empty: there is none.
std::string cohort_of(std::optional<CivilDate> due_on) {
  return due_on ? format_date(*due_on).substr(0, 7) : "";
}

struct Cohort {
  int64_t invoices = 0, asked = 0, owed = 0, recovered = 0, forgiven = 0;
  std::array<int64_t, Analysis::kPeriods + 1> by_period{};
};
struct MoneyFigures {
  int64_t owed = 0, recovered = 0, recovered_since = 0, paid_before = 0, billed = 0;
  std::map<std::string, Cohort> cohorts;
};

json::object cohort_json(const std::string& month, const Cohort& cohort) {
  json::array periods;
  for (const int64_t minor : cohort.by_period) periods.push_back(minor);
  return {{"due", month},
          {"invoices", cohort.invoices},
          {"asked_minor", cohort.asked},
          {"owed_minor", cohort.owed},
          {"recovered_minor", cohort.recovered},
          {"forgiven_minor", cohort.forgiven},
          {"elsewhere_minor", cohort.asked - cohort.owed - cohort.recovered - cohort.forgiven},
          {"periods", std::move(periods)}};
}

std::map<std::string, MoneyFigures> money_figures(Analysis& analysis, CreditorId creditor,
                                                  const AnalysisPeriod& period) {
  std::map<std::string, MoneyFigures> all;
  for (const auto& one : analysis.due(creditor, period.billed_from(), period.today)) {
    auto& figures = all[one.currency];
    auto& cohort = figures.cohorts[cohort_of(one.due_on)];
    figures.owed += one.owed_minor;
    figures.billed += one.billed_minor;
    cohort.invoices += one.invoices;
    cohort.asked += one.asked_minor;
    cohort.owed += one.owed_minor;
    cohort.forgiven += one.forgiven_minor;
  }
  for (const auto& one : analysis.recovered(creditor, period.first(), period.offset_ms)) {
    auto& figures = all[one.currency];
    figures.recovered += one.minor;
    figures.recovered_since += one.since_minor;
    figures.paid_before += one.before_minor;
    auto& cohort = figures.cohorts[cohort_of(one.due_on)];
    cohort.recovered += one.minor;
    cohort.by_period[static_cast<size_t>(one.period)] += one.minor;
  }
  return all;
}

json::array money_json(const std::map<std::string, MoneyFigures>& all) {
  json::array list;
  for (const auto& [currency, figures] : all) {
    json::array cohorts;
    for (const auto& [month, cohort] : figures.cohorts)
      cohorts.push_back(cohort_json(month, cohort));
    // Days of sales outstanding: how many days of billing what is owed stands for.
    const auto days = figures.billed > 0 ? json::value(static_cast<double>(figures.owed) *
                                                       AnalysisPeriod::kBilledDays /
                                                       static_cast<double>(figures.billed))
                                         : json::value(nullptr);
    list.push_back(json::object{{"currency", currency},
                                {"owed_minor", figures.owed},
                                {"recovered_minor", figures.recovered},
                                {"recovered_since_minor", figures.recovered_since},
                                {"paid_before_minor", figures.paid_before},
                                {"billed_minor", figures.billed},
                                {"dso", days},
                                {"cohorts", std::move(cohorts)}});
  }
  return list;
}

json::array aging_json(store::Overview& overview, CreditorId creditor, CivilDate today) {
  static constexpr std::string_view kNames[] = {"due", "30", "60", "90", "more"};
  json::array list;
  for (const auto& one : overview.ages(creditor, today)) {
    list.push_back(json::object{{"currency", one.currency},
                                {"age", kNames[one.bucket]},
                                {"people", one.people},
                                {"owed_minor", one.minor}});
  }
  return list;
}

// Seven rows from Monday on, of 24 hours each, in the creditor's zone.
json::array heard_json(Analysis& analysis, CreditorId creditor, Zone zone, Instant since) {
  std::array<std::array<int64_t, 24>, 7> counts{};
  for (const auto& one : analysis.heard(creditor, since)) {
    const auto local = zone.local(one.from);
    counts[static_cast<size_t>(weekday_of(local.date))]
          [static_cast<size_t>(local.ms_of_day / kHourMs)] += one.count;
  }
  json::array week;
  for (const auto& day : counts) week.push_back(json::array(day.begin(), day.end()));
  return week;
}

// All of it, and what of it went about debts of each currency: the platform's price is in dollars
// wherever the debt is.
json::object cost_json(Analysis& analysis, CreditorId creditor, Zone zone, Instant since) {
  struct Cost {
    int64_t messages = 0, micros = 0;
  };
  Cost all;
  std::map<std::string, Cost> by_currency;
  for (const auto& one : analysis.delivered(creditor, since)) {
    const int64_t micros = one.count * messaging::price_usd_micros(
                                           one.country, one.is_template ? "utility" : "service",
                                           zone.local(one.day + kDayMs / 2).date);
    for (Cost* cost : {&all, &by_currency[one.currency]}) {
      cost->messages += one.count;
      cost->micros += micros;
    }
  }
  json::array parts;
  for (const auto& [currency, cost] : by_currency) {
    parts.push_back(json::object{
        {"currency", currency}, {"delivered", cost.messages}, {"usd_micros", cost.micros}});
  }
  return {
      {"delivered", all.messages}, {"usd_micros", all.micros}, {"by_currency", std::move(parts)}};
}

json::object funnel_json(const std::vector<store::FunnelSum>& versions) {
  store::FunnelSum all;
  for (const auto& one : versions) {
    all.sent += one.sent;
    all.delivered += one.delivered;
    all.read += one.read;
    all.replied += one.replied;
    all.paid += one.paid;
  }
  return {{"sent", all.sent},
          {"delivered", all.delivered},
          {"read", all.read},
          {"replied", all.replied},
          {"paid", all.paid}};
}

// Of whom time enough has passed, how many paid in it. It is what was seen, not an experiment: who
// got which version was not by lot.
json::array strategies_json(const std::vector<store::FunnelSum>& versions) {
  json::array list;
  for (const auto& one : versions) {
    const auto interval = share_interval_95(one.paid_in_time, one.ripe);
    list.push_back(json::object{{"version", one.strategy_version},
                                {"people", one.sent},
                                {"ripe", one.ripe},
                                {"paid", one.paid_in_time},
                                {"low", interval.low},
                                {"high", interval.high}});
  }
  return list;
}

json::object analysis_json(Tx& tx, const Creditor& creditor, const AnalysisPeriod& period,
                           Instant now) {
  Analysis analysis(tx.db);
  store::Overview overview(tx.db);
  const auto versions = analysis.funnel(creditor.id, period.since, now, period.offset_ms);
  json::array agreements;
  for (const auto& one : analysis.agreements(creditor.id, period.since)) {
    agreements.push_back(json::object{{"kind", one.kind},
                                      {"state", one.state},
                                      {"currency", one.currency},
                                      {"count", one.count},
                                      {"amount_minor", one.minor}});
  }
  return {{"today", format_date(period.today)},
          {"days", period.days},
          {"aging", aging_json(overview, creditor.id, period.today)},
          {"money", money_json(money_figures(analysis, creditor.id, period))},
          {"funnel", funnel_json(versions)},
          {"strategies", strategies_json(versions)},
          {"heard", heard_json(analysis, creditor.id, period.zone, period.since)},
          {"agreements", std::move(agreements)},
          {"cost", cost_json(analysis, creditor.id, period.zone, period.since)}};
}

}  // namespace

Result<std::string> analysis_view(Store& store, const Creditor& creditor, std::string_view days,
                                  Instant now) {
  ASSIGN_OR_RETURN(const AnalysisPeriod period, AnalysisPeriod::of(creditor, days, now));
  ASSIGN_OR_RETURN(const json::object shown,
                   store.read([&](Tx& tx) { return analysis_json(tx, creditor, period, now); }));
  return to_json(shown);
}

}  // namespace puntual
