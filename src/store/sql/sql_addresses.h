// What is known of the numbers of each debtor: is it theirs, and how do we know? A number without a
// row has never been asked or proven. Numbers are kept as keyed digests alone.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/conversation/identity.h"
#include "store/held.h"
#include "store/people.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

// How a canonical phone or user id is found in table address; by any thread with a vault of its
// own.
[[nodiscard]] inline LookupKey address_key(Vault& vault, CreditorId creditor,
                                           std::string_view value) {
  return vault.lookup_key(creditor, "address", value);
}

class Addresses {
 public:
  Addresses(Connection& db, PersonKeys& keys, const Held& held)
      : db_(db), keys_(keys), held_(held) {}
  // value: the canonical phone, or the user id.
  [[nodiscard]] std::optional<Address> find(CreditorId creditor, DebtorId debtor,
                                            std::string_view value);
  [[nodiscard]] bool is_confirmed(CreditorId creditor, DebtorId debtor, const LookupKey& key);
  // Of each person, at their place; none where the value is empty.
  [[nodiscard]] std::vector<std::optional<Address>> find(CreditorId creditor, const People& people,
                                                         std::span<const std::string> values);
  void save(CreditorId creditor, DebtorId debtor, std::string_view value, const Address& address);
  // Of a person who is new: there is none of theirs yet.
  void save_first(CreditorId creditor, DebtorId debtor, const LookupKey& key,
                  const Address& address);

 private:
  Connection& db_;
  PersonKeys& keys_;
  const Held& held_;
};

}  // namespace puntual::store
