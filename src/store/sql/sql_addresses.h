// What is known of the numbers of each debtor: is it theirs, and how do we know? A number without a row has never been
// asked or proven.
#pragma once

#include <optional>
#include <string_view>

#include "core/conversation/identity.h"
#include "store/db.h"

namespace puntual::store {

class Addresses {
 public:
  explicit Addresses(Connection& db) : db_(db) {}
  // value: the canonical phone, or the user id.
  [[nodiscard]] std::optional<Address> find(CreditorId creditor, DebtorId debtor, std::string_view value);
  void save(CreditorId creditor, DebtorId debtor, std::string_view value, const Address& address);

 private:
  Connection& db_;
};

}  // namespace puntual::store
