// Numbers as hexadecimal digits, for what is made for every message.
#pragma once

#include <cstdint>
#include <string>

namespace puntual {

// 32 lower-case digits.
[[nodiscard]] inline std::string hex128_of(uint64_t high, uint64_t low) {
  std::string text(32, '0');
  for (size_t i = 0; i < 16; ++i) {
    text[15 - i] = "0123456789abcdef"[high >> (4 * i) & 15];
    text[31 - i] = "0123456789abcdef"[low >> (4 * i) & 15];
  }
  return text;
}

}  // namespace puntual
