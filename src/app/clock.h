// The clock of a running deployment: the system's, or one for tests that starts where it is told and can be
// moved forward by hand. The engine never sees it; it is given the time.
#pragma once

#include <atomic>
#include <chrono>

#include "base/time.h"

namespace puntual {

class Clock {
 public:
  Clock() = default;
  explicit Clock(Instant start) : offset_ms_(start - system_now()) {}
  [[nodiscard]] Instant now() const { return system_now() + offset_ms_.load(); }
  void advance(int64_t ms) { offset_ms_ += ms; }

 private:
  static Instant system_now() {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
  }
  std::atomic<int64_t> offset_ms_{0};
};

}  // namespace puntual
