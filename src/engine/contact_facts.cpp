#include "engine/contact_facts.h"

#include <algorithm>

#include "core/strategy/caps.h"

namespace puntual {

CreditorWords words_of(const Creditor& creditor) {
  const std::pair<CreditorWord, const std::string&> words[] = {
      {CreditorWord::PersonInCharge, creditor.person_in_charge},
      {CreditorWord::Address, creditor.address},
      {CreditorWord::Phone, creditor.phone},
      {CreditorWord::ComplaintsUnit, creditor.complaints_unit},
      {CreditorWord::Charges, creditor.charges}};
  CreditorWords told = 0;
  for (const auto& [word, text] : words) {
    if (!text.empty()) told |= static_cast<CreditorWords>(1U << static_cast<int>(word));
  }
  return told;
}

ContactRequest ContactFacts::request(const Debtor& debtor, const Creditor& creditor,
                                     Purpose purpose, const Law& law) const {
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
  request.creditor_words = words_of(creditor);
  request.first_action = is_first_contact && is_collection(purpose);
  return request;
}

namespace engine {
std::vector<Zone> candidate_zones(const Debtor& debtor, const compliance::RuleBook& book) {
  std::vector<Zone> candidates;
  if (debtor.zone.empty()) return candidates;
  const auto zone = Zone::find(debtor.zone);
  if (!zone) return candidates;
  const auto of_country = book.zones_of(debtor.country);
  if (std::ranges::find(of_country, *zone) == of_country.end())
    candidates.assign(of_country.begin(), of_country.end());
  candidates.push_back(*zone);
  return candidates;
}

int64_t ttl_with_margin(int64_t ttl_seconds, const EngineSettings& settings) {
  return ttl_seconds + settings.answer_ms / kSecondMs;
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

bool is_contact_hour(const ContactFacts& facts, const Debtor& debtor, const Creditor& creditor,
                     const Law& law, Instant now) {
  static constexpr Reason kHours[] = {Reason::WindowHours, Reason::WindowWeekday,
                                      Reason::WindowHoliday, Reason::ConsumerHours};
  const Decision decision =
      compliance::decide(facts.request(debtor, creditor, Purpose::Overdue, law), now);
  return std::ranges::none_of(decision.reasons, [](Reason one) {
    return std::ranges::find(kHours, one) != std::end(kHours);
  });
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
