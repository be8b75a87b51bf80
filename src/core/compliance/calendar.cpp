#include "core/compliance/calendar.h"

#include <algorithm>

namespace puntual::compliance {
namespace {

struct TsvLine {
  int number = 0;
  std::string_view text;
};

std::vector<TsvLine> lines_of_tsv(std::string_view tsv) {
  std::vector<TsvLine> lines;
  for (int number = 1; !tsv.empty(); ++number) {
    const size_t end = tsv.find('\n');
    auto line = tsv.substr(0, end);
    tsv = end == std::string_view::npos ? std::string_view() : tsv.substr(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) lines.push_back({number, line});
  }
  return lines;
}

std::string_view take_column(std::string_view& line) {
  const size_t end = line.find('\t');
  auto column = line.substr(0, end);
  line = end == std::string_view::npos ? std::string_view() : line.substr(end + 1);
  while (column.ends_with(' ')) column.remove_suffix(1);
  while (column.starts_with(' ')) column.remove_prefix(1);
  return column;
}

constexpr std::string_view kVersionMark = "# version: ";

bool is_place_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// "", "CO", "CO-ANT".
bool read_place(std::string_view place, ClosedDay& day) {
  if (place.empty()) return true;
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (place.size() < 2 || !is_capital(place[0]) || !is_capital(place[1])) return false;
  day.country = place.substr(0, 2);
  if (place.size() == 2) return true;
  day.region = place.substr(3);
  return place[2] == '-' && place.size() > 3 && place.size() <= 6 &&
         std::ranges::all_of(day.region, is_place_letter);
}

}  // namespace

Result<Calendar> read_calendar(std::string_view tsv, std::string_view file_name) {
  Calendar calendar;
  std::vector<CivilDate> dates;
  for (const auto& [number, text] : lines_of_tsv(tsv)) {
    if (text.starts_with(kVersionMark)) calendar.version = text.substr(kVersionMark.size());
    if (text.starts_with('#') || text.starts_with("date\t")) continue;
    const auto date = parse_date(text.substr(0, text.find('\t')));
    if (!date)
      return fail(ErrorCode::Invalid, "{}:{}: {}", file_name, number, date.error().message);
    dates.push_back(*date);
  }
  if (calendar.version.empty() || dates.empty()) {
    return fail(ErrorCode::Invalid, "{}: expected a line '{}2026.11.1' and one line a holiday",
                file_name, kVersionMark);
  }
  const auto [first, last] = std::ranges::minmax(dates);
  calendar.first = date_of(ymd_of(first).year, 1, 1);
  calendar.last = date_of(ymd_of(last).year, 12, 31);
  if (static_cast<size_t>(calendar.last - calendar.first) >= kCalendarWords * 64) {
    return fail(ErrorCode::Invalid, "{}: more than fourteen years, {} to {}: leave out past ones",
                file_name, ymd_of(first).year, ymd_of(last).year);
  }
  for (const CivilDate date : dates) calendar.add(date);
  return calendar;
}

Result<std::vector<ClosedDay>> read_closed_days(std::string_view tsv, std::string_view file_name) {
  std::vector<ClosedDay> days;
  std::string problems;
  const auto note = [&](int line, std::string_view what) {
    problems += fmt::format("{}{}:{}: {}", problems.empty() ? "" : "\n", file_name, line, what);
  };
  for (const auto& [number, text] : lines_of_tsv(tsv)) {
    if (text.starts_with('#') || text.starts_with("date\t") || text == "date") continue;
    std::string_view rest = text;
    ClosedDay day;
    const auto date = parse_date(take_column(rest));
    const auto place = take_column(rest);
    if (!date) {
      note(number, date.error().message);
    } else if (!read_place(place, day)) {
      note(number, fmt::format("'{}' is no place (expected nothing, a country such as CO, or a "
                               "region such as CO-ANT; then a tab and the name of the day)",
                               place));
    } else {
      day.date = *date;
      days.push_back(std::move(day));
    }
  }
  if (!problems.empty()) return std::unexpected(Error{ErrorCode::Invalid, std::move(problems)});
  return days;
}

}  // namespace puntual::compliance
