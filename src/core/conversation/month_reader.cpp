// Days by their number, and what the calendar gives a name: the end of a month, a fortnight.
#include "core/conversation/day_reader.h"

namespace puntual::conversation {

static std::optional<CivilDate> as_optional(const Result<CivilDate>& date) {
  return date ? std::optional(*date) : std::nullopt;
}

std::optional<int32_t> DayReader::month_at(size_t at) const {
  static constexpr std::array<std::string_view, 12> kMonths = {
      "enero|janeiro|ene|jan",
      "febrero|fevereiro|feb|fev",
      "marzo|marco|mar",
      "abril|abr",
      "mayo|maio|may|mai",
      "junio|junho|jun",
      "julio|julho|jul",
      "agosto|ago",
      "septiembre|setiembre|setembro|sep|sept|set",
      "octubre|outubro|oct|out",
      "noviembre|novembro|nov",
      "diciembre|dezembro|dic|dez"};
  if (!phrase_.is_word(at)) return std::nullopt;
  for (size_t month = 0; month < 12; ++month) {
    if (phrase_.is(at, kMonths[month])) return static_cast<int32_t>(month + 1);
  }
  static const auto kMonthSounds = by_sound(kMonths);
  const auto found =
      phrase_.at(at).text.size() > 4 ? kMonthSounds.find(phrase_.at(at).sound) : kMonthSounds.end();
  return found == kMonthSounds.end() ? std::nullopt : std::optional(found->second + 1);
}

// Day first; without a year the next one, or of what was paid the last one.
std::optional<CivilDate> DayReader::in_year(int32_t day, int32_t month, std::optional<int32_t> year,
                                            bool is_past) const {
  if (month < 1 || month > 12 || day < 1) return std::nullopt;
  if (year) return as_optional(civil_date(*year < 100 ? 2000 + *year : *year, month, day));
  const int32_t this_year = ymd_of(today_).year;
  if (day > month_of(this_year, month).last_day()) return std::nullopt;
  const auto near = as_optional(civil_date(this_year, month, day));
  if (!near) return std::nullopt;
  if (is_past) return *near <= today_ ? near : as_optional(civil_date(this_year - 1, month, day));
  return *near >= today_ ? near : as_optional(civil_date(this_year + 1, month, day));
}

// "5/12", "5-12-26".
MaybeMention DayReader::written_date(size_t at) const {
  const auto is_part = [&](size_t place) {
    return phrase_.is_number(place) && phrase_.at(place).text.size() <= 4 &&
           phrase_.at(place).text.find_first_not_of("0123456789") == std::string::npos;
  };
  const auto mark = [&](size_t place) {
    return phrase_.is(place, "/|-") && phrase_.at(place).is_glued && phrase_.at(place + 1).is_glued;
  };
  if (!is_part(at) || !mark(at + 1) || !is_part(at + 2) ||
      (at > 0 && phrase_.is(at - 1, "/|-|$") && phrase_.at(at).is_glued))
    return std::nullopt;
  const auto number = [&](size_t place) {
    return static_cast<int32_t>(std::stoi(phrase_.at(place).text));
  };
  Mention mention{at, at + 3, std::nullopt};
  std::optional<int32_t> year;
  if (mark(at + 3) && is_part(at + 4)) {
    year = number(at + 4);
    mention.end = at + 5;
    if (number(at) > 1999) {
      mention.day = in_year(*year, number(at + 2), number(at), false);
      return mention;
    }
  } else if (phrase_.at(at).text.size() > 2 || phrase_.at(at + 2).text.size() > 2) {
    return std::nullopt;
  }
  mention.day = in_year(number(at), number(at + 2), year, speaks_of_the_past(at));
  return mention;
}

// Fin de mes, el último de diciembre, fin de año.
MaybeMention DayReader::month_end(size_t at) const {
  if (!phrase_.is(at,
                  "fin|fines|final|finales|fim|finais|ultimo|ultimos|finalizar|finalizando|acabar|"
                  "terminar"))
    return std::nullopt;
  size_t next = at + 1;
  if (phrase_.is(next, "dia")) ++next;
  if (phrase_.is(next, "de|del|do|d|da")) ++next;
  if (phrase_.is(next, "este|esse|el|ese")) ++next;
  if (phrase_.is(next, "ano|anio"))
    return Mention{at, next + 1, date_of(ymd_of(today_).year, 12, 31)};
  if (const auto other = other_month_at(next))
    return Mention{at, other->end, (month_of(today_) + 1).last()};
  if (phrase_.is(next, "mes")) {
    const bool was_last = phrase_.is(next + 1, "pasado|passado");
    if (was_last)
      return Mention{
          at, next + 2,
          context_.has_paid ? std::optional((month_of(today_) + -1).last()) : std::nullopt};
    return Mention{at, next + 1, month_of(today_).last()};
  }
  if (const auto month = month_at(next)) {
    const auto this_month = month_of(today_);
    return Mention{at, next + 1, (this_month + (*month - this_month.month() + 12) % 12).last()};
  }
  return std::nullopt;
}

// "Otro mes", "mes que viene", "próximo mes", with or without an article.
MaybeMention DayReader::other_month_at(size_t at) const {
  size_t next = at;
  if (phrase_.is(next, "de|del|do|d")) ++next;
  if (phrase_.is(next, "el")) ++next;
  if (phrase_.is(next, "otro|proximo|siguiente|outro|prox|seguinte") && phrase_.is(next + 1, "mes"))
    return Mention{at, next + 2, std::nullopt};
  if (!phrase_.is(next, "mes")) return std::nullopt;
  if (phrase_.is(next + 1, kNextWords) || phrase_.is(next + 1, "entrante"))
    return Mention{at, next + 2, std::nullopt};
  return phrase_.is_run(next + 1, {"que|q|k", kComing})
             ? std::optional(Mention{at, next + 3, std::nullopt})
             : std::nullopt;
}

// The 15th or the last of the month.
MaybeMention DayReader::fortnight(size_t at) const {
  if (!phrase_.is(at, "quincena|quinzena|kincena|quinsena|kinsena|quinna")) return std::nullopt;
  Mention mention{at, at + 1, std::nullopt};
  if (phrase_.is_run_before(at, {"cada|otra|por|primera|segunda|primeira|toda"})) return mention;
  const bool is_next = phrase_.is_run_before(at, {kNextWords}) || phrase_.is(at + 1, kNextWords) ||
                       phrase_.is_run(at + 1, {"que|q|k", kComing}) ||
                       phrase_.is(at + 1, "entrante");
  const auto month = month_of(today_);
  const int32_t day = ymd_of(today_).day;
  if (speaks_of_the_past(at) || phrase_.is(at + 1, "pasada|passada")) {
    if (context_.has_paid)
      mention.day = today_ == month.last() ? today_
                    : day >= 15            ? month.day(15)
                                           : (month + -1).last();
    return mention;
  }
  const CivilDate from = is_next ? today_ + 1 : today_;
  mention.day = from <= month.day(15)  ? month.day(15)
                : from <= month.last() ? month.last()
                                       : (month + 1).day(15);
  return mention;
}

// "El 30", "día 10", "el primero", with its month if it is said.
MaybeMention DayReader::day_of_month(size_t at) const {
  const bool is_introduced =
      phrase_.is_run_before(at, {"el|dia|del|al|proximo|ao"}) ||
      phrase_.is_run_before(at, {"entre|o|y", "el"}) || phrase_.is_run_before(at, {"el", "dia"}) ||
      phrase_.is_run_before(at, {"hasta|ate"}) || (at > 0 && phrase_.is_run_before(at, {"el"}));
  const bool has_month = phrase_.is_number(at) && (phrase_.is(at + 1, "de|d") && month_at(at + 2));
  const bool is_second = at > 1 && phrase_.is(at - 1, "o|ou|y|al|u") && phrase_.is_number(at - 2) &&
                         phrase_.is_run_before(at - 2, {"el|dia"});
  if (!is_introduced && !has_month && !is_second) return std::nullopt;
  return number_day(at);
}

MaybeMention DayReader::number_day(size_t at) const {
  std::optional<Count> count;
  if (phrase_.is(at, "primero|primeiro|primer"))
    count = Count{1, at + 1, true};
  else
    count = count_at(phrase_, at);
  if (!count || count->value < 1 || count->value > 31 ||
      (phrase_.is_number(at) && phrase_.at(at).text.size() > 2))
    return std::nullopt;
  if (count->in_words && phrase_.is(at, "un|uno|una|um|uma")) return std::nullopt;
  Mention mention{at, count->end, std::nullopt};
  if (phrase_.at(mention.end).is_glued && phrase_.is(mention.end, "ro|ero|o|er"))
    ++mention.end;  // "1ro"
  if (!phrase_.is_number(at) || !phrase_.at(mention.end).is_glued ||
      !phrase_.is(mention.end, "%|k|x|am|pm|h|hs|hrs|:|gb|mb|m")) {
    const bool is_quantity =
        phrase_.is(mention.end,
                   "mil|millon*|milh*|k|%|por|cuota*|pesos|soles|reais|dias|semanas|meses|horas|"
                   "hrs|am|pm|personas|partes|pagos|veces|vezes|lucas|luca|palos|anos|megas") &&
        !phrase_.is_run(mention.end, {"por", "la|favor|fa"});
    if (is_quantity) return std::nullopt;
  } else {
    return std::nullopt;
  }
  const auto day = static_cast<int32_t>(count->value);
  const bool is_past = speaks_of_the_past(at);
  const size_t of = mention.end;
  if (const auto month = phrase_.is(of, "de|d|del|do") ? month_at(of + 1) : month_at(of)) {
    size_t end = of + (phrase_.is(of, "de|d|del|do") ? 2 : 1);
    std::optional<int32_t> year;
    const size_t number = phrase_.is(end, "de|del|do") ? end + 1 : end;
    if (phrase_.is_number(number) && phrase_.at(number).text.size() == 4 &&
        phrase_.at(number).text.starts_with("20")) {
      year = static_cast<int32_t>(std::stoi(phrase_.at(number).text));
      end = number + 1;
    }
    return Mention{at, end, in_year(day, *month, year, is_past)};
  }
  const auto month = month_of(today_);
  if (const auto other = other_month_at(of)) return Mention{at, other->end, (month + 1).day(day)};
  if (phrase_.is_run(of, {"del|do", "mes", "pasado|passado"}) ||
      phrase_.is_run(of, {"del|do|de", "pasado"})) {
    mention.end = of + 3;
    if (context_.has_paid) mention.day = (month + -1).day(day);
    return mention;
  }
  if (is_past) {
    if (context_.has_paid)
      mention.day = month.day(day) <= today_ && day <= month.last_day() ? month.day(day)
                                                                        : (month + -1).day(day);
    return mention;
  }
  const bool is_next = phrase_.is_run_before(at, {kNextWords});
  const CivilDate near = month.day(day);
  mention.day = near > today_ || (near == today_ && !is_next) ? near : (month + 1).day(day);
  return mention;
}

// The date was asked for, and the answer is a number.
std::optional<CivilDate> DayReader::bare_day() const {
  for (size_t at = 0; at < phrase_.size(); ++at) {
    const auto count = count_at(phrase_, at);
    if (!count) continue;
    const bool is_hour = phrase_.is_run_before(at, {"las|as"});
    const auto found = is_hour ? std::nullopt : number_day(at);
    return found ? found->day : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace puntual::conversation
