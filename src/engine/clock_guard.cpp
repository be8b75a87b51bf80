#include "engine/clock_guard.h"

#include <fmt/format.h>

#include <cstdlib>

namespace puntual {
namespace {

int64_t offset_ms(Instant wall, MachineTime machine) { return wall.ms - machine.boot_ms; }

// Empty: within what is allowed.
std::string skew_against(Instant theirs, std::string_view whose, MachineTime machine) {
  const int64_t skew_ms = machine.wall - theirs;
  if (std::abs(skew_ms) <= ClockGuard::kSkewMaxMs) return "";
  return fmt::format("the clock of this machine is {} s {} that of {}", std::abs(skew_ms) / 1000,
                     skew_ms > 0 ? "ahead of" : "behind", whose);
}

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
  skew_ = skew_against(theirs, whose, machine);
  trusted_offset_ms_ = offset_ms(skew_.empty() ? machine.wall : theirs, machine);
  jump_.clear();  // Whatever happened: either it is right now, or how wrong it is is known.
  if (!skew_.empty()) look_locked(machine);
}

void ClockGuard::compare(Instant theirs, std::string_view whose, MachineTime machine) {
  const std::lock_guard lock(mutex_);
  contradiction_ = skew_against(theirs, whose, machine);
}

std::string ClockGuard::doubt() const {
  const std::lock_guard lock(mutex_);
  for (const std::string* reason : {&skew_, &contradiction_}) {
    if (!reason->empty()) return *reason;
  }
  return jump_;
}

}  // namespace puntual
