// Who of the house has which conversation open at this moment, as their pages say every so often. A
// courtesy among those whom this node serves, so that two do not answer one person: nothing is
// decided by it, and it is kept nowhere.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace puntual {

class AtDesk {
 public:
  // They have it open, or no longer. True when that is news to the others. Any thread, as what
  // follows.
  bool note(const std::string& login, DebtorId debtor, bool is_open, Instant now);
  [[nodiscard]] std::vector<std::string> others(const std::string& login, DebtorId debtor,
                                                Instant now);

 private:
  static constexpr int64_t kStaysMs = 45 * kSecondMs;  // A page says so every twenty seconds.
  std::mutex mutex_;
  std::map<std::pair<DebtorId, std::string>, Instant> seen_;
};

}  // namespace puntual
