// Money about which a person has to say something: one list for the command line, the page and
// doctor, so that they count alike.
#pragma once

#include <vector>

#include "store/sql/sql_refunds.h"
#include "store/store.h"

namespace puntual::engine {

struct WaitingMoney {
  std::vector<Payment> nobodys;                // Nobody knows whose it is.
  std::vector<Payment> credits;                // Left over of somebody's, and a task asks about it.
  std::vector<store::KnownPayment> held;       // Cannot be booked as it is.
  std::vector<store::WantedCheck> unanswered;  // Told of, and no provider answers for it.
  std::vector<Refund> refunds;                 // Wait for a second person.
  [[nodiscard]] size_t size() const {
    return nobodys.size() + credits.size() + held.size() + unanswered.size() + refunds.size();
  }
};

// Up to `limit` of each. What stands in two of these lists is told in the more telling one alone.
[[nodiscard]] WaitingMoney waiting_money(Tx& tx, CreditorId creditor, int limit);

}  // namespace puntual::engine
