#include "core/compliance/contact_hours.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace puntual::compliance {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<std::string_view, 7> kDaysEs = {"lun", "mar", "mie", "jue",
                                                     "vie", "sab", "dom"};
constexpr std::string_view kExpected =
    "expected days and hours such as: lun-vie 09:00-12:00, sab 10:00-12:00";

// "lun", "lunes", "Mié", "monday": 0 is Monday.
std::optional<int> day_of(std::string_view word) {
  const std::string folded = fold_text(word);
  if (folded.size() < 3) return std::nullopt;
  for (const auto& names : {kDays, kDaysEs}) {
    const auto found = std::ranges::find_if(
        names, [&](std::string_view name) { return folded.starts_with(name); });
    if (found != names.end()) return static_cast<int>(found - names.begin());
  }
  return std::nullopt;
}

constexpr int32_t kNoClock = -1;

// "09:00", "9:00", "24:00" as milliseconds of the day.
int32_t clock_of(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || text.size() != colon + 3) return kNoClock;
  int hour = 0, minute = 0;
  const char* const mid = text.data() + colon;
  const auto [h_end, h_error] = std::from_chars(text.data(), mid, hour);
  const auto [m_end, m_error] = std::from_chars(mid + 1, mid + 3, minute);
  if (h_error != std::errc{} || m_error != std::errc{} || h_end != mid || m_end != mid + 3)
    return kNoClock;
  if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60)
    return kNoClock;
  return static_cast<int32_t>((hour * 60 + minute) * kMinuteMs);
}

// A day, or the days from one to another.
std::optional<uint8_t> days_of(std::string_view word) {
  const size_t dash = word.find('-');
  const auto first = day_of(word.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : day_of(word.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  uint8_t days = 0;
  for (int day = *first; day <= *last; ++day) days |= static_cast<uint8_t>(1 << day);
  return days;
}

Result<HoursInterval> parse_part(std::string_view part) {
  HoursInterval interval;
  bool has_hours = false;
  for (std::string_view rest = part; !rest.empty();) {
    const size_t end = std::min(rest.find(' '), rest.size());
    const auto word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (word.empty()) continue;
    if (const auto days = days_of(word); days && !has_hours) {
      interval.weekdays |= *days;
      continue;
    }
    const size_t dash = word.find('-');
    const int32_t from = clock_of(word.substr(0, dash));
    const int32_t to =
        clock_of(dash == std::string_view::npos ? std::string_view() : word.substr(dash + 1));
    if (has_hours || from == kNoClock || from >= to)
      return fail(ErrorCode::Invalid, "hours: '{}' in '{}' ({})", word, part, kExpected);
    interval.from_ms = from;
    interval.to_ms = to;
    has_hours = true;
  }
  if (!has_hours || interval.weekdays == 0)
    return fail(ErrorCode::Invalid, "hours: '{}' ({})", part, kExpected);
  return interval;
}

std::string clock_text(int32_t ms) {
  return fmt::format("{:02}:{:02}", ms / kHourMs, ms % kHourMs / kMinuteMs);
}

}  // namespace

Result<std::vector<HoursInterval>> parse_hours(std::string_view text) {
  std::vector<HoursInterval> intervals;
  while (!text.empty()) {
    const size_t end = std::min(text.find(','), text.size());
    ASSIGN_OR_RETURN(intervals.emplace_back(), parse_part(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (intervals.empty()) return fail(ErrorCode::Invalid, "hours are empty ({})", kExpected);
  return intervals;
}

std::string format_hours(std::span<const HoursInterval> intervals) {
  std::string text;
  for (const auto& interval : intervals) {
    if (!text.empty()) text += ", ";
    for (size_t day = 0; day < kDays.size(); ++day) {
      if ((interval.weekdays >> day & 1) != 0) text += fmt::format("{} ", kDays[day]);
    }
    text += clock_text(interval.from_ms) + "-" + clock_text(interval.to_ms);
  }
  return text;
}

}  // namespace puntual::compliance
