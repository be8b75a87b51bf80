// The public holidays of a country, from data/holidays/<xx>.tsv, as one bit a day.
#pragma once

#include <array>
#include <string_view>

#include "base/time.h"

namespace puntual::compliance {

inline constexpr size_t kCalendarWords = 80;  // 5,120 days: fourteen years.

struct Calendar {
  CivilDate first;  // From the first to the last day of the years that the file covers.
  CivilDate last;
  std::array<uint64_t, kCalendarWords> bits{};

  [[nodiscard]] bool covers(CivilDate date) const { return date >= first && date <= last; }
  // False outside of the years covered.
  [[nodiscard]] bool is_holiday(CivilDate date) const {
    if (!covers(date)) return false;
    const auto day = static_cast<size_t>(date - first);
    return bits[day / 64] >> (day % 64) & 1;
  }
};

// Reads lines of "date<TAB>name<TAB>note" below a heading. The file must be one of ours: a bad one
// stops the program, because a missing holiday would let messages out.
[[nodiscard]] Calendar read_calendar(std::string_view tsv);

}  // namespace puntual::compliance
