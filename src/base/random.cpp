#include "base/random.h"

#include <fmt/format.h>
#include <openssl/rand.h>

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

uint64_t SystemRandom::next() {
  uint64_t value = 0;
  PUNTUAL_CHECK(RAND_bytes(reinterpret_cast<unsigned char*>(&value), sizeof value) == 1);
  return value;
}

uint64_t SeededRandom::next() {
  uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

}  // namespace puntual
