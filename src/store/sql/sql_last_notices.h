// Last notices that somebody has read, and let leave or held back. Made where it is used, over a transaction's connection.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/portfolio/portfolio.h"
#include "store/db.h"

namespace puntual::store {

struct LastNoticeDecision {
  bool is_released = false;  // Else it is held back.
  std::string_view by, why;
};

class LastNotices {
 public:
  explicit LastNotices(Connection& db) : db_(db) {}
  // In place of what was decided before. The invoice has a due date.
  void decide(CreditorId creditor, const Invoice& invoice, int32_t step_day, const LastNoticeDecision& decision, Instant now);
  // Writes into the invoices what was decided of each.
  void tell(CreditorId creditor, std::vector<Invoice>& invoices);
  // Whose last notice waits to be read, beyond `after`, by number; and how many they are in all.
  [[nodiscard]] std::vector<DebtorId> waiting(CreditorId creditor, DebtorId after, int limit);
  [[nodiscard]] int64_t count_waiting(CreditorId creditor);

 private:
  Connection& db_;
};

}  // namespace puntual::store
