#include "app/at_desk.h"

namespace puntual {

bool AtDesk::note(const std::string& login, DebtorId debtor, bool is_open, Instant now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(seen_, [&](const auto& one) { return now - one.second >= kStaysMs; });
  if (!is_open) return seen_.erase({debtor, login}) > 0;
  return seen_.insert_or_assign({debtor, login}, now).second;
}

std::vector<std::string> AtDesk::others(const std::string& login, DebtorId debtor, Instant now) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> found;
  for (const auto& [who, at] : seen_) {
    if (who.first == debtor && who.second != login && now - at < kStaysMs)
      found.push_back(who.second);
  }
  return found;
}

}  // namespace puntual
