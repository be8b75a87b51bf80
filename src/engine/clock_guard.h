// May we send by this machine's clock? (quality-bar INV-07.) Hours, deadlines and caps all rest on
// it, so nothing is sent while it is in doubt; what comes in is kept.
//
// In doubt is a wall clock that jumps by more than two seconds against the boot clock, which nobody
// sets (slewing and leap smearing are far slower, and a suspended machine moves both), until it has
// jumped back or another clock agrees with it; and one that another clock contradicts by more than
// a minute, until that one agrees. What is written down meanwhile has the time that the boot clock
// counts on from when it was last right. Thread-safe.
#pragma once

#include <mutex>
#include <string>

#include "base/time.h"

namespace puntual {

// A machine's two clocks, read together.
struct MachineTime {
  Instant wall;
  int64_t boot_ms = 0;  // Since the machine started, its sleep included.
};

class ClockGuard {
 public:
  static constexpr int64_t kJumpMaxMs = 2000;
  static constexpr int64_t kSkewMaxMs = 60'000;

  // To be called at least every second, by now() for one.
  void look(MachineTime machine);
  // The time as far as is known.
  [[nodiscard]] Instant now(MachineTime machine);
  // What another clock says just now; `whose`: "WhatsApp".
  void hear(Instant theirs, std::string_view whose, MachineTime machine);
  // What a clock says that may well be this machine's own, as a database's: it can contradict ours,
  // and never vouches for it after a jump.
  void compare(Instant theirs, std::string_view whose, MachineTime machine);
  // Why the clock is in doubt; empty: it is not.
  [[nodiscard]] std::string doubt() const;

 private:
  void look_locked(MachineTime machine);

  mutable std::mutex mutex_;
  bool has_looked_ = false;
  int64_t trusted_offset_ms_ =
      0;  // Wall minus boot, as it was when trusted, or as another clock has it.
  std::string jump_, skew_, contradiction_;
};

}  // namespace puntual
