// What stands in an address that we give away, and nobody guesses: 128 bits as letters and digits
// that nobody mixes up and no chat takes for its own marks (Crockford's base 32). Pure.
#pragma once

#include <string>
#include <string_view>

#include "store/vault.h"

namespace puntual::store {

inline constexpr size_t kTokenLetters = 26;

[[nodiscard]] inline std::string token_of(const LookupKey& key) {
  static constexpr std::string_view kLetters = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string token;
  uint32_t bits = 0, count = 0;
  for (const uint8_t byte : key.value) {
    bits = bits << 8 | byte;
    for (count += 8; count >= 5; count -= 5) token += kLetters[bits >> (count - 5) & 31];
  }
  return token += kLetters[bits << (5 - count) & 31];
}

}  // namespace puntual::store
