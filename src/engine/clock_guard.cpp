#include "engine/clock_guard.h"

#include <fmt/format.h>

#include <cstdlib>

namespace puntual {
namespace {

int64_t offset_ms(Instant wall, MachineTime machine) { return wall.ms - machine.boot_ms; }

}  // namespace

void ClockGuard::look_locked(MachineTime machine) {
  const int64_t offset = offset_ms(machine.wall, machine);
  const int64_t jump_ms = has_looked_ ? offset - trusted_offset_ms_ : 0;
  has_looked_ = true;
  if (std::abs(jump_ms) <= kJumpMaxMs) {
    if (jump_.empty()) trusted_offset_ms_ = offset;  // Slowly it may move.
    jump_.clear();
  } else {
    jump_ = fmt::format("the clock of this machine has jumped by {:.1f} s",
                        static_cast<double>(jump_ms) / 1000);
  }
}

void ClockGuard::look(MachineTime machine) {
  const std::lock_guard lock(mutex_);
  look_locked(machine);
}

Instant ClockGuard::now(MachineTime machine) {
  const std::lock_guard lock(mutex_);
  look_locked(machine);
  return jump_.empty() ? machine.wall : Instant{machine.boot_ms + trusted_offset_ms_};
}

void ClockGuard::hear(Instant theirs, std::string_view whose, MachineTime machine) {
  const std::lock_guard lock(mutex_);
  look_locked(machine);
  const int64_t skew_ms = machine.wall - theirs;
  const bool is_wrong = std::abs(skew_ms) > kSkewMaxMs;
  trusted_offset_ms_ = offset_ms(is_wrong ? theirs : machine.wall, machine);
  skew_ = is_wrong
              ? fmt::format("the clock of this machine is {} s {} that of {}",
                            std::abs(skew_ms) / 1000, skew_ms > 0 ? "ahead of" : "behind", whose)
              : "";
  jump_.clear();  // Whatever happened: either it is right now, or how wrong it is is known.
  if (is_wrong) look_locked(machine);
}

std::string ClockGuard::doubt() const {
  const std::lock_guard lock(mutex_);
  return skew_.empty() ? jump_ : skew_;
}

}  // namespace puntual
