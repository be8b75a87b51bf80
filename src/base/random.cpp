#include "base/random.h"

#include <openssl/rand.h>
#include <pthread.h>

#include <array>
#include <utility>

#include "base/hex.h"
#include "base/result.h"

namespace puntual {

namespace {

// How often this process is a copy of another: asking the system which process this is costs more
// than a draw.
uint64_t forks() {
  static uint64_t count = 0;
  static const int counted = pthread_atfork(nullptr, nullptr, [] { ++count; });
  PUNTUAL_CHECK(counted == 0);
  return count;
}

}  // namespace

std::string Random::hex128() {
  const uint64_t high = next();
  return hex128_of(high, next());
}

uint64_t Random::below(uint64_t bound) {
  PUNTUAL_CHECK(bound > 0);
  const uint64_t reject_from = UINT64_MAX - UINT64_MAX % bound;
  for (;;) {
    const uint64_t value = next();
    if (value < reject_from) return value % bound;
  }
}

// Drawn for many at once, as a draw costs more than what is done with it. Each is given out once; a
// process that was forked draws its own.
uint64_t SystemRandom::next() {
  struct Drawn {
    std::array<uint64_t, 64> values;
    size_t used = 64;
    uint64_t forks = 0;
  };
  thread_local Drawn drawn;
  if (drawn.used == drawn.values.size() || drawn.forks != forks()) {
    PUNTUAL_CHECK(RAND_bytes(reinterpret_cast<unsigned char*>(drawn.values.data()),
                             sizeof drawn.values) == 1);
    drawn.used = 0;
    drawn.forks = forks();
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
