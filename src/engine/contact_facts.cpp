#include "engine/contact_facts.h"

#include <algorithm>

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
  request.role = debtor.role;
  request.consent_for_all = false;
  request.consent = permission.consent;
  request.optout_all = permission.optout_all;
  request.optout_channels = permission.optout_channels;
  if (consumer_hours) request.consumer_hours = &*consumer_hours;
  request.history = history;
  request.last_inbound_at = last_inbound_at;
  request.case_flags = case_flags;
  request.charges_agreed = !creditor.charges.empty();
  request.first_action = is_first_contact && is_collection(purpose);
  return request;
}

namespace engine {
namespace {

// One record of the person: their contacts on every channel, their case, their wish.
void add_record(Tx& tx, CreditorId creditor, DebtorId id, Instant since, ContactFacts& facts) {
  tx.outbox.add_history(creditor, id, since, facts.history);
  tx.conversation.add_history(creditor, id, since, facts.history);
  facts.is_first_contact = facts.is_first_contact && !tx.outbox.has_written_to(creditor, id);
  facts.case_flags |= tx.case_flags.active(creditor, id);
  if (auto wish = tx.contact_hours.of(creditor, id)) {
    // What they asked for last holds, whichever record it was noted on.
    if (!facts.consumer_hours || facts.consumer_hours->asked_at < wish->hours.asked_at) {
      facts.consumer_hours = std::move(wish->hours);
      facts.hours_instrument = std::move(wish->instrument);
    }
  }
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
  return ttl_seconds + settings.answer_ms / kSecondMs;
}

ContactFacts contact_facts(Tx& tx, const Debtor& debtor, Instant now, const Law& law) {
  ContactFacts facts;
  facts.zones = candidate_zones(debtor, law.book());
  facts.is_first_contact = true;
  const auto kin = tx.debtors.kin(debtor);
  add_record(tx, debtor.creditor_id, debtor.id, now - kLookBackMs, facts);
  for (const auto& other : kin) {
    if (other.is_same_person) add_record(tx, debtor.creditor_id, other.id, now - kLookBackMs, facts);
  }
  for (const auto& contact : facts.history) {
    if (contact.direction == Direction::In && contact.channel == Channel::WhatsApp) {
      facts.last_inbound_at = std::max(facts.last_inbound_at.value_or(contact.at), contact.at);
    }
  }
  // A phone that several people share is rung once: what the others were sent, or were written by hand, counts as well.
  for (const auto& other : kin) {
    if (other.is_same_person) continue;
    tx.outbox.add_history(debtor.creditor_id, other.id, now - kLookBackMs, facts.history);
    tx.conversation.add_history(debtor.creditor_id, other.id, now - kLookBackMs, facts.history);
  }
  facts.permission = tx.permissions.of(debtor.creditor_id, debtor.id, kin);
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
