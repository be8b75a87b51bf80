#include "engine/agreement_record.h"

#include <charconv>

#include "base/json.h"
#include "engine/decision_record.h"

namespace puntual::engine {

namespace {

// What stands in its row as well.
json::object terms_of(const Agreement& agreement) {
  json::array covered, instalments;
  for (const auto id : agreement.covered) covered.emplace_back(std::to_string(id.value));
  for (const auto& one : agreement.instalments) {
    instalments.push_back(
        {{"due_on", format_date(one.due_on)}, {"amount_minor", one.amount_minor}});
  }
  return {{"agreement", std::to_string(agreement.id.value)},
          {"kind", text_of(agreement.kind)},
          {"mandate_version", agreement.mandate_version},
          {"currency", agreement.total.currency.code()},
          {"total_minor", agreement.total.minor},
          {"discount_minor", agreement.discount_minor},
          {"grace_days", agreement.grace_days},
          {"invoices", std::move(covered)},
          {"instalments", std::move(instalments)},
          {"words_commitment", commitment_to(agreement.salt, agreement.words)}};
}

}  // namespace

std::string facts_of_agreement(const Agreement& agreement, std::string_view by,
                               const Address& address) {
  json::object facts = terms_of(agreement);
  json::object identity{{"state", text_of(address.state)}, {"evidence", address.evidence.kind}};
  if (address.evidence.verified_on)
    identity["verified_on"] = format_date(*address.evidence.verified_on);
  facts["by"] = by;
  facts["through"] = agreement.through;
  facts["identity"] = std::move(identity);
  return to_json(facts);
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
    if (event.kind == kAgreementMade && agreement_in(event) == agreement.id)
      return std::move(event);
  }
  return std::nullopt;
}

bool is_as_recorded(const Agreement& agreement, const TimelineEvent& record) {
  auto recorded = parse_json(record.facts);
  if (!recorded || !recorded->is_object()) return false;
  json::object told = terms_of(agreement);
  for (const std::string_view beside : {"by", "through", "identity"})
    recorded->as_object().erase(beside);
  if (agreement.salt.empty()) {
    recorded->as_object().erase("words_commitment");
    told.erase("words_commitment");
  }
  return *recorded == json::value(std::move(told));
}

}  // namespace puntual::engine
