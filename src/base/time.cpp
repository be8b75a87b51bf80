#include "base/time.h"

#include <array>
#include <charconv>

#include "base/zone.h"

namespace puntual {
namespace {

// Howard Hinnant's public-domain civil-calendar algorithms (days since 1970-01-01).
constexpr int32_t days_from_civil(int32_t y, int32_t m, int32_t d) {
  y -= m <= 2;
  const int32_t era = (y >= 0 ? y : y - 399) / 400;
  const int32_t yoe = y - era * 400;
  const int32_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  const int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

bool read_int(std::string_view text, size_t at, size_t length, int32_t& out) {
  if (at + length > text.size()) return false;
  const char* first = text.data() + at;
  for (size_t i = 0; i < length; ++i) {
    if (first[i] < '0' || first[i] > '9') return false;
  }
  return std::from_chars(first, first + length, out).ec == std::errc{};
}

// At least so many digits, zeros before it: as fmt's {:02} has it, at a tenth of its time. Every
// record has some.
void append_digits(std::string& out, int64_t number, size_t digits) {
  std::array<char, 24> text;
  const std::string_view plain(
      text.data(), static_cast<size_t>(
                       std::to_chars(text.begin(), text.end(), number < 0 ? -number : number).ptr -
                       text.data()));
  if (number < 0) out += '-';
  const size_t length = plain.size() + (number < 0 ? 1 : 0);
  if (length < digits) out.append(digits - length, '0');
  out += plain;
}

void append_date(std::string& out, CivilDate date) {
  const auto [year, month, day] = ymd_of(date);
  append_digits(out, year, 4);
  append_digits(out += '-', month, 2);
  append_digits(out += '-', day, 2);
}

// Up to the offset: 2026-11-24T16:00:00, with milliseconds where there are any.
void append_local(std::string& out, Instant at, int32_t offset_seconds) {
  const auto [date, rest, offset] = local_time(at, offset_seconds);
  append_date(out, date);
  append_digits(out += 'T', rest / kHourMs, 2);
  append_digits(out += ':', rest / kMinuteMs % 60, 2);
  append_digits(out += ':', rest / kSecondMs % 60, 2);
  if (rest % kSecondMs != 0) append_digits(out += '.', rest % kSecondMs, 3);
}

}  // namespace

YearMonthDay ymd_of(CivilDate date) {
  const int32_t z = date.days + 719468;
  const int32_t era = (z >= 0 ? z : z - 146096) / 146097;
  const int32_t doe = z - era * 146097;
  const int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const int32_t mp = (5 * doy + 2) / 153;
  const int32_t day = doy - (153 * mp + 2) / 5 + 1;
  const int32_t month = mp < 10 ? mp + 3 : mp - 9;
  return {yoe + era * 400 + (month <= 2), month, day};
}

Result<CivilDate> civil_date(int32_t year, int32_t month, int32_t day) {
  if (year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31) {
    const CivilDate date{days_from_civil(year, month, day)};
    if (const auto back = ymd_of(date); back.month == month && back.day == day) return date;
  }
  return fail(ErrorCode::Invalid, "'{:04}-{:02}-{:02}' is not a date of the calendar", year, month,
              day);
}

CivilDate date_of(int32_t year, int32_t month, int32_t day) {
  const auto date = civil_date(year, month, day);
  PUNTUAL_CHECK(date.has_value());
  return *date;
}

std::string format_date(CivilDate date) {
  std::string text;
  append_date(text, date);
  return text;
}

Result<CivilDate> parse_date(std::string_view text) {
  int32_t year = 0, month = 0, day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !read_int(text, 0, 4, year) ||
      !read_int(text, 5, 2, month) || !read_int(text, 8, 2, day)) {
    return fail(ErrorCode::Invalid, "'{}' is not a date (expected YYYY-MM-DD)", text);
  }
  return civil_date(year, month, day);
}

std::string format_rfc3339(Instant at, int32_t offset_seconds) {
  const int32_t offset_minutes = (offset_seconds < 0 ? -offset_seconds : offset_seconds) / 60;
  std::string text;
  text.reserve(32);
  append_local(text, at, offset_seconds);
  append_digits(text += offset_seconds < 0 ? '-' : '+', offset_minutes / 60, 2);
  append_digits(text += ':', offset_minutes % 60, 2);
  return text;
}

std::string format_utc(Instant at) {
  std::string text;
  text.reserve(32);
  append_local(text, at, 0);
  return text += 'Z';
}

Result<Instant> parse_rfc3339(std::string_view text) {
  const auto bad = [&] {
    return fail(ErrorCode::Invalid,
                "'{}' is not an instant (expected 2026-11-24T16:00:00-05:00 or …Z)", text);
  };
  int32_t hour = 0, minute = 0, second = 0;
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return bad();
  const auto date = parse_date(text.substr(0, 10));
  if (!date) return std::unexpected(date.error());
  if (text[13] != ':' || text[16] != ':' || !read_int(text, 11, 2, hour) ||
      !read_int(text, 14, 2, minute) || !read_int(text, 17, 2, second) || hour > 23 ||
      minute > 59 || second > 60) {
    return bad();
  }
  size_t at = 19;
  int64_t ms = 0;
  if (text[at] == '.') {
    int64_t scale = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) {
      ms += (text[at] - '0') * scale;
    }
  }
  if (at >= text.size()) return bad();
  int64_t offset_minutes = 0;
  if (text[at] == 'Z' || text[at] == 'z') {
    if (at + 1 != text.size()) return bad();
  } else {
    int32_t offset_hour = 0, offset_minute = 0;
    if ((text[at] != '+' && text[at] != '-') || text.size() != at + 6 || text[at + 3] != ':' ||
        !read_int(text, at + 1, 2, offset_hour) || !read_int(text, at + 4, 2, offset_minute) ||
        offset_hour > 23 || offset_minute > 59) {
      return bad();
    }
    offset_minutes = (offset_hour * 60 + offset_minute) * (text[at] == '-' ? -1 : 1);
  }
  return Instant{date->days * kDayMs + hour * kHourMs + minute * kMinuteMs + second * kSecondMs +
                 ms - offset_minutes * kMinuteMs};
}

}  // namespace puntual
