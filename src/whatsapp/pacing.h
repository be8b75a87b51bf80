// How fast we may write: per sending number, and per person (contract section 7, checked
// 2026-11-21).
//
// Pure: time is an argument and never goes back further than it came. Not thread-safe; each owner
// has its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"

namespace puntual::whatsapp {

inline constexpr int kDefaultMessagesPerSecond = 80;
inline constexpr int kCoexistenceMessagesPerSecond = 20;  // The number is also in the phone app.
inline constexpr int kThroughputReached = 130429;         // The platform's word for too fast.

// A paced sender wakes up at multiples of this, for fourteen messages at most and for all that has
// been answered: a wake-up costs what some six messages do. A whole number of them are 1008 ms, 2
// more than the window: what left at one of them, or shortly after, may do so again a second later,
// every time.
[[nodiscard]] int64_t pace_tick_ms(int messages_per_second);

// One number's throughput. A log of the last sends, so that no window of one second, wherever it
// begins, holds more than the rate. The window is kept 6 ms longer than a second: the network may
// push two sends closer together than we made them. With the ticks that costs 0.8 % of the rate.
class NumberPace {
 public:
  static constexpr int64_t kWindowMs = 1006;
  explicit NumberPace(int messages_per_second = kDefaultMessagesPerSecond,
                      int64_t window_ms = kWindowMs);

  // How many messages may go at once, now.
  [[nodiscard]] int capacity(Instant now) const;
  // The first instant at which one may go; `now` when it may at once. `promised` messages go before
  // it.
  [[nodiscard]] Instant next_at(Instant now, int promised = 0) const;
  // A message went, or came in: the platform counts both directions.
  void count(Instant now);
  // The platform said 130429: silence for 1, 2, 4 … 64 s, and a lower rate afterwards that climbs
  // back. Further refusals while silent belong to the same burst and count once.
  void refused(Instant now);
  // A message was accepted.
  void accepted(Instant now);
  [[nodiscard]] int messages_per_second() const { return rate_now_; }

 private:
  [[nodiscard]] Instant slot_free_at(int promised) const;
  int64_t window_ms_;
  int rate_;
  int rate_now_;
  std::vector<int64_t> log_ms_;  // Ring of the last rate_ sends.
  size_t next_slot_ = 0;
  Instant silent_until_{INT64_MIN};
  int refusals_ = 0;
  int accepted_since_raise_ = 0;
};

// Spreads sends over the second, a tick's worth and 20 ms' more at once: what the network delays
// unevenly then changes by how much a second is filled only a little. Alone it is no limit: it lets
// 2 % more through than the rate.
class EvenSpread {
 public:
  explicit EvenSpread(int messages_per_second);
  [[nodiscard]] int capacity(Instant now) const;
  [[nodiscard]] Instant next_at(Instant now) const;
  void count(Instant now);

 private:
  [[nodiscard]] int64_t tokens_at(Instant now) const;
  int64_t gain_per_ms_;  // In millionths of a message.
  int64_t tokens_max_;
  int64_t tokens_;
  Instant as_of_{0};
};

// The pair limit: one message per 6 s to one person. Up to 45 may go within 6 s; they are borrowed
// from the future, and nothing more goes until all is paid back.
class PairPace {
 public:
  [[nodiscard]] bool may_send(std::string_view recipient, Instant now) const {
    return next_at(recipient, now) <= now;
  }
  [[nodiscard]] Instant next_at(std::string_view recipient, Instant now) const;
  void count(std::string_view recipient, Instant now);
  // The platform said 131056: only this person waits, 4^X s (X = 0, 1, 2 … 6).
  void refused(std::string_view recipient, Instant now);
  void accepted(std::string_view recipient, Instant now);
  // People who are remembered: those in debt or refused not long ago.
  [[nodiscard]] size_t size() const { return people_.size(); }

 private:
  struct Person {
    Instant burst_since{INT64_MIN};
    int in_burst = 0;
    Instant paid_back_at{INT64_MIN};
    Instant silent_until{INT64_MIN};
    int refusals = 0;
  };
  struct Hash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  Person& person(std::string_view recipient, Instant now);
  void forget_settled(Instant now);
  std::unordered_map<std::string, Person, Hash, std::equal_to<>> people_;
  size_t forget_at_size_ = 1024;
};

// Both limits of one number.
class Pacing {
 public:
  explicit Pacing(int messages_per_second = kDefaultMessagesPerSecond)
      : number_(messages_per_second) {}

  [[nodiscard]] int capacity(Instant now) const { return number_.capacity(now); }
  [[nodiscard]] bool may_send(std::string_view recipient, Instant now) const {
    return next_at(recipient, now) <= now;
  }
  [[nodiscard]] Instant next_at(std::string_view recipient, Instant now) const;
  void sent(std::string_view recipient, Instant now);
  void received(Instant now) { number_.count(now); }
  void accepted(std::string_view recipient, Instant now);
  // An error code of the platform: 130429 and 131056 slow down, others change nothing.
  void refused(int error_code, std::string_view recipient, Instant now);

 private:
  NumberPace number_;
  PairPace pairs_;
};

}  // namespace puntual::whatsapp
