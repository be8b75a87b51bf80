#include "engine/clock_guard.h"

#include <fmt/format.h>

#include <cstdlib>

namespace puntual {
void ClockGuard::look(MachineTime now) {
  const int64_t offset_ms = now.wall.ms - now.boot_ms;
  const std::lock_guard lock(mutex_);
  const int64_t jump_ms = has_looked_ ? offset_ms - trusted_offset_ms_ : 0;
  has_looked_ = true;
  if (std::abs(jump_ms) <= kJumpMaxMs) {
    if (jump_.empty()) trusted_offset_ms_ = offset_ms;  // Slowly it may move.
    jump_.clear();
  } else {
    jump_ = fmt::format("the clock of this machine has jumped by {:.1f} s", static_cast<double>(jump_ms) / 1000);
  }
}

void ClockGuard::hear(Instant theirs, std::string_view whose, MachineTime now) {
  look(now);
  const int64_t skew_ms = now.wall - theirs;
  const std::lock_guard lock(mutex_);
  if (std::abs(skew_ms) > kSkewMaxMs) {
    skew_ = fmt::format("the clock of this machine is {} s {} that of {}", std::abs(skew_ms) / 1000, skew_ms > 0 ? "ahead of" : "behind", whose);
    return;
  }
  skew_.clear();
  jump_.clear();  // Whatever happened, it is right now.
  trusted_offset_ms_ = now.wall.ms - now.boot_ms;
}

std::string ClockGuard::doubt() const {
  const std::lock_guard lock(mutex_);
  return skew_.empty() ? jump_ : skew_;
}

}  // namespace puntual
