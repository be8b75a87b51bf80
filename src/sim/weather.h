// What goes wrong in a world, and how often: chosen by a seed, drawn from a random source of its
// own, counted by kind.
//
// A calm weather draws nothing, so that scenarios and forecasts do not depend on it. Not
// thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/random.h"

namespace puntual::sim {

// Quality-bar 4.3 in brackets. Where the process dies or the database fails, every place between
// two transactions, and every end of a transaction, is as likely as any other.
enum class Fault : uint8_t {
  DiesBeforeCommit,  // The transaction ran and is lost (F01).
  DiesAfterCommit,   // The transaction stands, nothing after it happens (F01).
  DiesHandingOver,   // A body has left, its answer is never read (F01).
  Freezes,     // Between two transactions, or between an intent and its first byte, for seconds to
               // hours (F02).
  ReadFails,   // (F03, F06)
  WriteFails,  // At its beginning, or when all of it has run: nothing stands (F03).
  CommitAnswerLost,  // It stands, and the process is told that it does not (F06).
  NotConnected,      // No byte of the body leaves (F07).
  SlowAnswer,        // Up to the deadline: its webhooks come first (F07, F08).
  ClockSkewed,       // The house's clock runs up to a second ahead or behind (F10).
  HousesInterleave,  // Another house takes a whole turn between two transactions of this one (F11).
  ActsInBetween,   // Money, a stop, a pause, an import between two transactions, or between intent
                   // and first byte.
  PoisonWebhook,   // Bytes that mean nothing (F09).
  UnknownWebhook,  // A status of an attempt that nobody made, a number that nobody has (F08).
  ClockSet,        // Somebody sets the house's clock wrong, for minutes to hours (F10).
  TemplatePaused,  // The platform pauses one that people have complained of, and tells (F07).
};
inline constexpr size_t kFaults = static_cast<size_t>(Fault::TemplatePaused) + 1;
[[nodiscard]] std::string_view text_of(Fault fault);  // "dies_before_commit"

class Weather {
 public:
  // Calm.
  Weather() : random_(0) {}
  // Each kind of fault is absent, rare or frequent, as the seed has it.
  [[nodiscard]] static Weather of_seed(uint64_t seed);

  // Does it happen now? Counts when it does.
  [[nodiscard]] bool strikes(Fault fault);
  [[nodiscard]] bool is_calm() const { return is_calm_; }
  [[nodiscard]] SeededRandom& random() { return random_; }
  [[nodiscard]] const std::array<int64_t, kFaults>& counts() const { return counts_; }

 private:
  SeededRandom random_;
  bool is_calm_ = true;
  std::array<uint32_t, kFaults> ppm_{};
  std::array<int64_t, kFaults> counts_{};
};

}  // namespace puntual::sim
