#include <algorithm>
#include <ranges>

#include "app/anchor_job.h"
#include "app/proof_pages.h"
#include "app/record_views.h"
#include "base/json.h"
#include "core/rights/request.h"
#include "engine/audit.h"
#include "engine/proof.h"
#include "store/sql/sql_record_pages.h"

namespace puntual {
namespace {

constexpr int kOptOutsShown = 50;
constexpr size_t kAnchorsShown = 5;

// A day, or null where there is no bound.
json::value bound_json(CivilDate date) {
  return date.days < -200'000 || date.days > 3'000'000 || ymd_of(date).year == 0
             ? json::value(nullptr)
             : json::value(format_date(date));
}

// No two sources were found to agree on it, or none at all: what a lawyer of the house should look
// at.
bool is_unconfirmed(const compliance::Rule& rule) {
  return rule.confidence == "U" || rule.confidence == "S1";
}

json::object land_json(const compliance::Jurisdiction& land) {
  return {{"country", land.pack.country},
          {"version", land.pack.version},
          {"authority", land.pack.authority},
          {"checked_on", format_date(land.pack.checked_on)},
          {"review_by", format_date(land.pack.review_by)},
          {"calendar_version", land.calendar_version},
          {"calendar_until", land.calendar.version.empty()
                                 ? json::value(nullptr)
                                 : json::value(format_date(land.calendar.last))},
          {"rules", land.pack.rules.size()},
          {"unconfirmed", std::ranges::count_if(land.pack.rules, is_unconfirmed)}};
}

json::array open_requests(Tx& tx, const Creditor& creditor, Zone zone, CivilDate today) {
  json::array all;
  for (const auto& one : tx.rights.open(creditor.id)) {
    const auto debtor = tx.debtors.find(creditor.id, one.debtor_id);
    all.push_back(json::object{
        {"id", std::to_string(one.id)},
        {"debtor", std::to_string(one.debtor_id.value)},
        {"name", debtor ? debtor->name : ""},
        {"kind", text_of(one.kind)},
        {"through", one.through},
        {"received_at", format_rfc3339(one.received_at, zone.offset_at(one.received_at))},
        {"due_on", format_date(one.due_on)},
        {"days_left", one.due_on - today}});
  }
  return all;
}

json::array recent_opt_outs(Tx& tx, const Creditor& creditor, Zone zone) {
  json::array all;
  for (const auto& one : store::RecordPages(tx.db).latest_opt_outs(creditor.id, kOptOutsShown)) {
    const auto debtor = tx.debtors.find(creditor.id, one.debtor_id);
    all.push_back(json::object{{"debtor", std::to_string(one.debtor_id.value)},
                               {"name", debtor ? debtor->name : ""},
                               {"channel", one.channel},
                               {"at", format_rfc3339(one.at, zone.offset_at(one.at))},
                               {"through", one.through}});
  }
  return all;
}

json::array newest_anchors(Tx& tx, const Creditor& creditor, Zone zone) {
  auto anchors = tx.timeline.anchors();
  std::erase_if(anchors,
                [&](const audit::Anchor& one) { return one.chain.creditor != creditor.id; });
  std::ranges::sort(anchors, std::ranges::greater(), &audit::Anchor::at);
  json::array all;
  for (const auto& one : anchors | std::views::take(kAnchorsShown)) {
    all.push_back(json::object{{"at", format_rfc3339(one.at, zone.offset_at(one.at))},
                               {"records", one.count},
                               {"root", one.merkle_root}});
  }
  return all;
}

}  // namespace

Result<std::string> compliance_view(Store& store, const Law& law, const Creditor& creditor,
                                    Instant now) {
  const Zone zone = Zone::of(creditor.zone);
  json::array lands, literal;
  for (const auto& land : law.book().all()) lands.push_back(land_json(land));
  for (const auto& rule : law.profile.literal_rules) literal.emplace_back(rule);
  ASSIGN_OR_RETURN(json::object shown, store.read([&](Tx& tx) {
    return json::object{{"requests", open_requests(tx, creditor, zone, zone.local(now).date)},
                        {"opted_out", store::RecordPages(tx.db).opted_out_people(creditor.id)},
                        {"opt_outs", recent_opt_outs(tx, creditor, zone)},
                        {"anchors", newest_anchors(tx, creditor, zone)}};
  }));
  shown["countries"] = std::move(lands);
  shown["literal"] = std::move(literal);
  shown["zone_table"] = Zone::table_version();
  return to_json(shown);
}

Result<std::string> country_view(const Law& law, std::string_view country) {
  const auto* land = law.book().find(country);
  if (land == nullptr)
    return fail(ErrorCode::NotFound, "'{}': there is no pack for that country", country);
  json::array rules;
  for (const auto& rule : land->pack.rules) {
    rules.push_back(json::object{
        {"id", rule.id},
        {"law", rule.law},
        {"value", rule.value},
        {"confidence", rule.confidence},
        {"source", rule.source},
        {"source_url", rule.source_url},
        {"valid_from", bound_json(rule.valid_from)},
        {"valid_to", bound_json(rule.valid_to)},
        {"unconfirmed", is_unconfirmed(rule)},
        {"reading",
         rule.literal.empty() || law.profile.is_strict(rule.id) ? rule.strict : rule.literal}});
  }
  json::object shown = land_json(*land);
  shown["rules"] = std::move(rules);
  return to_json(shown);
}

Result<std::string> audit_view(Store& store) {
  ASSIGN_OR_RETURN(const AuditReport report,
                   store.read([](Tx& tx) { return engine::verify_audit(tx, {}); }));
  json::array faults;
  for (const auto& fault : report.faults)
    faults.push_back(json::object{{"record", std::to_string(fault.record_id)},
                                  {"kind", audit::code_of(fault.kind)},
                                  {"es", fault.what_es}});
  return to_json(json::object{
      {"ok", report.faults.empty()}, {"records", report.records}, {"faults", std::move(faults)}});
}

Result<std::string> proof_file(Store& store, const Creditor& creditor, std::string_view name,
                               std::string_view kind, Instant now, const Law& law) {
  ASSIGN_OR_RETURN(const bool lacks_anchor, store.read([&](Tx& tx) -> Result<bool> {
    ASSIGN_OR_RETURN(const OutboxMessage message, engine::find_message(tx, creditor, name));
    return engine::needs_anchor(tx, message);
  }));
  if (lacks_anchor) RETURN_IF_ERROR(run_anchor_job(store, now));
  ASSIGN_OR_RETURN(const audit::Proof proof, store.read([&](Tx& tx) -> Result<audit::Proof> {
    ASSIGN_OR_RETURN(const OutboxMessage message, engine::find_message(tx, creditor, name));
    return engine::make_proof(tx, creditor, message, now, law);
  }));
  if (kind != "pdf") return audit::write_proof(proof);
  return document::to_pdf(proof_pages(proof, Zone::of(creditor.zone)));
}

}  // namespace puntual
