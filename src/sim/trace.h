// The trace of a run: one line for everything that happened, folded into one digest. The same
// inputs and seed give the same digest, on every machine.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/crypto.h"
#include "base/time.h"

namespace puntual::sim {

class Trace {
 public:
  // Sees every line as it comes; empty: nobody listens.
  explicit Trace(std::function<void(Instant, std::string_view)> listener = {})
      : listener_(std::move(listener)) {}
  void add(Instant at, std::string_view line);
  [[nodiscard]] std::string digest() const;  // 64 hex digits.

 private:
  static constexpr size_t kFoldAt = 1 << 16;
  std::function<void(Instant, std::string_view)> listener_;
  std::string gathered_;
  Digest folded_{};
};

}  // namespace puntual::sim
