// What the gate needs to know about a person, read in the transaction that decides
// (people_at_hand.h reads it for many).
#pragma once

#include <vector>

#include "core/compliance/gate.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct ContactFacts {
  std::vector<Zone> zones;       // Candidates of the debtor; empty: all of the country.
  std::vector<Contact> history;  // Of the person, every channel and debt.
  store::Permission permission;
  std::optional<Instant> last_inbound_at;  // On WhatsApp.
  std::optional<ConsumerHours> consumer_hours;
  std::string hours_instrument;                // Where the proof of that wish is found.
  uint8_t case_flags = 0;                      // Of all records of the person.
  bool is_first_contact = false;               // Nothing was ever sent to this person.
  std::vector<store::Suspension> suspensions;  // In force, of all records of the person.

  // The question to the gate. The facts and the law must outlive it.
  [[nodiscard]] ContactRequest request(const Debtor& debtor, const Creditor& creditor,
                                       Purpose purpose, const Law& law) const;
};

// What the settings tell of the creditor, as far as a country's law asks for it.
[[nodiscard]] CreditorWords words_of(const Creditor& creditor);

namespace engine {

[[nodiscard]] ContactFacts contact_facts(Tx& tx, const Debtor& debtor, Instant now, const Law& law);

// A zone outside the country may be a slip of the file: then every zone of the country must allow
// it as well. Empty: all of the country.
[[nodiscard]] std::vector<Zone> candidate_zones(const Debtor& debtor,
                                                const compliance::RuleBook& book);
// The zone that a person's days are counted in: their own, or the first of their country.
[[nodiscard]] Zone home_zone(const Debtor& debtor, const Creditor& creditor);
// The locale that a person's texts are written in ("es_PE" for somebody in Peru).
[[nodiscard]] std::string locale_of(const Debtor& debtor, const Creditor& creditor);

// The time to live as the gate is asked about it: what is handed over at the very end of its
// deadline is still read within the legal hours.
[[nodiscard]] int64_t ttl_with_margin(int64_t ttl_seconds, const EngineSettings& settings);

// Is it an hour at which what they have not asked for may be said, whatever else the gate would
// say?
[[nodiscard]] bool is_contact_hour(const ContactFacts& facts, const Debtor& debtor,
                                   const Creditor& creditor, const Law& law, Instant now);

// The reasons as their codes with blanks between, for rows and events.
[[nodiscard]] std::string codes_of(const Decision& decision);

}  // namespace engine
}  // namespace puntual
