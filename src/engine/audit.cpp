#include "engine/audit.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "base/json.h"
#include "core/audit/merkle.h"
#include "engine/agreement_record.h"

namespace puntual::engine {
namespace {

// The newest anchor of a chain that the database remembers, or where the chain begins.
audit::Anchor anchor_before(const std::vector<audit::Anchor>& anchors,
                            const audit::ChainId& chain) {
  audit::Anchor before{
      .chain = chain, .at = {}, .head = std::string(audit::kGenesis), .merkle_root = {}};
  for (const auto& anchor : anchors) {
    if (anchor.chain == chain && anchor.last_id >= before.last_id) before = anchor;
  }
  return before;
}

Result<audit::Anchor> anchor_after(Tx& tx, const audit::Anchor& before, Instant now) {
  audit::Anchor anchor = before;
  anchor.at = now;
  anchor.after_id = before.last_id;
  anchor.merkle_root.clear();
  std::vector<std::string> hashes;
  int64_t broken = 0;
  tx.timeline.each_between(
      before.chain, before.last_id, INT64_MAX, [&](const TimelineEvent& record) {
        if (broken == 0 && audit::hash_of(anchor.head, record) != record.hash) broken = record.id;
        if (anchor.first_id == 0) anchor.first_id = record.id;
        anchor.last_id = record.id;
        anchor.head = record.hash;
        anchor.at = std::max(
            anchor.at, record.at);  // Never older than what it names, whatever clock asks for it.
        ++anchor.count;
        hashes.push_back(record.hash);
      });
  if (broken != 0) {
    return fail(ErrorCode::Unsafe,
                "the audit trail of creditor {} does not hold at record {}: look with 'puntual "
                "audit verify'",
                before.chain.creditor.value, broken);
  }
  if (!hashes.empty()) anchor.merkle_root = audit::merkle_root(hashes);
  return anchor;
}

// The first whose row does not say what was recorded when it was made.
std::optional<audit::Fault> changed_agreement(Tx& tx, const std::vector<TimelineEvent>& made,
                                              PeoplesWords words) {
  for (const auto& record : made) {
    const AgreementId id = agreement_in(record);
    const auto agreement = words == PeoplesWords::Compared
                               ? tx.agreements.find(record.creditor_id, id)
                               : tx.agreements.find_terms(record.creditor_id, id);
    if (agreement && is_as_recorded(*agreement, record)) continue;
    return audit::Fault{
        .chain = {record.creditor_id, 0},
        .record_id = record.id,
        .kind = audit::FaultKind::Unrecorded,
        .what_es = fmt::format("el acuerdo {} no es el que se registró cuando se hizo", id.value)};
  }
  return std::nullopt;
}

// When a rest ends by its records: the latest end told since it began (an empty one: until somebody
// ends it). None where that is not known: a record older than the telling, or two rests of a kind
// that touch in one moment.
std::optional<std::optional<Instant>> recorded_end(const std::vector<TimelineEvent>& begun,
                                                   const store::PastSuspension& past) {
  const Instant since = past.suspension.since;
  bool is_told = false;
  std::optional<Instant> latest = since;
  for (const auto& record : begun) {
    if (record.at < since ||
        !record.detail.starts_with(fmt::format("{} ", store::text_of(past.suspension.kind))))
      continue;
    if (past.ended_at && record.at != since && record.at >= *past.ended_at) {
      if (record.at == *past.ended_at && past.ended_through != "time") return std::nullopt;
      continue;
    }
    const auto facts = parse_json(record.facts.empty() ? "{}" : record.facts);
    const json::value* until =
        facts && facts->is_object() ? facts->as_object().if_contains("until") : nullptr;
    if (until == nullptr) return std::nullopt;
    is_told = true;
    if (!until->is_int64())
      latest.reset();
    else if (latest)
      latest = std::max(*latest, Instant{until->as_int64()});
  }
  return is_told ? std::optional(latest) : std::nullopt;
}

// The first person one of whose rests ends at another time than was recorded.
std::optional<audit::Fault> changed_rest(
    Tx& tx, const std::map<std::pair<CreditorId, DebtorId>, std::vector<TimelineEvent>>& begun) {
  for (const auto& [who, records] : begun) {
    const auto rests = tx.suspensions.all_of(who.first, who.second);
    for (const auto& past : rests) {
      const auto is_twin = [&](const store::PastSuspension& other) {
        return other.suspension.kind == past.suspension.kind &&
               other.suspension.since == past.suspension.since;
      };
      if (std::ranges::count_if(rests, is_twin) > 1) continue;
      const auto end = recorded_end(records, past);
      if (!end || *end == past.suspension.until) continue;
      return audit::Fault{.chain = {who.first, 0},
                          .record_id = records.front().id,
                          .kind = audit::FaultKind::Unrecorded,
                          .what_es = fmt::format("un descanso de los recordatorios de la persona "
                                                 "{} termina en otra fecha que la registrada",
                                                 who.second.value)};
    }
  }
  return std::nullopt;
}

}  // namespace

AuditReport verify_audit(Tx& tx, std::vector<audit::Anchor> anchors, PeoplesWords words) {
  std::ranges::move(tx.timeline.anchors(), std::back_inserter(anchors));
  audit::Verifier verifier(std::move(anchors));
  std::vector<TimelineEvent> made;
  std::map<std::pair<CreditorId, DebtorId>, std::vector<TimelineEvent>> rested;
  tx.timeline.each([&](const TimelineEvent& record) {
    verifier.see(record);
    if (record.kind == kAgreementMade) made.push_back(record);
    if (record.kind == "suspended")
      rested[{record.creditor_id, record.debtor_id}].push_back(record);
  });
  AuditReport report{.records = verifier.count(), .chains = {}, .faults = verifier.finish()};
  report.chains = verifier.chains();
  std::ranges::move(tx.timeline.unrecorded(), std::back_inserter(report.faults));
  if (auto changed = changed_agreement(tx, made, words))
    report.faults.push_back(*std::move(changed));
  if (auto changed = changed_rest(tx, rested)) report.faults.push_back(*std::move(changed));
  return report;
}

Result<std::vector<audit::Anchor>> make_anchors(Tx& tx, Instant now) {
  const auto known = tx.timeline.anchors();
  std::vector<audit::Anchor> anchors = known;
  for (const auto& chain : tx.timeline.chains()) {
    ASSIGN_OR_RETURN(const audit::Anchor anchor,
                     anchor_after(tx, anchor_before(known, chain), now));
    if (!anchor.merkle_root.empty()) anchors.push_back(anchor);
  }
  return anchors;
}

}  // namespace puntual::engine
