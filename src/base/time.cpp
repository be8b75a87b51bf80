#include "base/time.h"

#include <charconv>

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
  return fail(ErrorCode::Invalid, "'{:04}-{:02}-{:02}' is not a date of the calendar", year, month, day);
}

CivilDate date_of(int32_t year, int32_t month, int32_t day) {
  const auto date = civil_date(year, month, day);
  PUNTUAL_CHECK(date.has_value());
  return *date;
}

std::string format_date(CivilDate date) {
  const auto [year, month, day] = ymd_of(date);
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
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
  const int64_t local = at.ms + int64_t{offset_seconds} * kSecondMs;
  int64_t days = local / kDayMs;
  int64_t rest = local % kDayMs;
  if (rest < 0) {
    rest += kDayMs;
    --days;
  }
  const int32_t offset_minutes = (offset_seconds < 0 ? -offset_seconds : offset_seconds) / 60;
  std::string text = fmt::format("{}T{:02}:{:02}:{:02}", format_date({static_cast<int32_t>(days)}),
                                 rest / kHourMs, rest / kMinuteMs % 60, rest / kSecondMs % 60);
  if (rest % kSecondMs != 0) text += fmt::format(".{:03}", rest % kSecondMs);
  return text + fmt::format("{}{:02}:{:02}", offset_seconds < 0 ? '-' : '+', offset_minutes / 60,
                            offset_minutes % 60);
}

std::string format_utc(Instant at) {
  std::string text = format_rfc3339(at, 0);
  text.resize(text.size() - 6);
  return text + "Z";
}

Result<Instant> parse_rfc3339(std::string_view text) {
  const auto bad = [&] {
    return fail(ErrorCode::Invalid, "'{}' is not an instant (expected 2026-11-24T16:00:00-05:00 or …Z)", text);
  };
  int32_t hour = 0, minute = 0, second = 0;
  if (text.size() < 20 || (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) return bad();
  const auto date = parse_date(text.substr(0, 10));
  if (!date) return std::unexpected(date.error());
  if (text[13] != ':' || text[16] != ':' || !read_int(text, 11, 2, hour) ||
      !read_int(text, 14, 2, minute) || !read_int(text, 17, 2, second) || hour > 23 || minute > 59 ||
      second > 60) {
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
  return Instant{date->days * kDayMs + hour * kHourMs + minute * kMinuteMs + second * kSecondMs + ms -
                 offset_minutes * kMinuteMs};
}

}  // namespace puntual
