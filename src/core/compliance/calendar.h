// Days on which a country rests: its public holidays, from data/holidays/<xx>.tsv, and the days
// that a deployment closes for itself.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace puntual::compliance {

inline constexpr size_t kCalendarWords = 80;  // 5,120 days: fourteen years.

struct Calendar {
  CivilDate first{1};  // From the first to the last day of the years that the file covers; empty at
  CivilDate last{0};   // first.
  std::array<uint64_t, kCalendarWords> bits{};
  std::string version;  // "2026.11.1", of the file.

  [[nodiscard]] bool covers(CivilDate date) const { return date >= first && date <= last; }
  // False outside of the years covered.
  [[nodiscard]] bool is_holiday(CivilDate date) const {
    if (!covers(date)) return false;
    const auto day = static_cast<size_t>(date - first);
    return bits[day / 64] >> (day % 64) & 1;
  }
  void add(CivilDate date) {
    if (!covers(date)) return;
    const auto day = static_cast<size_t>(date - first);
    bits[day / 64] |= uint64_t{1} << (day % 64);
  }
};

// Reads a line "# version: 2026.11.1", a heading, and lines of "date<TAB>name<TAB>note". Invalid
// names the file and the line.
[[nodiscard]] Result<Calendar> read_calendar(std::string_view tsv, std::string_view file_name);

// A day that a deployment closes: for everybody, for a country, or for a region of it.
struct ClosedDay {
  CivilDate date;
  std::string country;  // Empty: everywhere.
  std::string region;   // "ANT" of "CO-ANT"; empty: the whole country.
};

// Reads lines of "date<TAB>place<TAB>name"; a place is empty, "CO" or "CO-ANT"; the last two
// columns may be left out, `#` begins a comment. Invalid names the file and every wrong line.
[[nodiscard]] Result<std::vector<ClosedDay>> read_closed_days(std::string_view tsv,
                                                              std::string_view file_name);

}  // namespace puntual::compliance
