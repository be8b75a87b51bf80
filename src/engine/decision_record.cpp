#include "engine/decision_record.h"

#include <algorithm>
#include <array>

#include "base/crypto.h"
#include "core/compliance/counters.h"
#include "core/compliance/rule_book.h"
#include "core/compliance/rules_asked.h"

namespace puntual::engine {
namespace {

template <class Texts>
json::array texts(const Texts& values) {
  json::array array;
  array.reserve(values.size());
  for (const auto& value : values) array.emplace_back(std::string_view(value));
  return array;
}

json::array words_of(std::string_view text) {
  json::array words;
  while (!text.empty()) {
    const size_t end = text.find(' ');
    words.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return words;
}

json::string local_text(Instant at, Zone zone) { return json::string(format_rfc3339(at, zone.offset_at(at))); }

// Whose rules are asked: those of the person's country, and of the creditor's where that is another.
using Lands = std::array<const compliance::Jurisdiction*, 2>;

Lands lands_of(const ContactRequest& request) {
  const auto& book = request.rules != nullptr ? *request.rules : compliance::RuleBook::built_in();
  const bool two = !request.creditor_jurisdiction.empty() && request.creditor_jurisdiction != request.jurisdiction;
  return {book.find(request.jurisdiction), two ? book.find(request.creditor_jurisdiction) : nullptr};
}

struct Count {
  int64_t today = 0, seven_dates = 0;
  void add(int32_t days_ago) {
    today += days_ago == 0 ? 1 : 0;
    seven_dates += days_ago < 7 ? 1 : 0;
  }
};

// What this person had heard of us before this message, as far as the gate counts it (in either country).
json::object counters_of(const DecisionCase& c, const Lands& lands, Instant now) {
  const CivilDate today = c.zone.local(now).date;
  std::array<compliance::Counting, 2> countings;
  for (size_t i = 0; i < lands.size(); ++i) {
    if (lands[i] != nullptr) countings[i] = compliance::counting_of(lands[i]->edition_on(today).pack, c.request.profile);
  }
  Count all;
  std::array<Count, kChannels> by_channel;
  std::optional<Instant> last_at;
  for (const auto& contact : c.facts.history) {
    if (std::ranges::none_of(countings, [&](const auto& one) { return one.pack != nullptr && compliance::counts(one, contact); })) continue;
    // What is dated after today counts as of today.
    const int32_t days_ago = today - std::min(c.zone.local(contact.at).date, today);
    all.add(days_ago);
    by_channel[static_cast<size_t>(contact.channel)].add(days_ago);
    last_at = std::max(contact.at, last_at.value_or(contact.at));
  }
  json::object channels;
  for (size_t i = 0; i < kChannels; ++i) {
    if (by_channel[i].seven_dates > 0) {
      channels[text_of(static_cast<Channel>(i))] = {{"today", by_channel[i].today}, {"seven_dates", by_channel[i].seven_dates}};
    }
  }
  return {{"today", all.today}, {"seven_dates", all.seven_dates}, {"by_channel", std::move(channels)},
          {"last_at", last_at ? json::value(local_text(*last_at, c.zone)) : json::value(nullptr)}};
}

json::value consent_of(const DecisionCase& c) {
  const auto channel = static_cast<size_t>(c.request.channel);
  const auto& consent = c.request.consent[channel];
  if (!consent.granted) return nullptr;
  const auto& words = c.facts.permission.words[channel];
  // What a paper is called may name a person, and the record stays when they are forgotten: whoever has the paper's name
  // can show that it is this one.
  json::object found{{"instrument_sha256", hex(sha256(consent.instrument))}, {"kind", words.kind}, {"text_version", words.text_version},
                     {"granted_at", format_utc(consent.granted_at)}};
  if (consent.revoked_at) found["revoked_at"] = format_utc(*consent.revoked_at);
  return found;
}

json::object hours_of(const ContactFacts& facts) {
  const ConsumerHours& wish = *facts.consumer_hours;
  json::object hours{{"instrument_sha256", hex(sha256(facts.hours_instrument))}, {"separate_instrument", wish.separate_instrument},
                     {"after_contract", wish.after_contract}};
  if (wish.asked_at) hours["asked_at"] = format_utc(*wish.asked_at);
  return hours;
}

json::object identity_of(const Address& address) {
  json::object identity{{"state", text_of(address.state)}, {"evidence", address.evidence.kind}};
  if (address.evidence.verified_on) identity["verified_on"] = format_date(*address.evidence.verified_on);
  return identity;
}

// An exemption and a refusal name their own rules; otherwise all that were asked have been satisfied.
json::array rules_of(const DecisionCase& c, Instant now) {
  if (c.decision == nullptr) return {};
  if (!c.decision->allowed || !c.decision->rule_ids.empty()) return texts(c.decision->rule_ids);
  return texts(compliance::rules_asked(c.request, now));
}

void add_law(const DecisionCase& c, const Lands& lands, json::object& facts) {
  const auto& [own, other] = lands;
  facts["jurisdiction"] = c.request.jurisdiction;
  facts["pack_version"] = own == nullptr ? std::string_view() : std::string_view(own->pack.version);
  facts["calendar_version"] = own == nullptr ? std::string_view() : own->calendar_version;
  if (other != nullptr) {
    facts["creditor_jurisdiction"] = c.request.creditor_jurisdiction;
    facts["creditor_pack_version"] = other->pack.version;
    facts["creditor_calendar_version"] = other->calendar_version;
  }
  facts["zone_table"] = Zone::table_version();
  facts["profile"] = c.request.profile == nullptr ? json::value("strict") : json::value(texts(c.request.profile->literal_rules));
}

void add_message(const OutboxMessage& m, json::object& facts) {
  json::array covered;
  for (const auto id : m.covered) covered.emplace_back(std::to_string(id.value));
  facts["balance_minor"] = m.balance.minor;
  facts["currency"] = m.balance.currency.code();
  facts["invoices"] = std::move(covered);
  // Of an erased person no text is left.
  if (!m.text.empty()) facts["text_sha256"] = hex(sha256(m.text));
  facts["template"] = m.template_name;
  facts["language"] = m.language;
  facts["template_version"] = m.template_version;
  facts["strategy_version"] = m.strategy_version;
  facts["step"] = m.step;
  facts["ttl_seconds"] = m.ttl_seconds;
}

}  // namespace

json::object facts_of_decision(const DecisionCase& c, Instant now) {
  const Lands lands = lands_of(c.request);
  json::array zones;
  for (const auto zone : c.request.zones) zones.emplace_back(zone.name());
  if (zones.empty()) zones.emplace_back(c.zone.name());
  json::object facts;
  facts.reserve(40);
  facts["purpose"] = text_of(c.request.purpose);
  facts["channel"] = text_of(c.request.channel);
  facts["recipient_role"] = text_of(c.request.role);
  facts["identity"] = identity_of(c.address);
  add_law(c, lands, facts);
  facts["reasons"] = words_of(c.reasons);
  facts["rule_ids"] = rules_of(c, now);
  facts["zones"] = std::move(zones);
  facts["local"] = local_text(now, c.zone);
  facts["consent"] = consent_of(c);
  if (c.facts.consumer_hours) facts["consumer_hours"] = hours_of(c.facts);
  facts["counters"] = counters_of(c, lands, now);
  if (c.message != nullptr) add_message(*c.message, facts);
  return facts;
}

void set_next_allowed(json::object& facts, Zone zone, std::optional<Instant> next_allowed) {
  facts["next_allowed"] = next_allowed ? json::value(local_text(*next_allowed, zone)) : json::value(nullptr);
}

json::object facts_of_no(const DecisionCase& c, std::optional<Instant> next_allowed, Instant now) {
  json::object facts = facts_of_decision(c, now);
  set_next_allowed(facts, c.zone, next_allowed);
  return facts;
}

std::string facts_of_wait(Instant until) { return fmt::format(R"({{"until":"{}"}})", format_utc(until)); }

std::string commitment_to(std::string_view salt, std::string_view address) { return hex(hmac_sha256(salt, address)); }

}  // namespace puntual::engine
