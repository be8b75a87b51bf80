// How long somebody is signed in, and how often somebody may try. Pure and thread-safe.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/time.h"

namespace puntual::access {

inline constexpr int64_t kIdleMs = 30 * kMinuteMs;   // Nothing asked for so long ends a session.
inline constexpr int64_t kLongestMs = 12 * kHourMs;  // And this ends it whatever is asked.
inline constexpr int64_t kFreshMs =
    5 * kMinuteMs;  // Who has just proved who they are may do what is grave.
inline constexpr int64_t kSeenEveryMs =
    kMinuteMs;  // How exactly it is written down that something was asked.
inline constexpr int64_t kLinkMs = kHourMs;  // A link that sets a password, or sets the house up.

struct SessionTimes {
  Instant created_at;
  Instant seen_at;       // To a minute.
  Instant confirmed_at;  // When the password or another proof was last given.
};

[[nodiscard]] inline Instant ends_at(const SessionTimes& times) {
  return std::min(times.seen_at + kIdleMs, times.created_at + kLongestMs);
}
[[nodiscard]] inline bool is_alive(const SessionTimes& times, Instant now) {
  return now < ends_at(times);
}
[[nodiscard]] inline bool is_fresh(const SessionTimes& times, Instant now) {
  return now - times.confirmed_at <= kFreshMs;
}

// Attempts that failed within the last quarter of an hour.
inline constexpr int64_t kAttemptsMs = 15 * kMinuteMs;
struct FailedAttempts {
  int64_t of_both = 0;     // At this account from this address.
  int64_t of_account = 0;  // From anywhere.
  int64_t of_address = 0;  // At any account.
  int64_t of_all = 0;
  bool is_known_place = false;  // From here this account has been signed in to before.
};

// Where one has signed in before, only what failed there at one's own account counts: no stranger
// elsewhere can keep anybody out of their own desk. Guessing from many addresses, at one account or
// at all, meets the limits of strangers.
[[nodiscard]] inline bool must_wait(const FailedAttempts& failed) {
  constexpr int64_t kOfBoth = 10, kOfAccount = 30, kOfAddress = 40, kOfAll = 1000;
  if (failed.of_both >= kOfBoth) return true;
  if (failed.is_known_place) return false;
  return failed.of_account >= kOfAccount || failed.of_address >= kOfAddress ||
         failed.of_all >= kOfAll;
}

}  // namespace puntual::access
