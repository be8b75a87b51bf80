// What people of the creditor wrote down about somebody, for each other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/held.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

struct Note {
  int64_t id = 0;
  std::string author;  // Who of the creditor; their login.
  Instant at;
  std::string text;
};

class Notes {
 public:
  Notes(Connection& db, PersonKeys& keys, const Held& held) : db_(db), keys_(keys), held_(held) {}
  void add(CreditorId creditor, DebtorId debtor, std::string_view author, std::string_view text,
           Instant now, IdSource& ids);
  [[nodiscard]] std::vector<Note> of_debtor(CreditorId creditor, DebtorId debtor);

 private:
  Connection& db_;
  PersonKeys& keys_;
  const Held& held_;
};

}  // namespace puntual::store
