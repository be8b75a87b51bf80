// People whom a person must look at: what the machine has heard and does not dare to decide.
#pragma once

#include <string>
#include <vector>

#include "store/db.h"

namespace puntual::store {

struct Waiting {
  DebtorId debtor_id;
  std::string
      why;  // number_doubt, number_silent, stop_doubt, death_told, insolvency_told, stranger
  std::optional<Instant> since;
};

class Attention {
 public:
  explicit Attention(Connection& db) : db_(db) {}
  // The longest wait first.
  [[nodiscard]] std::vector<Waiting> all(CreditorId creditor);

 private:
  Connection& db_;
};

}  // namespace puntual::store
