// Words that people of the creditor put on a conversation to find it again. Made where it is used,
// over a transaction's connection.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/db.h"
#include "store/sql/sql_overview.h"

namespace puntual::store {

class Labels {
 public:
  explicit Labels(Connection& db) : db_(db) {}
  [[nodiscard]] std::vector<std::string> of(CreditorId creditor, DebtorId debtor);  // By name.
  void set(CreditorId creditor, DebtorId debtor,
           const std::vector<std::string>& labels);  // In place of those before.
  // Those in use, and on how many conversations each.
  [[nodiscard]] std::vector<NamedCount> all(CreditorId creditor);
  // Who has it, beyond `after`, by number.
  [[nodiscard]] std::vector<DebtorId> who_has(CreditorId creditor, std::string_view label,
                                              DebtorId after, int limit);

 private:
  Connection& db_;
};

}  // namespace puntual::store
