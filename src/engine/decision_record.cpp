#include "engine/decision_record.h"

#include <algorithm>
#include <array>

#include "base/crypto.h"
#include "base/json_writer.h"
#include "core/compliance/counters.h"
#include "core/compliance/rule_book.h"
#include "core/compliance/rules_asked.h"

namespace puntual::engine {
namespace {

template <class Texts>
void add_texts(JsonWriter& facts, const Texts& values) {
  facts.open('[');
  for (const auto& value : values) facts.value(std::string_view(value));
  facts.close(']');
}

void add_words(JsonWriter& facts, std::string_view text) {
  facts.open('[');
  while (!text.empty()) {
    const size_t end = text.find(' ');
    facts.value(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  facts.close(']');
}

std::string local_text(Instant at, Zone zone) { return format_rfc3339(at, zone.offset_at(at)); }

void add_local(JsonWriter& facts, std::string_view name, std::optional<Instant> at, Zone zone) {
  facts.key(name);
  at ? facts.value(local_text(*at, zone)) : facts.null();
}

// Whose rules are asked: those of the person's country, and of the creditor's where that is
// another.
using Lands = std::array<const compliance::Jurisdiction*, 2>;

Lands lands_of(const ContactRequest& request) {
  const auto& book = request.rules != nullptr ? *request.rules : compliance::RuleBook::built_in();
  const bool two = !request.creditor_jurisdiction.empty() &&
                   request.creditor_jurisdiction != request.jurisdiction;
  return {book.find(request.jurisdiction),
          two ? book.find(request.creditor_jurisdiction) : nullptr};
}

struct Count {
  int64_t today = 0, seven_dates = 0;
  void add(int32_t days_ago) {
    today += days_ago == 0 ? 1 : 0;
    seven_dates += days_ago < 7 ? 1 : 0;
  }
};

// What this person had heard of us before this message, as far as the gate counts it (in either
// country).
void add_counters(JsonWriter& facts, const DecisionCase& c, const Lands& lands, Instant now) {
  const CivilDate today = c.zone.local(now).date;
  std::array<compliance::Counting, 2> countings;
  for (size_t i = 0; i < lands.size(); ++i) {
    if (lands[i] != nullptr)
      countings[i] = compliance::counting_of(lands[i]->edition_on(today).pack, c.request.profile);
  }
  Count all;
  std::array<Count, kChannels> by_channel;
  std::optional<Instant> last_at;
  for (const auto& contact : c.facts.history) {
    if (std::ranges::none_of(countings, [&](const auto& one) {
          return one.pack != nullptr && compliance::counts(one, contact);
        }))
      continue;
    // What is dated after today counts as of today.
    const int32_t days_ago = today - std::min(c.zone.local(contact.at).date, today);
    all.add(days_ago);
    by_channel[static_cast<size_t>(contact.channel)].add(days_ago);
    last_at = std::max(contact.at, last_at.value_or(contact.at));
  }
  const auto add = [&](const Count& count) {
    facts.member("today", count.today).member("seven_dates", count.seven_dates);
  };
  facts.key("counters").open('{');
  add(all);
  facts.key("by_channel").open('{');
  for (size_t i = 0; i < kChannels; ++i) {
    if (by_channel[i].seven_dates == 0) continue;
    facts.key(text_of(static_cast<Channel>(i))).open('{');
    add(by_channel[i]);
    facts.close('}');
  }
  facts.close('}');
  add_local(facts, "last_at", last_at, c.zone);
  facts.close('}');
}

// What a paper is called may name a person, and the record stays when they are forgotten: whoever
// has the paper's name can show that it is this one.
void add_instrument(JsonWriter& facts, std::string_view instrument) {
  facts.member("instrument_sha256", hex(sha256(instrument)));
}

void add_consent(JsonWriter& facts, const DecisionCase& c) {
  const auto channel = static_cast<size_t>(c.request.channel);
  const auto& consent = c.request.consent[channel];
  facts.key("consent");
  if (!consent.granted) {
    facts.null();
    return;
  }
  const auto& words = c.facts.permission.words[channel];
  facts.open('{');
  add_instrument(facts, consent.instrument);
  facts.member("kind", words.kind)
      .member("text_version", words.text_version)
      .member("granted_at", format_utc(consent.granted_at));
  if (!words.is_dated) facts.member("dated", false);
  if (consent.revoked_at) facts.member("revoked_at", format_utc(*consent.revoked_at));
  facts.close('}');
}

void add_hours(JsonWriter& facts, const ContactFacts& known) {
  const ConsumerHours& wish = *known.consumer_hours;
  facts.key("consumer_hours").open('{');
  add_instrument(facts, known.hours_instrument);
  facts.member("separate_instrument", wish.separate_instrument)
      .member("after_contract", wish.after_contract);
  if (wish.asked_at) facts.member("asked_at", format_utc(*wish.asked_at));
  facts.close('}');
}

void add_identity(JsonWriter& facts, const Address& address) {
  facts.key("identity")
      .open('{')
      .member("state", text_of(address.state))
      .member("evidence", address.evidence.kind);
  if (address.evidence.verified_on)
    facts.member("verified_on", format_date(*address.evidence.verified_on));
  facts.close('}');
}

// An exemption and a refusal name their own rules; otherwise all that were asked have been
// satisfied.
void add_rules(JsonWriter& facts, const DecisionCase& c, Instant now) {
  facts.key("rule_ids");
  if (c.decision == nullptr) {
    facts.open('[').close(']');
  } else if (!c.decision->allowed || !c.decision->rule_ids.empty()) {
    add_texts(facts, c.decision->rule_ids);
  } else {
    add_texts(facts, compliance::rules_asked(c.request, now));
  }
}

void add_law(JsonWriter& facts, const DecisionCase& c, const Lands& lands) {
  const auto& [own, other] = lands;
  facts.member("jurisdiction", c.request.jurisdiction);
  facts.member("pack_version",
               own == nullptr ? std::string_view() : std::string_view(own->pack.version));
  facts.member("calendar_version",
               own == nullptr ? std::string_view() : std::string_view(own->calendar_version));
  if (other != nullptr) {
    facts.member("creditor_jurisdiction", c.request.creditor_jurisdiction)
        .member("creditor_pack_version", other->pack.version)
        .member("creditor_calendar_version", other->calendar_version);
  }
  facts.member("zone_table", Zone::table_version()).key("profile");
  if (c.request.profile == nullptr) {
    facts.value("strict");
  } else {
    add_texts(facts, c.request.profile->literal_rules);
  }
}

void add_message(JsonWriter& facts, const OutboxMessage& m) {
  facts.member("balance_minor", m.balance.minor)
      .member("currency", m.balance.currency.code())
      .key("invoices")
      .open('[');
  for (const auto id : m.covered) facts.value(std::to_string(id.value));
  facts.close(']');
  // Of an erased person no text is left.
  if (!m.text.empty()) facts.member("text_sha256", hex(sha256(m.text)));
  facts.member("template", m.template_name)
      .member("language", m.language)
      .member("template_version", m.template_version)
      .member("strategy_version", m.strategy_version)
      .member("step", m.step)
      .member("ttl_seconds", m.ttl_seconds);
}

JsonWriter opened(const DecisionCase& c, Instant now) {
  const Lands lands = lands_of(c.request);
  JsonWriter facts(2048);
  facts.open('{')
      .member("purpose", text_of(c.request.purpose))
      .member("channel", text_of(c.request.channel))
      .member("recipient_role", text_of(c.request.role));
  add_identity(facts, c.address);
  add_law(facts, c, lands);
  facts.key("reasons");
  add_words(facts, c.reasons);
  add_rules(facts, c, now);
  facts.key("zones").open('[');
  for (const auto zone : c.request.zones) facts.value(zone.name());
  if (c.request.zones.empty()) facts.value(c.zone.name());
  facts.close(']');
  add_local(facts, "local", now, c.zone);
  add_consent(facts, c);
  if (c.facts.consumer_hours) add_hours(facts, c.facts);
  add_counters(facts, c, lands, now);
  if (c.message != nullptr) add_message(facts, *c.message);
  return facts;
}

}  // namespace

std::string facts_of_sending(const DecisionCase& c, const Leaving& leaving, Instant now) {
  JsonWriter facts = opened(c, now);
  facts.member("attempt_id", leaving.attempt_id).member("to", leaving.to);
  if (!leaving.document_sha256.empty()) facts.member("document_sha256", leaving.document_sha256);
  return facts.close('}').take();
}

std::string facts_of_no(const DecisionCase& c, std::optional<Instant> next_allowed, Instant now) {
  JsonWriter facts = opened(c, now);
  add_local(facts, "next_allowed", next_allowed, c.zone);
  return facts.close('}').take();
}

std::string facts_of_wait(Instant until) {
  return fmt::format(R"({{"until":"{}"}})", format_utc(until));
}

std::string commitment_to(std::string_view salt, std::string_view address) {
  return hex(hmac_sha256(salt, address));
}

}  // namespace puntual::engine
