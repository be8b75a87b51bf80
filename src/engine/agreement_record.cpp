#include "engine/agreement_record.h"

#include <charconv>

#include "base/json.h"
#include "engine/decision_record.h"

namespace puntual::engine {

std::string facts_of_agreement(const Agreement& agreement, std::string_view by) {
  json::array covered, instalments;
  for (const auto id : agreement.covered) covered.emplace_back(std::to_string(id.value));
  for (const auto& one : agreement.instalments) {
    instalments.push_back({{"due_on", format_date(one.due_on)}, {"amount_minor", one.amount_minor}});
  }
  return to_json(json::object{{"agreement", std::to_string(agreement.id.value)}, {"kind", text_of(agreement.kind)}, {"by", by},
                              {"mandate_version", agreement.mandate_version}, {"currency", agreement.total.currency.code()},
                              {"total_minor", agreement.total.minor}, {"discount_minor", agreement.discount_minor},
                              {"grace_days", agreement.grace_days}, {"invoices", std::move(covered)},
                              {"instalments", std::move(instalments)}, {"words_commitment", commitment_to(agreement.salt, agreement.words)}});
}

AgreementId agreement_in(const TimelineEvent& record) {
  const auto facts = parse_json(record.facts);
  const std::string told = facts ? text_in(*facts, "agreement") : std::string();
  AgreementId id;
  std::from_chars(told.data(), told.data() + told.size(), id.value);
  return id;
}

std::optional<TimelineEvent> record_of(Tx& tx, const Agreement& agreement) {
  for (auto& event : tx.timeline.of_debtor(agreement.creditor_id, agreement.debtor_id)) {
    if (event.kind == kAgreementMade && agreement_in(event) == agreement.id) return std::move(event);
  }
  return std::nullopt;
}

bool is_as_recorded(const Agreement& agreement, const TimelineEvent& record) {
  auto recorded = parse_json(record.facts);
  auto told = parse_json(facts_of_agreement(agreement, recorded ? text_in(*recorded, "by") : std::string()));
  if (!recorded || !recorded->is_object() || !told) return false;
  if (agreement.salt.empty()) {
    recorded->as_object().erase("words_commitment");
    told->as_object().erase("words_commitment");
  }
  return *recorded == *told;
}

}  // namespace puntual::engine
