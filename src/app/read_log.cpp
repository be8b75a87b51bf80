#include "app/read_log.h"

#include <algorithm>

#include "base/whole_number.h"
#include "engine/explain.h"
#include "store/sql/sql_record_pages.h"

namespace puntual {
namespace {

constexpr size_t kSeenARecord = 500;
constexpr std::string_view kRoot = "/v1/", kImports = "imports";

// Whose answers show people: everything but what is of the house itself.
bool shows_people(access::Right right) {
  using access::Right;
  return right == Right::PortfolioRead || right == Right::PeopleRead ||
         right == Right::ConversationsRead || right == Right::PaymentsRead ||
         right == Right::ComplianceRead;
}

// "debtor" of "/v1/conversations/{debtor}"; empty: a list.
std::string_view name_in_path(std::string_view path) {
  const auto begin = path.find('{'), end = path.find('}');
  return begin == std::string_view::npos || end == std::string_view::npos
             ? std::string_view()
             : path.substr(begin + 1, end - begin - 1);
}

bool is_person(std::string_view what) {
  return what.contains("{debtor}") || what.starts_with("debtors/{id}") ||
         what.starts_with("views/people/{id}");
}

// Of whom, as a number of ours: what else somebody is called by does not stand in the record.
std::string number_of(Tx& tx, const Creditor& creditor, std::string_view what,
                      std::string_view whom) {
  if (!is_person(what)) return whole_number(whom) ? std::string(whom) : std::string();
  const auto found = engine::find_subject(tx, creditor, whom);
  return found ? std::to_string(found->value) : std::string();
}

}  // namespace

void ReadLog::note(const access::Principal& by, const Api::Route& route,
                   const http::Request& request, Instant now) {
  // What changes something of a person answers with the person; the preview of a file with whom it
  // would write to, and what.
  const std::string_view what = std::string_view(route.path).substr(kRoot.size());
  const bool is_preview = what == kImports && request.query("dry_run") == "true";
  const bool is_read =
      route.right && (route.method == http::Method::Get ? shows_people(*route.right)
                                                        : is_person(what) || is_preview);
  if (!is_read) return;
  const std::string_view name = name_in_path(route.path);
  Seen seen{by.name, route.path.substr(kRoot.size()),
            name.empty() ? std::string() : std::string(request.param(name))};
  const std::lock_guard lock(mutex_);
  const auto told = told_.find(seen);
  if (told == told_.end() || now - told->second >= kHourMs) fresh_.insert(std::move(seen));
}

Result<void> ReadLog::write(Store& store, const Creditor& creditor, Instant now) {
  std::set<Seen> fresh;
  {
    const std::lock_guard lock(mutex_);
    fresh = fresh_;
  }
  if (fresh.empty()) return {};
  RETURN_IF_ERROR(store.write([&](Tx& tx) {
    for (auto next = fresh.begin(); next != fresh.end();) {
      const std::string by = std::get<0>(*next);
      json::object read;
      for (size_t n = 0; n < kSeenARecord && next != fresh.end() && std::get<0>(*next) == by;
           ++n, ++next) {
        const auto& [_, what, whom] = *next;
        json::array& of = read.emplace(what, json::array()).first->value().as_array();
        if (const std::string number = whom.empty() ? whom : number_of(tx, creditor, what, whom);
            !number.empty())
          of.emplace_back(number);
      }
      tx.timeline.append({.creditor_id = creditor.id,
                          .debtor_id = {},
                          .at = now,
                          .kind = "data_read",
                          .detail = "by " + by,
                          .facts = to_json(read)},
                         tx.ids);
    }
  }));
  const std::lock_guard lock(mutex_);
  std::erase_if(told_, [&](const auto& one) { return now - one.second >= kHourMs; });
  for (const auto& seen : fresh) {
    told_[seen] = now;
    fresh_.erase(seen);
  }
  return {};
}

namespace {

json::array people_json(Tx& tx, const Creditor& creditor, const json::array& numbers) {
  json::array people;
  for (const auto& one : numbers) {
    const auto number = one.is_string() ? whole_number(one.get_string()) : std::nullopt;
    if (!number) continue;
    const auto debtor = tx.debtors.find(creditor.id, {*number});
    people.push_back(
        json::object{{"id", std::to_string(*number)}, {"name", debtor ? debtor->name : ""}});
  }
  return people;
}

json::array what_json(Tx& tx, const Creditor& creditor, const store::ReadRecord& record) {
  json::array all;
  const auto facts = parse_json(record.facts.empty() ? "{}" : record.facts);
  if (facts && facts->is_object()) {
    for (const auto& [what, of] : facts->get_object()) {
      const json::array none, &numbers = of.is_array() ? of.get_array() : none;
      all.push_back(json::object{
          {"what", what},
          {"people", is_person(what) ? people_json(tx, creditor, numbers) : json::array()}});
    }
  }
  return all;
}

json::object read_json(Tx& tx, const Creditor& creditor, const store::ReadRecord& record) {
  const Zone zone = Zone::of(creditor.zone);
  const auto mark = record.detail.rfind("by ");
  json::object told{
      {"id", std::to_string(record.id)},
      {"at", format_rfc3339(record.at, zone.offset_at(record.at))},
      {"kind", record.kind},
      {"by", mark == std::string::npos ? record.detail : record.detail.substr(mark + 3)},
      {"table", record.kind == "table_exported" ? record.detail.substr(0, record.detail.find(' '))
                                                : std::string()},
      {"read", what_json(tx, creditor, record)}};
  if (record.debtor_id)
    told["read"] = json::array{json::object{
        {"what", "file"},
        {"people", people_json(tx, creditor, {std::to_string(record.debtor_id.value)})}}};
  return told;
}

}  // namespace

Result<std::string> reads_view(Store& store, const Creditor& creditor, const ListPage& page) {
  return store.read([&](Tx& tx) {
    auto records = store::RecordPages(tx.db).reads(
        creditor.id, {.before = page.before(), .limit = page.to_read()});
    const bool has_more = page.cut(records);
    json::array rows;
    for (const auto& one : records) rows.push_back(read_json(tx, creditor, one));
    return to_json(json::object{{"reads", std::move(rows)},
                                {"next", has_more ? json::value(std::to_string(records.back().id))
                                                  : json::value(nullptr)}});
  });
}

}  // namespace puntual
