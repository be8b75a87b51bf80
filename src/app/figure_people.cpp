#include "app/figure_people.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "app/analysis_period.h"
#include "base/json.h"
#include "base/phone.h"
#include "store/sql/sql_figure_people.h"

namespace puntual {
namespace {

using store::FigurePeople;

constexpr size_t kValuesMax = 4;
using Values = std::array<int64_t, kValuesMax>;

struct Column {
  std::string_view name;
  bool is_money = false;
};
struct Behind {
  DebtorId who;
  Values values{};
};
struct FigureList {
  std::vector<Column> columns;
  size_t leading = 0;  // By which of them the people stand in order.
  std::vector<Behind> people;
};

struct Asked {
  const FigureQuery& query;
  AnalysisPeriod period;
};
using Find = Result<FigureList> (*)(FigurePeople& people, CreditorId creditor, const Asked& asked,
                                    Instant now);

std::unexpected<Error> unknown_part(const FigureQuery& query, std::string_view expected) {
  return fail(ErrorCode::Invalid, "of '{}' (expected of {}: {})", query.of, query.figure, expected);
}

// "2026-03"; empty: without a due date.
Result<store::DueDays> days_of_month(const FigureQuery& query) {
  const CivilDate none{store::DueDays::kNoDueDate};
  if (query.of.empty()) return store::DueDays{query.currency, none, none};
  const auto first = parse_date(query.of + "-01");
  if (!first || query.of.size() != 7) return unknown_part(query, "a month, as 2026-03");
  // 31 days after the first of a month always lies in the next.
  const std::string next = format_date(*first + 31).substr(0, 7);
  ASSIGN_OR_RETURN(const CivilDate end, parse_date(next + "-01"));
  return store::DueDays{query.currency, *first, end - 1};
}

Result<FigureList> of_month(FigurePeople& people, CreditorId creditor, const Asked& asked,
                            Instant) {
  ASSIGN_OR_RETURN(const store::DueDays due, days_of_month(asked.query));
  FigureList list{.columns = {{"invoices"}, {"asked", true}, {"recovered", true}, {"owed", true}},
                  .leading = 1,
                  .people = {}};
  std::unordered_map<int64_t, size_t> places;
  for (const auto& one : people.invoices(creditor, due, asked.period.today, asked.period.today)) {
    places[one.debtor_id.value] = list.people.size();
    list.people.push_back({one.debtor_id, {one.invoices, one.asked_minor, 0, one.owed_minor}});
  }
  constexpr CivilDate kEver{-1'000'000};
  for (const auto& one : people.recovered(creditor, due, kEver, asked.period.offset_ms))
    list.people[places.at(one.debtor_id.value)].values[2] = one.minor;
  return list;
}

store::DueDays any_day(const FigureQuery& query) {
  return {query.currency, {-1'000'000}, {store::DueDays::kNoDueDate}};
}

FigureList counted(std::vector<store::MoneyOfPerson> found, std::string_view count,
                   std::string_view minor) {
  FigureList list{.columns = {{count}, {minor, true}}, .leading = 1, .people = {}};
  for (const auto& one : found) list.people.push_back({one.debtor_id, {one.count, one.minor}});
  return list;
}

Result<FigureList> of_recovered(FigurePeople& people, CreditorId creditor, const Asked& asked,
                                Instant) {
  return counted(people.recovered(creditor, any_day(asked.query), asked.period.first(),
                                  asked.period.offset_ms),
                 "parts", "recovered");
}

Result<FigureList> of_dso(FigurePeople& people, CreditorId creditor, const Asked& asked, Instant) {
  FigureList list{.columns = {{"owed", true}, {"billed", true}}, .people = {}};
  for (const auto& one : people.invoices(creditor, any_day(asked.query), asked.period.billed_from(),
                                         asked.period.today)) {
    if (one.owed_minor != 0 || one.billed_minor != 0)
      list.people.push_back({one.debtor_id, {one.owed_minor, one.billed_minor}});
  }
  return list;
}

Result<FigureList> of_reminded(FigurePeople& people, CreditorId creditor, const Asked& asked,
                               Instant now) {
  using store::RemindedPerson;
  static const std::array<std::pair<std::string_view, bool RemindedPerson::*>, 5> kSteps{
      {{"sent", nullptr},
       {"delivered", &RemindedPerson::delivered},
       {"read", &RemindedPerson::read},
       {"replied", &RemindedPerson::replied},
       {"paid", &RemindedPerson::paid}}};
  const auto step = std::ranges::find(kSteps, asked.query.of,
                                      &std::pair<std::string_view, bool RemindedPerson::*>::first);
  if (step == kSteps.end())
    return unknown_part(asked.query, "sent, delivered, read, replied or paid");
  FigureList list;
  for (const auto& one :
       people.reminded(creditor, asked.period.since, now, asked.period.offset_ms)) {
    if (step->second == nullptr || one.*(step->second)) list.people.push_back({one.debtor_id});
  }
  return list;
}

Result<FigureList> of_strategy(FigurePeople& people, CreditorId creditor, const Asked& asked,
                               Instant now) {
  FigureList list{.columns = {{"paid_in_time"}}, .people = {}};
  for (const auto& one :
       people.reminded(creditor, asked.period.since, now, asked.period.offset_ms)) {
    if (one.is_ripe && one.strategy_version == asked.query.of)
      list.people.push_back({one.debtor_id, {one.paid_in_time ? 1 : 0}});
  }
  return list;
}

// The same person may have written in both halves of an hour, and on several days.
FigureList summed(const std::vector<store::MessagesOfPerson>& found, auto&& counts) {
  FigureList list{.columns = {{"messages"}}, .people = {}};
  std::unordered_map<int64_t, size_t> places;
  for (const auto& one : found) {
    if (!counts(one.from)) continue;
    const auto [place, is_new] = places.try_emplace(one.debtor_id.value, list.people.size());
    if (is_new) list.people.push_back({one.debtor_id});
    list.people[place->second].values[0] += one.count;
  }
  return list;
}

Result<FigureList> of_heard(FigurePeople& people, CreditorId creditor, const Asked& asked,
                            Instant) {
  const std::string_view of = asked.query.of;
  const auto dash = of.find('-');
  const auto day = whole_number(of.substr(0, dash));
  const auto hour =
      dash == std::string_view::npos ? std::nullopt : whole_number(of.substr(dash + 1));
  if (!day || !hour || *day < 0 || *day > 6 || *hour < 0 || *hour > 23)
    return unknown_part(asked.query, "weekday and hour, as 0-9 for Mondays from nine to ten");
  return summed(people.heard(creditor, asked.period.since), [&](Instant from) {
    const auto local = asked.period.zone.local(from);
    return static_cast<int64_t>(weekday_of(local.date)) == *day &&
           local.ms_of_day / kHourMs == *hour;
  });
}

Result<FigureList> of_delivered(FigurePeople& people, CreditorId creditor, const Asked& asked,
                                Instant) {
  return summed(people.delivered(creditor, asked.period.since), [](Instant) { return true; });
}

Result<FigureList> of_agreements(FigurePeople& people, CreditorId creditor, const Asked& asked,
                                 Instant) {
  const std::string_view of = asked.query.of;
  const auto dash = of.find('-');
  if (dash == std::string_view::npos)
    return unknown_part(asked.query, "kind and state, as plan-kept");
  return counted(people.agreements(creditor, asked.period.since, of.substr(0, dash),
                                   of.substr(dash + 1), asked.query.currency),
                 "agreements", "amount");
}

constexpr std::array<std::pair<std::string_view, Find>, 8> kFigures{
    {{"month", of_month},
     {"recovered", of_recovered},
     {"dso", of_dso},
     {"reminded", of_reminded},
     {"strategy", of_strategy},
     {"heard", of_heard},
     {"delivered", of_delivered},
     {"agreements", of_agreements}}};

// "150000-8831": what the page before ended with.
Result<Behind> row_of_cursor(std::string_view text, size_t leading) {
  const auto dash = text.rfind('-');
  if (dash == std::string_view::npos || dash == 0)
    return fail(ErrorCode::Invalid, "cursor '{}' is none of this list", text);
  Behind row;
  ASSIGN_OR_RETURN(row.values[leading], number_in(text.substr(0, dash), "cursor"));
  ASSIGN_OR_RETURN(row.who.value, number_in(text.substr(dash + 1), "cursor"));
  return row;
}

json::array columns_json(const FigureList& list) {
  Values totals{};
  for (const auto& one : list.people) {
    for (size_t i = 0; i < list.columns.size(); ++i) totals[i] += one.values[i];
  }
  json::array columns;
  for (size_t i = 0; i < list.columns.size(); ++i) {
    columns.push_back(json::object{{"name", list.columns[i].name},
                                   {"is", list.columns[i].is_money ? "money" : "count"},
                                   {"total", totals[i]}});
  }
  return columns;
}

// Without a name: their data was erased, or nobody is known to have written.
json::array people_json(Tx& tx, const Creditor& creditor, const std::vector<Behind>& rows,
                        size_t columns) {
  std::vector<DebtorId> ids;
  for (const auto& row : rows) ids.push_back(row.who);
  const store::People asked(std::move(ids));
  std::unordered_map<int64_t, Debtor> known;
  for (auto& one : tx.debtors.for_review(creditor.id, asked))
    known.emplace(one.debtor.id.value, std::move(one.debtor));
  json::array list;
  for (const auto& row : rows) {
    const auto found = known.find(row.who.value);
    const bool is_told = found != known.end() && !found->second.erased_at;
    json::array values(row.values.begin(), row.values.begin() + static_cast<int64_t>(columns));
    list.push_back(json::object{
        {"id", is_told ? json::value(std::to_string(row.who.value)) : json::value(nullptr)},
        {"name", is_told ? found->second.name : std::string()},
        {"phone", is_told ? mask_phone(found->second.phone) : std::string()},
        {"values", std::move(values)}});
  }
  return list;
}

}  // namespace

Result<std::string> figure_people_view(Store& store, const Creditor& creditor,
                                       const FigureQuery& query, Instant now) {
  const auto figure =
      std::ranges::find(kFigures, query.figure, &std::pair<std::string_view, Find>::first);
  if (figure == kFigures.end())
    return fail(ErrorCode::Invalid,
                "figure '{}' (expected month, recovered, dso, reminded, strategy, heard, delivered "
                "or agreements)",
                query.figure);
  ASSIGN_OR_RETURN(const AnalysisPeriod period, AnalysisPeriod::of(creditor, query.days, now));
  ASSIGN_OR_RETURN(const ListPage page, ListPage::of({}, query.limit, 50));
  ASSIGN_OR_RETURN(const json::object shown, store.read([&](Tx& tx) -> Result<json::object> {
    FigurePeople people(tx.db);
    ASSIGN_OR_RETURN(FigureList list, figure->second(people, creditor.id, {query, period}, now));
    json::array columns = columns_json(list);
    const auto total = static_cast<int64_t>(list.people.size());
    const size_t leading = list.leading, told = list.columns.size();
    const auto stands_before = [leading](const Behind& a, const Behind& b) {
      return a.values[leading] != b.values[leading] ? a.values[leading] > b.values[leading]
                                                    : a.who < b.who;
    };
    std::vector<Behind> rows = std::move(list.people);
    std::ranges::sort(rows, stands_before);
    if (!query.after.empty()) {
      ASSIGN_OR_RETURN(const Behind last, row_of_cursor(query.after, leading));
      rows.erase(rows.begin(), std::ranges::upper_bound(rows, last, stands_before));
    }
    const bool has_more = page.cut(rows);
    const json::value next =
        has_more
            ? json::value(fmt::format("{}-{}", rows.back().values[leading], rows.back().who.value))
            : json::value(nullptr);
    return json::object{{"figure", query.figure},
                        {"of", query.of},
                        {"currency", query.currency},
                        {"days", period.days},
                        {"people", total},
                        {"columns", std::move(columns)},
                        {"rows", people_json(tx, creditor, rows, told)},
                        {"next", next}};
  }));
  return to_json(shown);
}

}  // namespace puntual
