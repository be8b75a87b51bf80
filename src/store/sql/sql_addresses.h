// What is known of the numbers of each debtor: is it theirs, and how do we know? A number without a row has never been
// asked or proven. Numbers are kept as keyed digests alone.
#pragma once

#include <optional>
#include <string_view>

#include "core/conversation/identity.h"
#include "store/held.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

class Addresses {
 public:
  Addresses(Connection& db, PersonKeys& keys, const Held& held) : db_(db), keys_(keys), held_(held) {}
  // value: the canonical phone, or the user id.
  [[nodiscard]] std::optional<Address> find(CreditorId creditor, DebtorId debtor, std::string_view value);
  void save(CreditorId creditor, DebtorId debtor, std::string_view value, const Address& address);

 private:
  Connection& db_;
  PersonKeys& keys_;
  const Held& held_;
};

}  // namespace puntual::store
