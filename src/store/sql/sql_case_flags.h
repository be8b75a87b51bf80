// What is known about a person's case that forbids or pauses collection, since when and from whom.
#pragma once

#include <string>
#include <vector>

#include "core/compliance/gate.h"
#include "store/db.h"
#include "store/held.h"
#include "store/people.h"

namespace puntual::store {

struct CaseNote {
  CaseFlag flag = CaseFlag::Disputed;
  Instant since;
  std::string through;  // file, operator, api, chat
  std::string note;     // Where it is known from.
  std::optional<Instant> cleared_at = {};
  std::string cleared_through = {};
};

class CaseFlags {
 public:
  CaseFlags(Connection& db, const Held& held) : db_(db), held_(held) {}
  // False when it is set already: the first note stays.
  bool set(CreditorId creditor, DebtorId debtor, const CaseNote& note, Instant now, IdSource& ids);
  // Only what `set_through` has set, when it is given: a file takes back its own word, not an
  // operator's.
  bool clear(CreditorId creditor, DebtorId debtor, CaseFlag flag, std::string_view through,
             std::string_view set_through, Instant now);
  // Those in force of each person, a bit per CaseFlag.
  [[nodiscard]] std::vector<uint8_t> active(CreditorId creditor, const People& people);
  [[nodiscard]] uint8_t active(CreditorId creditor, DebtorId debtor) {
    return active(creditor, People({debtor})).front();
  }
  [[nodiscard]] std::vector<CaseNote> all_of(CreditorId creditor, DebtorId debtor);

 private:
  Connection& db_;
  const Held& held_;
};

}  // namespace puntual::store
