#include "engine/people_at_hand.h"

#include <algorithm>
#include <map>

#include "engine/identify.h"

namespace puntual::engine {
namespace {

// The longest look-back of any pack is seven local dates; one more covers the zone's offset.
constexpr int64_t kLookBackMs = 9 * kDayMs;

// What is written of some records, each at its place.
struct Records {
  store::People people;
  std::vector<store::Outbox::Past> sent;
  std::vector<std::vector<Contact>> heard;
  std::vector<uint8_t> case_flags;
  std::vector<std::optional<store::HoursWish>> wishes;
  std::vector<store::PermissionRecord> permissions;
  std::vector<std::vector<store::Suspension>> suspensions;
};

Records records_of(Tx& tx, CreditorId creditor, store::People people, Instant now) {
  const Instant since = now - kLookBackMs;
  auto sent = tx.outbox.history(creditor, people, since);
  auto heard = tx.conversation.history(creditor, people, since);
  auto flags = tx.case_flags.active(creditor, people);
  auto wishes = tx.contact_hours.of(creditor, people);
  auto permissions = tx.permissions.records(creditor, people);
  auto suspensions = tx.suspensions.active(creditor, people, now);
  return {std::move(people), std::move(sent),        std::move(heard),      std::move(flags),
          std::move(wishes), std::move(permissions), std::move(suspensions)};
}

void add_contacts(const Records& all, size_t place, std::vector<Contact>& history) {
  history.insert(history.end(), all.sent[place].contacts.begin(), all.sent[place].contacts.end());
  history.insert(history.end(), all.heard[place].begin(), all.heard[place].end());
}

// One record of the person: their contacts on every channel, their case, their wish.
void add_record(const Records& all, DebtorId id, ContactFacts& facts) {
  const size_t place = all.people.place_of(id);
  add_contacts(all, place, facts.history);
  facts.is_first_contact = facts.is_first_contact && !all.sent[place].has_written;
  facts.case_flags |= all.case_flags[place];
  facts.suspensions.insert(facts.suspensions.end(), all.suspensions[place].begin(),
                           all.suspensions[place].end());
  if (const auto& wish = all.wishes[place]) {
    // What they asked for last holds, whichever record it was noted on.
    if (!facts.consumer_hours || facts.consumer_hours->asked_at < wish->hours.asked_at) {
      facts.consumer_hours = wish->hours;
      facts.hours_instrument = wish->instrument;
    }
  }
}

ContactFacts facts_of(const Records& all, const Debtor& debtor, std::span<const store::Kin> kin,
                      const Law& law) {
  ContactFacts facts;
  facts.zones = candidate_zones(debtor, law.book());
  facts.is_first_contact = true;
  // The platform's window opens for the number that wrote: not for one that a linked record has
  // elsewhere.
  for (const auto& contact : all.heard[all.people.place_of(debtor.id)]) {
    if (contact.direction == Direction::In && contact.channel == Channel::WhatsApp) {
      facts.last_inbound_at = std::max(facts.last_inbound_at.value_or(contact.at), contact.at);
    }
  }
  add_record(all, debtor.id, facts);
  for (const auto& other : kin) {
    if (other.is_same_person) add_record(all, other.id, facts);
  }
  std::vector<store::KinRecord> records;
  for (const auto& other : kin) {
    const size_t place = all.people.place_of(other.id);
    records.push_back({&all.permissions[place], other.is_same_person});
    // A phone that several people share is rung once: what the others were sent, or were written by
    // hand, counts as well.
    if (!other.is_same_person) add_contacts(all, place, facts.history);
  }
  facts.permission = store::permission_of(all.permissions[all.people.place_of(debtor.id)], records);
  return facts;
}

store::People with_kin(const store::People& people, std::span<const std::vector<store::Kin>> kin) {
  std::vector<DebtorId> ids = people.ids();
  for (const auto& of_one : kin) {
    for (const auto& other : of_one) ids.push_back(other.id);
  }
  return store::People(std::move(ids));
}

}  // namespace

ContactFacts contact_facts(Tx& tx, const Debtor& debtor, Instant now, const Law& law) {
  const store::People people({debtor.id});
  const auto kin = tx.debtors.kin(debtor.creditor_id, people);
  return facts_of(records_of(tx, debtor.creditor_id, with_kin(people, kin), now), debtor,
                  kin.front(), law);
}

void hold_people(Tx& tx, std::span<const std::pair<CreditorId, DebtorId>> people, store::Hold how) {
  std::map<CreditorId, std::vector<DebtorId>> of_each;
  for (const auto& [creditor, person] : people) of_each[creditor].push_back(person);
  for (auto& [creditor, ids] : of_each) tx.debtors.hold(creditor, std::move(ids), how);
}

PeopleAtHand::PeopleAtHand(Tx& tx, CreditorId creditor, std::vector<DebtorId> ids, Instant now,
                           const Law& law)
    : tx_(tx), creditor_(creditor), now_(now), law_(law) {
  ids = hold(std::move(ids));
  if (!ids.empty()) read(store::People(std::move(ids)));
}

// Those whom nobody else holds, with all who are to be thought of together with them; where nobody
// else writes, all.
std::vector<DebtorId> PeopleAtHand::hold(std::vector<DebtorId> ids) {
  const auto is_not_ours = [&](DebtorId id) { return !tx_.debtors.holds(id); };
  tx_.debtors.hold(creditor_, ids, store::Hold::Skip);
  if (!tx_.db.is_shared() || ids.empty()) return ids;
  std::erase_if(ids, is_not_ours);
  const store::People people(std::move(ids));
  const auto kin = tx_.debtors.kin(creditor_, people);
  tx_.debtors.hold(creditor_, with_kin(people, kin).ids(), store::Hold::Skip);
  ids = people.ids();
  std::erase_if(ids, [&](DebtorId id) {
    return std::ranges::any_of(kin[people.place_of(id)],
                               [&](const store::Kin& other) { return is_not_ours(other.id); });
  });
  return ids;
}

void PeopleAtHand::read(const store::People& people) {
  auto rows = tx_.debtors.for_review(creditor_, people);
  PUNTUAL_CHECK(rows.size() == people.size());
  std::vector<std::string> values;
  for (const auto& row : rows) values.push_back(address_value(row.debtor));
  auto addresses = tx_.addresses.find(creditor_, people, values);
  auto owed = tx_.invoices.open_of(creditor_, people);
  auto links = tx_.pay_links.live_of(creditor_, people, now_);
  const auto kin = tx_.debtors.kin(creditor_, people);
  const Records all = records_of(tx_, creditor_, with_kin(people, kin), now_);
  for (size_t i = 0; i < rows.size(); ++i) {
    ContactFacts facts = facts_of(all, rows[i].debtor, kin[i], law_);
    for (const auto& other : kin[i]) counts_for_.emplace(other.id.value, rows[i].debtor.id);
    people_[rows[i].debtor.id.value] = {.person = {.debtor = std::move(rows[i].debtor),
                                                   .behaviour = rows[i].behaviour,
                                                   .silence = std::move(rows[i].silence),
                                                   .address = addresses[i].value_or(Address{}),
                                                   .owed = std::move(owed[i]),
                                                   .links = std::move(links[i]),
                                                   .facts = std::move(facts)}};
  }
}

PersonAtHand& PeopleAtHand::of(DebtorId id) {
  Entry& entry = people_.at(id.value);
  if (entry.is_stale) read(store::People({id}));
  return entry.person;
}

void PeopleAtHand::changed(DebtorId id) {
  if (const auto found = people_.find(id.value); found != people_.end())
    found->second.is_stale = true;
  const auto [first, last] = counts_for_.equal_range(id.value);
  for (auto it = first; it != last; ++it) people_.at(it->second.value).is_stale = true;
}

}  // namespace puntual::engine
