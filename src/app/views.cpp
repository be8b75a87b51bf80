#include "app/views.h"

#include <limits>
#include <unordered_set>

#include "app/explain_view.h"
#include "app/list_page.h"
#include "app/words.h"
#include "base/phone.h"
#include "engine/contact_facts.h"
#include "engine/import_grace.h"
#include "engine/quarantine.h"
#include "engine/task_commands.h"
#include "store/sql/sql_overview.h"

namespace puntual {
namespace {

constexpr int kSilencesShown = 12, kSilencesToChoose = 60, kNewsShown = 25, kLeavingShown = 6;

struct PageTimes {
  Zone zone;
  [[nodiscard]] json::value of(std::optional<Instant> at) const {
    return at ? json::value(format_rfc3339(*at, zone.offset_at(*at))) : json::value(nullptr);
  }
};

json::value date_or_null(std::optional<CivilDate> date) {
  return date ? json::value(format_date(*date)) : json::value(nullptr);
}

json::array news_json(Tx& tx, store::Overview& overview, const Creditor& creditor,
                      const PageTimes& times) {
  json::array news;
  for (const auto& event : overview.news(creditor.id, kNewsShown)) {
    const auto payment =
        event.payment_id ? tx.payments.find(creditor.id, event.payment_id) : std::nullopt;
    const auto debtor =
        event.debtor_id ? tx.debtors.find(creditor.id, event.debtor_id) : std::nullopt;
    json::object one{{"id", std::to_string(event.id)},
                     {"at", times.of(event.at)},
                     {"kind", event.kind},
                     {"es", event_es(event.kind)},
                     {"debtor", event.debtor_id ? json::value(std::to_string(event.debtor_id.value))
                                                : json::value(nullptr)},
                     {"name", debtor ? debtor->name : ""}};
    if (payment) {
      one["amount_minor"] = payment->amount.minor;
      one["currency"] = payment->amount.currency.code();
    }
    news.push_back(std::move(one));
  }
  return news;
}

// What the plan lets leave before the day ends, and to whom first. The gate is asked again then.
json::object leaving_json(Tx& tx, store::Overview& overview, CreditorId creditor, Instant midnight,
                          const PageTimes& times) {
  json::array first;
  for (const auto& one : overview.leaving_before(creditor, midnight, kLeavingShown)) {
    const auto debtor = tx.debtors.find(creditor, one.debtor_id);
    first.push_back(json::object{{"debtor", std::to_string(one.debtor_id.value)},
                                 {"name", debtor ? debtor->name : ""},
                                 {"at", times.of(one.at)}});
  }
  return {{"messages", overview.planned_before(creditor, midnight)}, {"first", std::move(first)}};
}

// The last file that nobody is reminded of yet, so that it can be taken back; null: there is none.
json::value resting_json(Tx& tx, store::Overview& overview, const EngineSettings& settings,
                         CreditorId creditor, const PageTimes& times, Instant now) {
  json::value resting = nullptr;
  if (settings.import_grace_ms <= 0) return resting;
  for (const auto& run : store::ImportRuns(tx.db, tx.keys)
                             .not_settled(creditor, now + -settings.import_grace_ms, now)) {
    const auto until = engine::first_send_not_before(run, settings, now);
    if (!until) continue;
    resting = json::object{{"import", std::to_string(run.id)},
                           {"is_loading", !run.ended_at},
                           {"created", run.created},
                           {"updated", run.updated},
                           {"people", overview.owing_to_review(creditor, *until)},
                           {"until", times.of(until)}};
  }
  return resting;
}

json::array silences_json(store::Overview& overview, CreditorId creditor, int limit) {
  json::array silences;
  for (const auto& one : overview.silences(creditor, limit))
    silences.push_back(
        json::object{{"codes", one.name}, {"es", reason_es(one.name)}, {"people", one.count}});
  return silences;
}

json::object today_json(Tx& tx, const EngineSettings& settings, const Creditor& configured,
                        std::span<const UnreadEdition> unread, const std::string& trouble,
                        Instant now) {
  const Creditor creditor = tx.creditors.find(configured.id).value_or(configured);
  const PageTimes times{Zone::of(creditor.zone)};
  const CivilDate today = times.zone.local(now).date;
  const Instant morning = times.zone.instant(today, 0);
  store::Overview overview(tx.db);
  json::object messages;
  for (const auto& one : overview.messages_since(creditor.id, morning))
    messages[one.name] = one.count;
  json::array money, tasks, silences, editions;
  for (const auto& one : unread)
    editions.push_back(json::object{{"number", one.number},
                                    {"kind", one.kind},
                                    {"name", one.name},
                                    {"instead", one.instead},
                                    {"why", one.why}});
  for (const auto& one : overview.money_of(creditor.id, today, morning))
    money.push_back(json::object{
        {"currency", one.currency}, {"payments", one.count}, {"amount_minor", one.minor}});
  for (const auto& one : overview.open_tasks(creditor.id, now)) {
    const auto kind = store::task_kind_of(one.name);
    tasks.push_back(json::object{{"kind", one.name},
                                 {"title", kind ? store::title_es(*kind) : one.name},
                                 {"count", one.count},
                                 {"oldest_at", times.of(one.oldest)}});
  }
  silences = silences_json(overview, creditor.id, kSilencesShown);
  const auto quarantine = engine::quarantine_of(tx);
  return {{"now", times.of(now)},
          {"paused", creditor.paused_at
                         ? json::value(json::object{{"at", times.of(creditor.paused_at)},
                                                    {"why", tx.creditors.paused_why(creditor.id)}})
                         : json::value(nullptr)},
          {"quarantined", quarantine.has_value()},
          {"trouble", trouble},
          {"unread_editions", std::move(editions)},
          {"people", overview.people(creditor.id)},
          {"planned", overview.planned(creditor.id)},
          {"leaving_today",
           creditor.paused_at
               ? json::object{{"messages", 0}, {"first", json::array{}}}  // No hour is true.
               : leaving_json(tx, overview, creditor.id, times.zone.instant(today + 1, 0), times)},
          {"resting", resting_json(tx, overview, settings, creditor.id, times, now)},
          {"messages", std::move(messages)},
          {"reminders", overview.reminders_since(creditor.id, morning)},
          {"written", overview.written_since(creditor.id, morning)},
          {"money", std::move(money)},
          {"tasks", std::move(tasks)},
          {"silences", std::move(silences)},
          {"news", news_json(tx, overview, creditor, times)}};
}

// Due dates of who is so late, the first and the last.
struct AgeSpan {
  std::string_view name;
  int32_t days_min, days_max;  // Past due.
};
constexpr int32_t kAnyDays = 200'000;
constexpr AgeSpan kAges[] = {{"", -1'100'000, kAnyDays},
                             {"due", -1'100'000, 0},
                             {"30", 1, 30},
                             {"60", 31, 60},
                             {"90", 61, 90},
                             {"more", 91, kAnyDays}};

// "20412-8831-COP": where the order stands, and whose row in which currency it was.
Result<store::OwedRow> row_of_cursor(std::string_view text, store::OwedOrder order) {
  const auto last = text.rfind('-'),
             dash = last == std::string_view::npos ? last : text.substr(0, last).rfind('-');
  if (dash == std::string_view::npos)
    return fail(ErrorCode::Invalid, "cursor '{}' is none of this list", text);
  ASSIGN_OR_RETURN(const int64_t place, number_in(text.substr(0, dash), "cursor"));
  ASSIGN_OR_RETURN(const int64_t debtor,
                   number_in(text.substr(dash + 1, last - dash - 1), "cursor"));
  store::OwedRow row{.debtor_id = {debtor}, .currency = std::string(text.substr(last + 1))};
  if (order == store::OwedOrder::Late)
    row.oldest_due = CivilDate{static_cast<int32_t>(place)};
  else
    row.owed_minor = place;
  return row;
}

std::string cursor_of(const store::OwedRow& row, store::OwedOrder order) {
  return fmt::format("{}-{}-{}",
                     order == store::OwedOrder::Late
                         ? row.oldest_due.value_or(CivilDate{store::OwedQuery::kNoDueDate}).days
                         : row.owed_minor,
                     row.debtor_id.value, row.currency);
}

Result<store::OwedQuery> owed_query(const PeopleQuery& asked, int limit, CivilDate today) {
  store::OwedQuery query{.after = {}, .limit = limit, .silence = asked.silence};
  if (asked.order == "owed")
    query.order = store::OwedOrder::Owed;
  else if (!asked.order.empty() && asked.order != "late")
    return fail(ErrorCode::Invalid, "order '{}' (expected late or owed)", asked.order);
  const auto* age = std::ranges::find(kAges, asked.age, &AgeSpan::name);
  if (age == std::end(kAges))
    return fail(ErrorCode::Invalid, "age '{}' (expected due, 30, 60, 90 or more)", asked.age);
  query.due_from = today - age->days_max;
  query.due_to = std::min(today - age->days_min, CivilDate{store::OwedQuery::kNoDueDate});
  if (!asked.after.empty()) {
    ASSIGN_OR_RETURN(query.after, row_of_cursor(asked.after, query.order));
  }
  return query;
}

// What comes next as the engine has it planned: a message with its hour, the day of the plan's next
// step, or the end of a rest before which nothing comes. The law may make it later, never earlier.
json::value next_json(const store::ContactMoments& moments, std::string_view silence,
                      const PageTimes& times, Instant now) {
  if (moments.waiting) return json::object{{"at", times.of(moments.waiting)}, {"is", "message"}};
  if (!moments.silent_until || *moments.silent_until <= now || is_until_told(silence))
    return nullptr;
  return json::object{{"at", times.of(moments.silent_until)},
                      {"is", silence == "step_pending" ? "step" : "rest"}};
}

json::object row_json(const store::OwedRow& owed, const store::DebtorForReview& person,
                      std::string_view home_currency, CivilDate today) {
  return {{"id", std::to_string(owed.debtor_id.value)},
          {"name", person.debtor.name},
          {"phone", mask_phone(person.debtor.phone)},
          {"country", person.debtor.country},
          {"currency", owed.currency.empty() ? home_currency : std::string_view(owed.currency)},
          {"owed_minor", owed.owed_minor},
          {"invoices", owed.invoices},
          {"oldest_due", date_or_null(owed.oldest_due)},
          {"days_late", owed.oldest_due ? json::value(std::max(0, today - *owed.oldest_due))
                                        : json::value(nullptr)},
          {"silence", reason_es(person.silence)},
          {"silence_codes", person.silence.substr(0, person.silence.find(':'))},
          {"unreachable", person.debtor.unreachable_at.has_value()}};
}

json::array rows_json(Tx& tx, const Creditor& creditor, const std::vector<store::OwedRow>& rows,
                      Instant now) {
  const PageTimes times{Zone::of(creditor.zone)};
  const CivilDate today = times.zone.local(now).date;
  std::vector<DebtorId> ids;
  for (const auto& row : rows) ids.push_back(row.debtor_id);
  const store::People asked(std::move(ids));
  const auto people = tx.debtors.for_review(creditor.id, asked);
  const auto moments = store::Overview(tx.db).contact_moments(creditor.id, asked);
  const auto house = tx.creditors.find(creditor.id);
  const bool is_paused = house && house->paused_at;
  json::array list;
  for (const auto& row : rows) {
    const auto found = std::ranges::find(
        people, row.debtor_id, [](const store::DebtorForReview& one) { return one.debtor.id; });
    if (found == people.end() || found->debtor.erased_at) continue;
    json::object shown = row_json(row, *found, creditor.currency, today);
    const auto& heard = moments[asked.place_of(row.debtor_id)];
    shown["last_at"] = times.of(heard.last);
    // While all is paused no hour is true.
    shown["next"] = is_paused ? json::value(nullptr) : next_json(heard, found->silence, times, now);
    list.push_back(std::move(shown));
  }
  return list;
}

// What these people owe; who owes nothing is among them.
std::vector<store::OwedRow> owed_rows_of(Tx& tx, const Creditor& creditor,
                                         const std::vector<DebtorId>& ids) {
  std::vector<store::OwedRow> rows;
  for (const auto id : ids) {
    store::OwedRow row{.debtor_id = id, .currency = creditor.currency};
    for (const auto& invoice : tx.invoices.open_of(creditor.id, id)) {
      row.currency = invoice.amount.currency.code();
      row.owed_minor += invoice.balance_minor;
      ++row.invoices;
      if (invoice.due_on && (!row.oldest_due || *invoice.due_on < *row.oldest_due))
        row.oldest_due = invoice.due_on;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

// By whatever somebody has at hand, else by name.
Result<std::vector<DebtorId>> people_named(Store& store, NameIndex& names, const Creditor& creditor,
                                           const std::string& search, size_t limit, Instant now) {
  if (const auto known =
          store.read([&](Tx& tx) { return engine::find_subject(tx, creditor, search); }))
    return std::vector{*known};
  return names.find(store, creditor.id, search, limit, now);
}

json::object agreement_row(const Agreement& a, const PageTimes& times) {
  json::array instalments;
  for (const auto& one : a.instalments)
    instalments.push_back(
        json::object{{"due_on", format_date(one.due_on)}, {"amount_minor", one.amount_minor}});
  return {{"id", std::to_string(a.id.value)},
          {"kind", text_of(a.kind)},
          {"state", text_of(a.state)},
          {"made_at", times.of(a.made_at)},
          {"total_minor", a.total.minor},
          {"currency", a.total.currency.code()},
          {"instalments", std::move(instalments)}};
}

}  // namespace

Result<std::string> today_view(Store& store, const EngineSettings& settings,
                               const Creditor& creditor, std::span<const UnreadEdition> unread,
                               const std::string& trouble, Instant now) {
  ASSIGN_OR_RETURN(const json::object today, store.read([&](Tx& tx) {
    return today_json(tx, settings, creditor, unread, trouble, now);
  }));
  return to_json(today);
}

Result<std::string> people_view(Store& store, NameIndex& names, const Creditor& creditor,
                                const PeopleQuery& asked, Instant now) {
  const CivilDate today = Zone::of(creditor.zone).local(now).date;
  ASSIGN_OR_RETURN(const ListPage page,
                   ListPage::of({}, asked.limit, 50));  // Its cursor is of another kind.
  ASSIGN_OR_RETURN(const store::OwedQuery query, owed_query(asked, page.to_read(), today));
  if (!asked.search.empty()) {
    ASSIGN_OR_RETURN(const auto found, people_named(store, names, creditor, asked.search,
                                                    static_cast<size_t>(query.limit) - 1, now));
    ASSIGN_OR_RETURN(json::array list, store.read([&](Tx& tx) {
      return rows_json(tx, creditor, owed_rows_of(tx, creditor, found), now);
    }));
    return to_json(json::object{{"people", std::move(list)}, {"next", nullptr}});
  }
  ASSIGN_OR_RETURN(const json::object shown, store.read([&](Tx& tx) {
    auto rows = store::Overview(tx.db).owed(creditor.id, query);
    const bool has_more = page.cut(rows);
    return json::object{{"people", rows_json(tx, creditor, rows, now)},
                        {"next", has_more ? json::value(cursor_of(rows.back(), query.order))
                                          : json::value(nullptr)}};
  }));
  return to_json(shown);
}

Result<std::vector<DebtorId>> people_meant(Store& store, NameIndex& names, const Creditor& creditor,
                                           const PeopleQuery& asked, Instant now) {
  constexpr int kEverybody = std::numeric_limits<int>::max();
  if (!asked.search.empty())
    return people_named(store, names, creditor, asked.search, kEverybody, now);
  PeopleQuery from_the_first = asked;
  from_the_first.after.clear();
  ASSIGN_OR_RETURN(const store::OwedQuery query,
                   owed_query(from_the_first, kEverybody, Zone::of(creditor.zone).local(now).date));
  ASSIGN_OR_RETURN(const auto rows, store.read([&](Tx& tx) {
    return store::Overview(tx.db).owed(creditor.id, query);
  }));
  std::vector<DebtorId> people;
  std::unordered_set<int64_t> met;  // Who owes in two currencies has two rows.
  for (const auto& row : rows) {
    if (met.insert(row.debtor_id.value).second) people.push_back(row.debtor_id);
  }
  return people;
}

Result<std::string> portfolio_view(Store& store, const Creditor& creditor, Instant now) {
  const CivilDate today = Zone::of(creditor.zone).local(now).date;
  ASSIGN_OR_RETURN(const json::object shown, store.read([&](Tx& tx) {
    static constexpr std::string_view kNames[] = {"due", "30", "60", "90", "more"};
    store::Overview overview(tx.db);
    json::array all;
    for (const auto& one : overview.ages(creditor.id, today)) {
      all.push_back(json::object{{"currency", one.currency},
                                 {"age", kNames[one.bucket]},
                                 {"people", one.people},
                                 {"owed_minor", one.minor}});
    }
    return json::object{{"ages", std::move(all)},
                        {"silences", silences_json(overview, creditor.id, kSilencesToChoose)}};
  }));
  return to_json(shown);
}

Result<std::string> person_view(Store& store, const Desk& desk, const Creditor& creditor,
                                std::string_view subject, Instant now) {
  ASSIGN_OR_RETURN(const json::object person, store.read([&](Tx& tx) -> Result<json::object> {
    ASSIGN_OR_RETURN(const DebtorId id, engine::find_subject(tx, creditor, subject));
    ASSIGN_OR_RETURN(
        const Explanation e,
        engine::explain(tx, creditor, {.debtor = id, .invoice = {}, .message = {}}, now, desk.law));
    const Zone zone = engine::home_zone(e.debtor, creditor);
    const PageTimes times{zone};
    json::object shown = explanation_json(e, verdict_of(e, desk.strategy_of(creditor), zone, now),
                                          zone, desk.law.book());
    shown["phone"] = mask_phone(e.debtor.phone);
    shown["country"] = e.debtor.country;
    shown["silence_es"] = reason_es(e.silence);
    if (e.silence.empty() || is_until_told(e.silence)) shown["silent_until"] = nullptr;
    json::array money, agreements;
    for (const auto& one : tx.payments.of_debtor(creditor.id, id)) {
      json::array invoices;
      for (const auto& part : tx.payments.applied_of(creditor.id, one.id)) {
        if (const auto invoice = tx.invoices.find(creditor.id, part.invoice_id))
          invoices.emplace_back(invoice->number);
      }
      money.push_back(json::object{{"id", std::to_string(one.id.value)},
                                   {"paid_on", format_date(one.paid_on)},
                                   {"amount_minor", one.amount.minor},
                                   {"currency", one.amount.currency.code()},
                                   {"returned_minor", one.returned_minor},
                                   {"unapplied_minor", one.unapplied_minor},
                                   {"method", one.method},
                                   {"source", one.source},
                                   {"recorded_at", times.of(one.recorded_at)},
                                   {"invoices", std::move(invoices)},
                                   {"is_spent", engine::is_spent(tx, one)}});
    }
    for (const auto& one : tx.agreements.of_debtor(creditor.id, id))
      agreements.push_back(agreement_row(one, times));
    shown["payments"] = std::move(money);
    shown["agreements"] = std::move(agreements);
    return shown;
  }));
  return to_json(person);
}

}  // namespace puntual
