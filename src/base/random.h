// Where unguessable or merely arbitrary values come from: the system's CSPRNG in production, a seed
// in the simulation. An interface because those two exist.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace puntual {

class Random {
 public:
  virtual ~Random() = default;
  virtual uint64_t next() = 0;

  // 128 random bits as 32 hex digits: attempt ids, tokens.
  [[nodiscard]] std::string hex128();
  // Uniform in [0, bound); bound > 0.
  [[nodiscard]] uint64_t below(uint64_t bound);
  // True with the given chance in a million.
  [[nodiscard]] bool chance_ppm(uint32_t ppm) { return below(1'000'000) < ppm; }
};

// Thread-safe.
class SystemRandom final : public Random {
 public:
  uint64_t next() override;
};

// SplitMix64: the same seed gives the same values on every machine. Not thread-safe, not secret.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(uint64_t seed) : state_(seed) {}
  uint64_t next() override;

 private:
  uint64_t state_;
};

}  // namespace puntual
