// What is known of the numbers of each debtor: is it theirs, and how do we know? A number without a row has never been
// asked or proven. Numbers are kept as keyed digests alone.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/conversation/identity.h"
#include "store/people.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

class Addresses {
 public:
  Addresses(Connection& db, PersonKeys& keys) : db_(db), keys_(keys) {}
  // value: the canonical phone, or the user id.
  [[nodiscard]] std::optional<Address> find(CreditorId creditor, DebtorId debtor, std::string_view value);
  // The same of each person, at their place; none where the value is empty.
  [[nodiscard]] std::vector<std::optional<Address>> find(CreditorId creditor, const People& people, std::span<const std::string> values);
  void save(CreditorId creditor, DebtorId debtor, std::string_view value, const Address& address);

 private:
  Connection& db_;
  PersonKeys& keys_;
};

}  // namespace puntual::store
