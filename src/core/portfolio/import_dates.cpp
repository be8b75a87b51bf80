// Dates and times of day as files write them (declared in import_cells.h).
#include <algorithm>
#include <array>

#include "core/portfolio/import_cells.h"

namespace puntual::portfolio {
namespace {

constexpr int kYearMin = 1990;
constexpr int kYearMax = 2100;
// Excel counts days from 1899-12-30 (its leap day of 1900 never was); 25569 is 1970-01-01.
constexpr int kExcelEpoch = 25569;

bool is_date_digit(char c) { return c >= '0' && c <= '9'; }

// Reads digits at the front, at most eight.
struct DigitRun {
  int value = 0;
  size_t length = 0;
};
DigitRun take_digits(std::string_view& text) {
  DigitRun run;
  while (run.length < text.size() && run.length < 9 && is_date_digit(text[run.length])) {
    run.value = run.value * 10 + (text[run.length++] - '0');
  }
  text.remove_prefix(run.length);
  return run;
}

void skip_any(std::string_view& text, std::string_view of) {
  while (!text.empty() && of.find(text.front()) != std::string_view::npos) text.remove_prefix(1);
}

int year_of(DigitRun run) {
  if (run.length == 4) return run.value;
  return run.value + (run.value < 80 ? 2000 : 1900);
}

std::expected<CivilDate, CellProblem> day_of(int year, int month, int day) {
  if (month < 1 || month > 12 || day < 1 || day > 31)
    return std::unexpected(CellProblem::NoSuchDay);
  if (year < kYearMin || year > kYearMax) return std::unexpected(CellProblem::OutOfRange);
  const auto date = civil_date(year, month, day);
  if (!date) return std::unexpected(CellProblem::NoSuchDay);
  return *date;
}

// The month of a folded word in Spanish, Portuguese or English, or 0.
int month_of(std::string_view word) {
  constexpr std::array<std::array<std::string_view, 4>, 12> kMonths = {{{"ene", "jan", "", ""},
                                                                        {"feb", "fev", "", ""},
                                                                        {"mar", "", "", ""},
                                                                        {"abr", "apr", "", ""},
                                                                        {"may", "mai", "", ""},
                                                                        {"jun", "", "", ""},
                                                                        {"jul", "", "", ""},
                                                                        {"ago", "aug", "", ""},
                                                                        {"sep", "set", "", ""},
                                                                        {"oct", "out", "", ""},
                                                                        {"nov", "", "", ""},
                                                                        {"dic", "dez", "dec", ""}}};
  if (word.size() < 3) return 0;
  for (size_t i = 0; i < kMonths.size(); ++i) {
    for (const auto start : kMonths[i]) {
      if (!start.empty() && word.starts_with(start)) return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

// "25 de junio de 2026", "25-jun-2026", "jun 25, 2026"; `rest` is what follows the year.
std::expected<CivilDate, CellProblem> read_spelled(const std::string& folded,
                                                   std::string_view& rest) {
  std::string_view text = folded;
  int month = 0;
  DigitRun first;
  DigitRun second;
  while (!text.empty() && second.length == 0) {
    skip_any(text, " -/.,");
    if (text.empty()) break;
    if (is_date_digit(text.front())) {
      const auto run = take_digits(text);
      (first.length == 0 ? first : second) = run;
      continue;
    }
    const size_t end = std::min(text.find_first_of(" -/.,0123456789"), text.size());
    const auto word = text.substr(0, end);
    if (word != "de" && word != "del") {
      if (month != 0) return std::unexpected(CellProblem::Malformed);
      month = month_of(word);
      if (month == 0) return std::unexpected(CellProblem::Malformed);
    }
    text.remove_prefix(end);
  }
  if (month == 0 || second.length == 0 || first.length > 2 ||
      (second.length != 2 && second.length != 4)) {
    return std::unexpected(CellProblem::Malformed);
  }
  rest = text;
  return day_of(year_of(second), month, first.value);
}

struct ThreeNumbers {
  DigitRun parts[3];
  std::string_view rest;
};
std::optional<ThreeNumbers> three_numbers(std::string_view text) {
  ThreeNumbers numbers;
  for (int i = 0; i < 3; ++i) {
    numbers.parts[i] = take_digits(text);
    if (numbers.parts[i].length == 0) return std::nullopt;
    if (i == 2) break;
    if (text.empty() || (text.front() != '/' && text.front() != '-' && text.front() != '.'))
      return std::nullopt;
    text.remove_prefix(1);
  }
  numbers.rest = text;
  return numbers;
}

std::expected<CivilDate, CellProblem> read_numbers(const ThreeNumbers& numbers, DateOrder order) {
  const auto& [a, b, c] = numbers.parts;
  if (a.length == 4 && b.length <= 2 && c.length <= 2) return day_of(a.value, b.value, c.value);
  if (a.length > 2 || b.length > 2 || (c.length != 4 && c.length != 2))
    return std::unexpected(CellProblem::Malformed);
  if (order == DateOrder::Undetermined) {
    if (a.value <= 12 && b.value <= 12 && a.value != b.value)
      return std::unexpected(CellProblem::Ambiguous);
    order = b.value > 12 ? DateOrder::MonthFirst : DateOrder::DayFirst;
  }
  return order == DateOrder::DayFirst ? day_of(year_of(c), b.value, a.value)
                                      : day_of(year_of(c), a.value, b.value);
}

// 46198, 46198.5 (noon), 20260625; nothing when the text is not of digits alone.
std::optional<std::expected<DateCell, CellProblem>> read_serial(std::string_view text) {
  std::string_view rest = text;
  const auto whole = take_digits(rest);
  if (whole.length == 8 && rest.empty()) {
    const auto date = day_of(whole.value / 10000, whole.value / 100 % 100, whole.value % 100);
    if (!date) return std::unexpected(date.error());
    return DateCell{*date, std::nullopt};
  }
  if (whole.length != 5 || (!rest.empty() && rest.front() != '.' && rest.front() != ','))
    return std::nullopt;
  DateCell cell{CivilDate{whole.value - kExcelEpoch}, std::nullopt};
  const int year = ymd_of(cell.date).year;
  if (year < kYearMin || year > kYearMax) return std::unexpected(CellProblem::OutOfRange);
  if (rest.size() > 1) {
    rest.remove_prefix(1);
    int64_t fraction = 0;
    int64_t scale = 1;
    for (const char c : rest.substr(0, 12)) {
      if (!is_date_digit(c)) return std::unexpected(CellProblem::Malformed);
      fraction = fraction * 10 + (c - '0');
      scale *= 10;
    }
    const int64_t seconds = (fraction * 86400 + scale / 2) / scale;
    cell.ms_of_day = static_cast<int32_t>(std::min<int64_t>(seconds, 86399) * 1000);
  }
  return cell;
}

}  // namespace

std::expected<DateCell, CellProblem> read_date(std::string_view cell, DateOrder order) {
  if (cell.empty()) return std::unexpected(CellProblem::Empty);
  if (is_excel_error(cell)) return std::unexpected(CellProblem::ExcelError);
  if (is_scientific_number(cell)) return std::unexpected(CellProblem::Scientific);
  DateCell read;
  std::string_view rest;
  std::string folded;
  if (const auto numbers = three_numbers(cell)) {
    const auto date = read_numbers(*numbers, order);
    if (!date) return std::unexpected(date.error());
    read.date = *date;
    rest = numbers->rest;
  } else if (const auto serial = read_serial(cell)) {
    return *serial;
  } else {
    folded = fold_text(cell);
    const auto date = read_spelled(folded, rest);
    if (!date) return std::unexpected(date.error());
    read.date = *date;
  }
  if (rest.starts_with('T') || rest.starts_with('t')) rest.remove_prefix(1);
  skip_any(rest, " ,");
  if (rest.empty()) return read;
  const auto time = read_time_of_day(rest);
  if (!time) return std::unexpected(CellProblem::Malformed);
  read.ms_of_day = *time;
  return read;
}

std::optional<DateOrder> date_order_told_by(std::string_view cell) {
  const auto numbers = three_numbers(cell_text(cell));
  if (!numbers) return std::nullopt;
  const auto& [a, b, c] = numbers->parts;
  if (a.length > 2 || b.length > 2 || (c.length != 2 && c.length != 4)) return std::nullopt;
  if (a.value > 12 && a.value <= 31 && b.value <= 12) return DateOrder::DayFirst;
  if (b.value > 12 && b.value <= 31 && a.value <= 12) return DateOrder::MonthFirst;
  return std::nullopt;
}

std::expected<int32_t, CellProblem> read_time_of_day(std::string_view cell) {
  if (cell.empty()) return std::unexpected(CellProblem::Empty);
  auto hour = take_digits(cell);
  DigitRun second;
  if (hour.length == 0 || hour.length > 2 || !cell.starts_with(':'))
    return std::unexpected(CellProblem::Malformed);
  cell.remove_prefix(1);
  const auto minute = take_digits(cell);
  if (minute.length != 2) return std::unexpected(CellProblem::Malformed);
  if (cell.starts_with(':')) {
    cell.remove_prefix(1);
    second = take_digits(cell);
    if (cell.starts_with('.') && cell.size() > 1 && is_date_digit(cell[1])) {
      cell.remove_prefix(1);
      take_digits(cell);  // Fractions of a second do not matter here.
    }
  }
  // "p. m.", "PM", "a.m."; or the mark of a zone, which is passed over: the day stays as it was
  // written.
  std::string mark;
  for (const char c : fold_text(cell)) {
    if (c >= 'a' && c <= 'z') mark += c;
  }
  if (mark == "am" || mark == "pm") {
    if (hour.value < 1 || hour.value > 12) return std::unexpected(CellProblem::Malformed);
    hour.value = hour.value % 12 + (mark == "pm" ? 12 : 0);
  } else if (!mark.empty() && mark != "z" && mark != "h" && mark != "hrs") {
    return std::unexpected(CellProblem::Malformed);
  }
  if (hour.value > 23 || minute.value > 59 || second.value > 59)
    return std::unexpected(CellProblem::Malformed);
  return ((hour.value * 60 + minute.value) * 60 + second.value) * 1000;
}

}  // namespace puntual::portfolio
