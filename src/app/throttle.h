// Lets somebody through so often and no more: a bucket of tokens for each name, refilled with time.
// Thread-safe; what it remembers is bounded, and forgotten when it is full again.
#pragma once

#include <algorithm>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/time.h"

namespace puntual {

class Throttle {
 public:
  Throttle(int64_t burst, int64_t refill_ms) : burst_(burst), refill_ms_(refill_ms) {}

  bool admits(const std::string& name, Instant now) {
    const std::lock_guard lock(mutex_);
    if (free_at_.size() >= kNamesMax)
      std::erase_if(free_at_, [&](const auto& one) { return one.second <= now; });
    if (free_at_.size() >= kNamesMax) return false;
    // When the bucket would be full: each who comes puts it off, up to a whole bucket.
    Instant& free_at = free_at_.try_emplace(name, now).first->second;
    if (free_at - now > burst_ * refill_ms_) free_at = now;  // The clock was set back.
    const Instant next = std::max(free_at, now) + refill_ms_;
    if (next - now > burst_ * refill_ms_) return false;
    free_at = next;
    return true;
  }

 private:
  static constexpr size_t kNamesMax = 100'000;
  const int64_t burst_, refill_ms_;
  std::mutex mutex_;
  std::unordered_map<std::string, Instant> free_at_;
};

}  // namespace puntual
