#include "engine/decision_record.h"

#include "base/crypto.h"
#include "core/compliance/rules_asked.h"

namespace puntual::engine {
namespace {

json::array texts(std::span<const std::string_view> values) {
  json::array array;
  array.reserve(values.size());
  for (const auto value : values) array.emplace_back(value);
  return array;
}

// What this person had heard of us, before this message.
json::object counters_of(std::span<const Contact> history, Zone zone, Instant now) {
  const CivilDate today = zone.local(now).date;
  int on_this_date = 0, in_seven_dates = 0;
  for (const auto& contact : history) {
    if (contact.direction != Direction::Out || contact.status == ContactStatus::Refused) continue;
    const int32_t days_ago = today - zone.local(contact.at).date;
    on_this_date += days_ago == 0 ? 1 : 0;
    in_seven_dates += days_ago >= 0 && days_ago < 7 ? 1 : 0;
  }
  return {{"today", on_this_date}, {"seven_dates", in_seven_dates}};
}

json::value consent_of(const ContactRequest& request) {
  const auto& consent = request.consent[static_cast<size_t>(request.channel)];
  if (!consent.granted) return nullptr;
  return json::object{{"instrument", consent.instrument}, {"granted_at", format_utc(consent.granted_at)}};
}

json::object identity_of(const Address& address) {
  json::object identity{{"state", text_of(address.state)}, {"evidence", address.evidence.kind}};
  if (address.evidence.verified_on) identity["verified_on"] = format_date(*address.evidence.verified_on);
  return identity;
}

}  // namespace

std::string facts_of_refusal(const Decision& decision) {
  json::object facts{{"rule_ids", texts(decision.rule_ids)}, {"pack_version", decision.pack_version}, {"next_allowed", nullptr}};
  if (decision.next_allowed) facts["next_allowed"] = format_rfc3339(*decision.next_allowed, decision.offset_seconds);
  return to_json(facts);
}

std::string facts_of_wait(Instant until) { return fmt::format(R"({{"until":"{}"}})", format_utc(until)); }

json::object facts_of_sending(const SendingCase& c, Instant now) {
  const OutboxMessage& m = c.message;
  json::array zones, covered;
  for (const auto zone : c.request.zones) zones.emplace_back(zone.name());
  if (zones.empty()) zones.emplace_back(c.zone.name());
  for (const auto id : m.covered) covered.emplace_back(std::to_string(id.value));
  json::object facts;
  facts.reserve(40);
  facts = {{"purpose", text_of(m.purpose)}, {"channel", text_of(c.request.channel)}, {"jurisdiction", c.request.jurisdiction},
           {"recipient_role", text_of(c.request.role)},
           {"identity", identity_of(c.address)}, {"pack_version", c.decision.pack_version}, {"calendar_version", c.decision.calendar_version},
           {"zone_table", Zone::table_version()}, {"profile", c.request.profile == nullptr ? "strict" : "own"},
           {"reasons", codes_of(c.decision)},
           // An exemption names its own rule; otherwise all that were asked have been satisfied.
           {"rule_ids", texts(c.decision.rule_ids.empty() ? compliance::rules_asked(c.request, now) : c.decision.rule_ids)},
           {"zones", std::move(zones)}, {"local", format_rfc3339(now, c.zone.offset_at(now))}, {"consent", consent_of(c.request)},
           {"counters", counters_of(c.facts.history, c.zone, now)}, {"balance_minor", m.balance.minor},
           {"currency", m.balance.currency.code()}, {"invoices", std::move(covered)}, {"text_sha256", hex(sha256(m.text))},
           {"template", m.template_name}, {"language", m.language}, {"template_version", m.template_version},
           {"strategy_version", m.strategy_version}, {"step", m.step}, {"ttl_seconds", m.ttl_seconds}};
  return facts;
}

std::string commitment_to(std::string_view salt, std::string_view address) { return hex(hmac_sha256(salt, address)); }

}  // namespace puntual::engine
