#include "base/random.h"

#include <fmt/format.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "base/result.h"

namespace puntual {

std::string Random::hex128() { return fmt::format("{:016x}{:016x}", next(), next()); }

uint64_t Random::below(uint64_t bound) {
  PUNTUAL_CHECK(bound > 0);
  const uint64_t reject_from = UINT64_MAX - UINT64_MAX % bound;
  for (;;) {
    const uint64_t value = next();
    if (value < reject_from) return value % bound;
  }
}

// Drawn for many at once, as a draw costs more than what is done with it. Each is given out once; a process that was
// forked draws its own.
uint64_t SystemRandom::next() {
  struct Drawn {
    std::array<uint64_t, 64> values;
    size_t used = 64;
    pid_t process = 0;
  };
  thread_local Drawn drawn;
  if (drawn.used == drawn.values.size() || drawn.process != ::getpid()) {
    PUNTUAL_CHECK(RAND_bytes(reinterpret_cast<unsigned char*>(drawn.values.data()), sizeof drawn.values) == 1);
    drawn.used = 0;
    drawn.process = ::getpid();
  }
  return std::exchange(drawn.values[drawn.used++], 0);
}

uint64_t SeededRandom::next() {
  uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

}  // namespace puntual
