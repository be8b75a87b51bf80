// What days are named at a place of a message, the longest forms first; which of them is the day of
// a payment, date_phrase.cpp says. Days near and by their name stand in day_reader.cpp, those of a
// month in month_reader.cpp. Of these files alone. Pure; thread-safe.
#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/phrase_index.h"
#include "core/conversation/date_phrase.h"
#include "core/conversation/sound.h"

namespace puntual::conversation {

// A day that is named somewhere. Without `day` the words name one that we do not take ("el otro
// viernes", "30 de febrero").
struct Mention {
  size_t begin = 0, end = 0;
  std::optional<CivilDate> day;
};
using MaybeMention = std::optional<Mention>;

inline constexpr std::string_view kNextWords = "proximo|proxima|prox|siguiente|seguinte";
inline constexpr std::string_view kComing = "viene|vem|entra|sigue|vienen";

// Months counted from year 0, so that the one after December is plain.
struct Month {
  int32_t number = 0;
  [[nodiscard]] int32_t year() const { return number / 12; }
  [[nodiscard]] int32_t month() const { return number % 12 + 1; }
  [[nodiscard]] int32_t last_day() const {
    constexpr std::array<int32_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap = (year() % 4 == 0 && year() % 100 != 0) || year() % 400 == 0;
    return month() == 2 && is_leap ? 29 : kDays[static_cast<size_t>(month() - 1)];
  }
  [[nodiscard]] CivilDate day(int32_t wanted) const {
    return date_of(year(), month(), std::min(wanted, last_day()));
  }
  [[nodiscard]] CivilDate last() const { return day(31); }
};
inline Month month_of(int32_t year, int32_t month) { return {year * 12 + month - 1}; }
inline Month month_of(CivilDate date) { return month_of(ymd_of(date).year, ymd_of(date).month); }
inline Month operator+(Month month, int32_t months) { return {month.number + months}; }

// The place of each name in its list, by how it sounds.
template <size_t N>
std::map<std::string, int32_t, std::less<>> by_sound(const std::array<std::string_view, N>& lists) {
  std::map<std::string, int32_t, std::less<>> places;
  for (size_t place = 0; place < N; ++place) {
    for (const auto name : split_words(lists[place], '|'))
      places.emplace(sound_of(name), static_cast<int32_t>(place));
  }
  return places;
}

class DayReader {
 public:
  DayReader(const Phrase& phrase, const DateContext& context)
      : phrase_(phrase), context_(context), today_(context.today) {}

  [[nodiscard]] MaybeMention mention_at(size_t at) const;
  // The date was asked for, and the answer is a number.
  [[nodiscard]] std::optional<CivilDate> bare_day() const;

 private:
  [[nodiscard]] MaybeMention relative_day(size_t at) const;
  [[nodiscard]] MaybeMention span(size_t at) const;
  [[nodiscard]] MaybeMention weekday(size_t at) const;
  [[nodiscard]] MaybeMention nth_weekday(size_t at) const;
  [[nodiscard]] MaybeMention holiday(size_t at) const;
  [[nodiscard]] MaybeMention written_date(size_t at) const;
  [[nodiscard]] MaybeMention month_end(size_t at) const;
  [[nodiscard]] MaybeMention fortnight(size_t at) const;
  [[nodiscard]] MaybeMention day_of_month(size_t at) const;

  [[nodiscard]] bool pays_soon(size_t at) const;
  [[nodiscard]] bool is_morning(size_t at) const;
  [[nodiscard]] std::optional<Weekday> weekday_at(size_t at) const;
  [[nodiscard]] int32_t days_until(Weekday day) const;
  [[nodiscard]] bool is_rest(CivilDate day) const;
  [[nodiscard]] std::optional<CivilDate> next_holiday(std::optional<Weekday> weekday,
                                                      bool is_long_weekend) const;
  [[nodiscard]] size_t next_week_after(size_t at) const;
  [[nodiscard]] MaybeMention with_weekday(Mention mention) const;
  [[nodiscard]] std::optional<int32_t> month_at(size_t at) const;
  [[nodiscard]] std::optional<CivilDate> in_year(int32_t day, int32_t month,
                                                 std::optional<int32_t> year, bool is_past) const;
  [[nodiscard]] MaybeMention other_month_at(size_t at) const;
  [[nodiscard]] MaybeMention number_day(size_t at) const;
  // Of a payment made, unless the words of this clause promise one: "pagué la mitad, el viernes
  // pago el resto".
  [[nodiscard]] bool speaks_of_the_past(size_t at) const;

  const Phrase& phrase_;
  const DateContext& context_;
  CivilDate today_;
};

}  // namespace puntual::conversation
