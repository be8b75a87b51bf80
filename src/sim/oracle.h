// Watches every message at the moment it leaves, and says what must never be. Written apart from the engine:
// it reads the tables and knows the law's hours by a table of its own.
//
// Invariants of quality-bar 4.2 that can be seen here: INV-01, 02, 04, 05 (window), 06 (a day and a week), 14, 18, 22, 23.
#pragma once

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/messaging/outbox_message.h"
#include "store/store.h"

namespace puntual::sim {

// What a violation is about, for those who count them.
enum class Never : uint8_t { SentTwice, AfterPayment, OutsideHours, AfterStop, Other };

class Oracle {
 public:
  // Called within a read of the store, for a message that is being handed to the platform at `now`.
  void see_send(Tx& tx, const OutboxMessage& message, const Debtor& debtor, Zone zone, Instant now);
  // The platform has refused it: nothing reached the person, and the same may be tried again.
  void see_refusal(const OutboxMessage& message, Zone zone, Instant now);
  // At the end, or whenever wanted: the books add up, and the audit trail holds.
  void see_books(Tx& tx, CreditorId creditor);

  [[nodiscard]] const std::vector<std::string>& violations() const { return violations_; }
  [[nodiscard]] int64_t count(Never kind) const { return counts_[static_cast<size_t>(kind)]; }
  [[nodiscard]] int64_t sends() const { return sends_; }

 private:
  void violation(const OutboxMessage& message, Instant now, Never kind, std::string_view what);
  void check_window(Tx& tx, const OutboxMessage& message, const Debtor& debtor, Zone zone, Instant now);

  void check_frequency(const OutboxMessage& message, const Debtor& debtor, CivilDate today, Instant now);

  int64_t sends_ = 0;
  std::array<int64_t, static_cast<size_t>(Never::Other) + 1> counts_{};
  std::set<std::string> keys_sent_;
  std::map<std::pair<DebtorId, CivilDate>, int> collection_by_day_;
  std::vector<std::string> violations_;
};

}  // namespace puntual::sim
