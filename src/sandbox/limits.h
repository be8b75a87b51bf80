// The platform's throttles (contract section 7), each exact and O(1) for a message.
#pragma once

#include <deque>

#include "base/time.h"

namespace puntual::sandbox {

// Messages per second of a number, in and out together: one second's worth may come at once.
class ThroughputLimit {
 public:
  explicit ThroughputLimit(int per_second) { set_rate(per_second); }
  void set_rate(int per_second) { per_second_ = per_second; }
  [[nodiscard]] int rate() const { return per_second_; }
  bool take(Instant now);
  // Inbound messages use the same throughput but are never refused.
  void take_always(Instant now);

 private:
  void refill(Instant now);
  int per_second_ = 80;
  int64_t tokens_x1000_ = 0;
  Instant filled_at_{INT64_MIN / 2};
};

// One message per 6 s to the same person. A burst of up to 45 within 6 s borrows from the future;
// the debt must be repaid by silence before the next message (error 131056).
struct PairLimit {
  bool take(Instant now);

 private:
  Instant repaid_at_{INT64_MIN / 2};
  Instant burst_began_{INT64_MIN / 2};
  int burst_ = 0;
};

// At most `limit` calls in any period.
class RollingLimit {
 public:
  RollingLimit(size_t limit, int64_t period_ms) : limit_(limit), period_ms_(period_ms) {}
  bool take(Instant now);

 private:
  size_t limit_;
  int64_t period_ms_;
  std::deque<Instant> taken_;
};

}  // namespace puntual::sandbox
