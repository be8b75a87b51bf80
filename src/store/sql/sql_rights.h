// What people asked of their data, and what was answered. Kept after an erasure: it proves that it
// was done.
#pragma once

#include <optional>
#include <vector>

#include "core/rights/request.h"
#include "store/db.h"

namespace puntual::store {

class Rights {
 public:
  explicit Rights(Connection& db) : db_(db) {}
  void insert(const RightsRequest& request);
  [[nodiscard]] std::optional<RightsRequest> find(CreditorId creditor, int64_t id);
  // The open one of this kind, if there is one: asking twice does not start the clock anew.
  [[nodiscard]] std::optional<RightsRequest> open_of(CreditorId creditor, DebtorId debtor,
                                                     RightKind kind);
  [[nodiscard]] std::vector<RightsRequest> of_debtor(CreditorId creditor, DebtorId debtor);
  // Those that wait for an answer, the most urgent first.
  [[nodiscard]] std::vector<RightsRequest> open(CreditorId creditor);
  // False when it was closed already.
  [[nodiscard]] bool close(CreditorId creditor, int64_t id, RequestState state, Instant now,
                           std::string_view answer);

 private:
  Connection& db_;
};

}  // namespace puntual::store
