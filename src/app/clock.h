// The clock of a running deployment: the system's, or one for tests that starts where it is told
// and can be moved forward by hand. The engine never sees it; it is given the time.
#pragma once

#include <time.h>

#include <atomic>

#include "engine/clock_guard.h"

namespace puntual {

// The machine's own clocks. Never a test's: that one is moved on purpose.
inline MachineTime machine_time() {
  const auto read = [](clockid_t which) {
    timespec now{};
    clock_gettime(which, &now);
    return int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
  };
  return {.wall = {read(CLOCK_REALTIME)}, .boot_ms = read(CLOCK_BOOTTIME)};
}

class Clock {
 public:
  Clock() = default;
  explicit Clock(Instant start) { offset_ms_ = start - now(); }
  // While the machine's clock is in doubt, the time that it should show.
  [[nodiscard]] Instant now() const { return machine_now() + offset_ms_.load(); }
  // Without what a test has moved: for what a phone in somebody's hand says as well, the codes of
  // their authenticator.
  [[nodiscard]] Instant machine_now() const { return guard_.now(machine_time()); }
  void advance(int64_t ms) { offset_ms_ += ms; }
  // Of the machine's own clock, whatever a test has moved.
  [[nodiscard]] std::string doubt() const { return guard_.doubt(); }
  void hear(Instant theirs, std::string_view whose) { guard_.hear(theirs, whose, machine_time()); }
  void compare(Instant theirs, std::string_view whose) {
    guard_.compare(theirs, whose, machine_time());
  }

 private:
  mutable ClockGuard guard_;
  std::atomic<int64_t> offset_ms_{0};
};

}  // namespace puntual
