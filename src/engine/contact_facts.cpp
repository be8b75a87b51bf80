#include "engine/contact_facts.h"

#include <algorithm>

#include "base/phone.h"
#include "core/strategy/caps.h"

namespace puntual {
namespace {

// The longest look-back of any pack is seven local dates; one more covers the zone's offset.
constexpr int64_t kLookBackMs = 9 * kDayMs;

}  // namespace

ContactRequest ContactFacts::request(const Debtor& debtor, const Creditor& creditor, Purpose purpose, const Law& law) const {
  ContactRequest request;
  law.apply_to(request);
  request.jurisdiction = debtor.country;
  request.creditor_jurisdiction = creditor.country;
  request.zones = zones;
  request.purpose = purpose;
  request.channel = Channel::WhatsApp;
  request.consent_for_all = false;
  request.consent = permission.consent;
  request.optout_all = permission.optout_all;
  request.optout_channels = permission.optout_channels;
  request.history = history;
  request.last_inbound_at = last_inbound_at;
  request.case_flags = case_flags;
  request.first_action = is_first_contact && is_collection(purpose);
  return request;
}

namespace engine {
namespace {

// Who says stop says it for the phone in their hand: what comes in is heard as that of the phone's first owner,
// and a family or a re-import under another document shares it.
void add_stop_of_phone(Tx& tx, const Debtor& debtor, store::Permission& permission) {
  if (!debtor.phone.starts_with('+')) return;
  const auto owner = tx.debtors.find_by(debtor.creditor_id, IdentifierKind::Phone, canonical_of_wa_id(debtor.phone));
  if (!owner || *owner == debtor.id) return;
  const auto theirs = tx.permissions.of(debtor.creditor_id, *owner);
  permission.optout_all |= theirs.optout_all;
  permission.optout_channels |= theirs.optout_channels;
}

// A zone outside the country may be a slip of the file: then every zone of the country must allow it as well.
std::vector<Zone> candidate_zones(const Debtor& debtor, const compliance::RuleBook& book) {
  std::vector<Zone> candidates;
  const auto zone = Zone::find(debtor.zone);
  if (debtor.zone.empty() || !zone) return candidates;
  const auto of_country = book.zones_of(debtor.country);
  if (std::ranges::find(of_country, *zone) == of_country.end()) candidates.assign(of_country.begin(), of_country.end());
  candidates.push_back(*zone);
  return candidates;
}

}  // namespace

int64_t ttl_with_margin(int64_t ttl_seconds, const EngineSettings& settings) {
  return ttl_seconds + 2 * settings.send_deadline_ms / kSecondMs;
}

ContactFacts contact_facts(Tx& tx, const Debtor& debtor, Instant now, const Law& law) {
  ContactFacts facts;
  facts.zones = candidate_zones(debtor, law.book());
  tx.outbox.add_history(debtor.creditor_id, debtor.id, now - kLookBackMs, facts.history);
  tx.conversation.add_history(debtor.creditor_id, debtor.id, now - kLookBackMs, facts.history);
  // A phone that several people share is rung once: what the others were sent counts as well.
  for (const auto other : tx.debtors.sharing_phone(debtor.creditor_id, debtor.id)) {
    tx.outbox.add_history(debtor.creditor_id, other, now - kLookBackMs, facts.history);
  }
  facts.is_first_contact = !tx.outbox.has_written_to(debtor.creditor_id, debtor.id);
  facts.permission = tx.permissions.of(debtor.creditor_id, debtor.id);
  add_stop_of_phone(tx, debtor, facts.permission);
  for (const auto& contact : facts.history) {
    if (contact.direction == Direction::In) facts.last_inbound_at = std::max(facts.last_inbound_at.value_or(contact.at), contact.at);
  }
  return facts;
}

Zone home_zone(const Debtor& debtor, const Creditor& creditor) {
  const auto candidates = candidate_zones(debtor, compliance::RuleBook::built_in());
  if (candidates.size() == 1) return candidates.front();
  if (debtor.country == creditor.country) return Zone::of(creditor.zone);
  const auto zones = compliance::zones_of(debtor.country);
  return zones.empty() ? Zone::of(creditor.zone) : zones.front();
}

std::string locale_of(const Debtor& debtor, const Creditor& creditor) {
  if (debtor.country.empty()) return creditor.locale;
  return (debtor.country == "BR" ? "pt_" : "es_") + debtor.country;
}

std::string codes_of(const Decision& decision) {
  std::string codes;
  for (const auto reason : decision.reasons) {
    if (!codes.empty()) codes += ' ';
    codes += code_of(reason);
  }
  return codes;
}

}  // namespace engine
}  // namespace puntual
