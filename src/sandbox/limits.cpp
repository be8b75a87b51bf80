#include "sandbox/limits.h"

#include <algorithm>

namespace puntual::sandbox {

void ThroughputLimit::refill(Instant now) {
  const int64_t full = int64_t{per_second_} * 1000;
  const int64_t passed_ms = std::clamp<int64_t>(now - filled_at_, 0, 1000);
  tokens_x1000_ = std::min(full, tokens_x1000_ + passed_ms * per_second_);
  filled_at_ = std::max(filled_at_, now);
}

bool ThroughputLimit::take(Instant now) {
  refill(now);
  if (tokens_x1000_ < 1000) return false;
  tokens_x1000_ -= 1000;
  return true;
}

void ThroughputLimit::take_always(Instant now) {
  refill(now);
  tokens_x1000_ = std::max<int64_t>(0, tokens_x1000_ - 1000);
}

bool PairLimit::take(Instant now) {
  constexpr int64_t kEveryMs = 6 * kSecondMs;
  constexpr int kBurstMax = 45;
  if (now - burst_began_ < kEveryMs) {
    if (burst_ >= kBurstMax) return false;
    ++burst_;
  } else {
    if (repaid_at_ > now) return false;
    burst_began_ = now;
    burst_ = 1;
  }
  repaid_at_ = std::max(repaid_at_, now) + kEveryMs;
  return true;
}

bool RollingLimit::take(Instant now) {
  while (!taken_.empty() && now - taken_.front() >= period_ms_) taken_.pop_front();
  if (taken_.size() >= limit_) return false;
  taken_.push_back(now);
  return true;
}

}  // namespace puntual::sandbox
