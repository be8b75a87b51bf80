// The clock of a running deployment: the system's, or one for tests that starts where it is told and can be
// moved forward by hand. The engine never sees it; it is given the time.
#pragma once

#include <time.h>

#include <atomic>
#include <chrono>

#include "base/time.h"
#include "engine/clock_guard.h"

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

// The machine's own clocks. Never a test's: that one is moved on purpose.
inline MachineTime machine_time() {
  const auto read = [](clockid_t which) {
    timespec now{};
    clock_gettime(which, &now);
    return int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
  };
  return {.wall = {read(CLOCK_REALTIME)}, .boot_ms = read(CLOCK_BOOTTIME)};
}

}  // namespace puntual
