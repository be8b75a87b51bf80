// The people of a batch, with everything that is decided on: read noun by noun for all of them at
// once, in the transaction that decides.
//
// The one place where a batch's people are held and read. Whoever writes something about one of
// them tells changed(): they and their kin are then read again before the next decision.
#pragma once

#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/contact_facts.h"

namespace puntual {

struct PersonAtHand {
  Debtor debtor;
  PaymentBehaviour behaviour;  // Counters only; what is open is added from the invoices.
  std::string silence;         // Why nothing was being said.
  Address address;             // In use.
  std::vector<Invoice> owed;   // By due date, whatever their state.
  std::vector<PayLink> links;  // That live.
  ContactFacts facts;
};

namespace engine {

// These people, whosever debtors they are, all at once: so two nodes never wait for each other's.
// Where nobody else writes, everybody is held.
void hold_people(Tx& tx, std::span<const std::pair<CreditorId, DebtorId>> people, store::Hold how);

class PeopleAtHand {
 public:
  PeopleAtHand(Tx& tx, CreditorId creditor, std::vector<DebtorId> ids, Instant now, const Law& law);

  // False: another node is busy with them, or with somebody who is to be thought of together with
  // them.
  [[nodiscard]] bool has(DebtorId id) const { return people_.contains(id.value); }
  // One of the batch whom we have.
  [[nodiscard]] PersonAtHand& of(DebtorId id);
  // of() will read them again.
  [[nodiscard]] bool has_changed(DebtorId id) const { return people_.at(id.value).is_stale; }
  void changed(DebtorId id);

 private:
  struct Entry {
    PersonAtHand person;
    bool is_stale = false;
  };
  [[nodiscard]] std::vector<DebtorId> hold(std::vector<DebtorId> ids);
  void read(const store::People& people);

  Tx& tx_;
  CreditorId creditor_;
  Instant now_;
  const Law& law_;
  std::unordered_map<int64_t, Entry> people_;
  std::unordered_multimap<int64_t, DebtorId>
      counts_for_;  // Whose facts a record outside or inside of the batch belongs to.
};

}  // namespace engine
}  // namespace puntual
