#include "app/analysis_view.h"

#include <array>
#include <map>

#include "base/json.h"
#include "base/whole_number.h"
#include "core/messaging/price.h"
#include "store/sql/sql_analysis.h"
#include "store/sql/sql_overview.h"

namespace puntual {
namespace {

using store::Analysis;

constexpr int kDaysShown = 90, kDaysMax = 366, kBilledDays = 90;

Result<int32_t> days_asked(std::string_view text) {
  if (text.empty()) return kDaysShown;
  const auto days = whole_number(text);
  if (!days || *days < 1 || *days > kDaysMax)
    return fail(ErrorCode::Invalid, "days '{}' (expected 1 to {})", text, kDaysMax);
  return static_cast<int32_t>(*days);
}

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
                                                  CivilDate today, int32_t days,
                                                  int64_t zone_offset_ms) {
  std::map<std::string, MoneyFigures> all;
  for (const auto& one : analysis.due(creditor, today - (kBilledDays - 1), today)) {
    auto& figures = all[one.currency];
    auto& cohort = figures.cohorts[cohort_of(one.due_on)];
    figures.owed += one.owed_minor;
    figures.billed += one.billed_minor;
    cohort.invoices += one.invoices;
    cohort.asked += one.asked_minor;
    cohort.owed += one.owed_minor;
    cohort.forgiven += one.forgiven_minor;
  }
  for (const auto& one : analysis.recovered(creditor, today - (days - 1), zone_offset_ms)) {
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
    const auto days = figures.billed > 0
                          ? json::value(static_cast<double>(figures.owed) * kBilledDays /
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

json::object cost_json(Analysis& analysis, CreditorId creditor, Zone zone, Instant since) {
  int64_t messages = 0, micros = 0;
  for (const auto& one : analysis.delivered(creditor, since)) {
    messages += one.count;
    micros += one.count * messaging::price_usd_micros(one.country,
                                                      one.is_template ? "utility" : "service",
                                                      zone.local(one.day + kDayMs / 2).date);
  }
  return {{"delivered", messages}, {"usd_micros", micros}};
}

json::object analysis_json(Tx& tx, const Creditor& creditor, int32_t days, Instant now) {
  const Zone zone = Zone::of(creditor.zone);
  const CivilDate today = zone.local(now).date;
  const Instant since = zone.instant(today - (days - 1), 0);
  Analysis analysis(tx.db);
  store::Overview overview(tx.db);
  const int64_t offset_ms = zone.offset_at(now) * kSecondMs;
  const auto funnel = analysis.funnel(creditor.id, since, offset_ms);
  json::array agreements;
  for (const auto& one : analysis.agreements(creditor.id, since)) {
    agreements.push_back(json::object{{"kind", one.kind},
                                      {"state", one.state},
                                      {"currency", one.currency},
                                      {"count", one.count},
                                      {"amount_minor", one.minor}});
  }
  return {{"today", format_date(today)},
          {"days", days},
          {"aging", aging_json(overview, creditor.id, today)},
          {"money", money_json(money_figures(analysis, creditor.id, today, days, offset_ms))},
          {"funnel",
           {{"sent", funnel.sent},
            {"delivered", funnel.delivered},
            {"read", funnel.read},
            {"replied", funnel.replied},
            {"paid", funnel.paid}}},
          {"heard", heard_json(analysis, creditor.id, zone, since)},
          {"agreements", std::move(agreements)},
          {"cost", cost_json(analysis, creditor.id, zone, since)}};
}

}  // namespace

Result<std::string> analysis_view(Store& store, const Creditor& creditor, std::string_view days,
                                  Instant now) {
  ASSIGN_OR_RETURN(const int32_t asked, days_asked(days));
  ASSIGN_OR_RETURN(const json::object shown,
                   store.read([&](Tx& tx) { return analysis_json(tx, creditor, asked, now); }));
  return to_json(shown);
}

}  // namespace puntual
