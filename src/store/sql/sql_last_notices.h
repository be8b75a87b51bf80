// Last notices that somebody has read, and let leave or held back. Made where it is used, over a
// transaction's connection.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/portfolio/portfolio.h"
#include "store/db.h"

namespace puntual::store {

enum class NoticeState : uint8_t {
  Asked,
  Released,
  Held
};  // Asked: one of two people has said that it may leave.

struct LastNoticeDecision {
  NoticeState state = NoticeState::Held;
  std::string_view by, why;
};

class LastNotices {
 public:
  explicit LastNotices(Connection& db) : db_(db) {}
  // In place of what was decided before. The invoice has a due date.
  void decide(CreditorId creditor, const Invoice& invoice, int32_t step_day,
              const LastNoticeDecision& decision, Instant now);
  // Who asked for it, or empty: nobody, or it is decided.
  [[nodiscard]] std::string asked_by(CreditorId creditor, const Invoice& invoice, int32_t step_day);
  // Writes into the invoices what was decided of each.
  void tell(CreditorId creditor, std::vector<Invoice>& invoices);
  // Whose last notice waits to be read, beyond `after`, by number; and how many they are in all.
  [[nodiscard]] std::vector<DebtorId> waiting(CreditorId creditor, DebtorId after, int limit);
  [[nodiscard]] int64_t count_waiting(CreditorId creditor);

 private:
  Connection& db_;
};

}  // namespace puntual::store
