// The digits of a phone number as somebody wrote it: separators and labels dropped, damage named.
// The first half of reading a phone; base/phone.cpp is the second.
#pragma once

#include <array>
#include <expected>
#include <string_view>

#include "base/phone.h"

namespace puntual {

// What is left of a text when its separators are gone.
struct PhoneDigits {
  std::array<char, 20> text{};
  size_t size = 0;
  bool international = false;  // Written with '+' or 00.
  [[nodiscard]] std::string_view view() const { return {text.data(), size}; }
};

[[nodiscard]] std::expected<PhoneDigits, PhoneProblem> phone_digits_of(std::string_view text);

}  // namespace puntual
