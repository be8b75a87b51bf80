// The hours in which people asked to be written to, with the proof that a country's law asks for.
#pragma once

#include <string>
#include <vector>

#include "core/compliance/gate.h"
#include "store/db.h"
#include "store/held.h"
#include "store/people.h"

namespace puntual::store {

struct HoursWish {
  ConsumerHours hours;
  std::string instrument;  // Where the proof is found.
  std::string by;          // operator, api
  Instant recorded_at = {};
  std::optional<Instant> withdrawn_at = {};
};

class ContactHours {
 public:
  ContactHours(Connection& db, const Held& held) : db_(db), held_(held) {}
  // Takes the place of an earlier wish, which is kept as withdrawn.
  void ask(CreditorId creditor, DebtorId debtor, const HoursWish& wish, Instant now, IdSource& ids);
  bool withdraw(CreditorId creditor, DebtorId debtor, Instant now);
  // The wish in force of each person.
  [[nodiscard]] std::vector<std::optional<HoursWish>> of(CreditorId creditor, const People& people);
  [[nodiscard]] std::optional<HoursWish> of(CreditorId creditor, DebtorId debtor) {
    return of(creditor, People({debtor})).front();
  }
  [[nodiscard]] std::vector<HoursWish> all_of(CreditorId creditor, DebtorId debtor);

 private:
  Connection& db_;
  const Held& held_;
};

}  // namespace puntual::store
