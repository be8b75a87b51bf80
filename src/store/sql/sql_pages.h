// Long lists a page at a time, the newest first: of the ids before `before`, at most `limit`.
#pragma once

#include <optional>
#include <vector>

#include "core/agreements/agreement.h"
#include "store/db.h"

namespace puntual::store {

class Pages {
 public:
  explicit Pages(Connection& db) : db_(db) {}
  [[nodiscard]] std::vector<PaymentId> payments(CreditorId creditor, PaymentId before, int limit);
  // Of one state; of all without one.
  [[nodiscard]] std::vector<AgreementId> agreements(CreditorId creditor, std::optional<AgreementState> state, AgreementId before, int limit);

 private:
  Connection& db_;
};

}  // namespace puntual::store
