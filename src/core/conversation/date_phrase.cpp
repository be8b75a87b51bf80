#include "core/conversation/date_phrase.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/phrase_index.h"
#include "core/compliance/gate.h"
#include "core/conversation/sound.h"

namespace puntual::conversation {
namespace {

// A day that is named somewhere. Without `day` the words name one that we do not take ("el otro viernes", "30 de febrero").
struct Mention {
  size_t begin = 0, end = 0;
  std::optional<CivilDate> day;
};
using MaybeMention = std::optional<Mention>;

constexpr std::string_view kNextWords = "proximo|proxima|prox|siguiente|seguinte";
constexpr std::string_view kComing = "viene|vem|entra|sigue|vienen";

int32_t last_day(int32_t year, int32_t month) {
  constexpr std::array<int32_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && is_leap ? 29 : kDays[static_cast<size_t>(month - 1)];
}

// Months counted from year 0, so that the one after December is plain.
struct Month {
  int32_t number = 0;
  [[nodiscard]] int32_t year() const { return number / 12; }
  [[nodiscard]] int32_t month() const { return number % 12 + 1; }
  [[nodiscard]] CivilDate day(int32_t wanted) const { return date_of(year(), month(), std::min(wanted, last_day(year(), month()))); }
  [[nodiscard]] CivilDate last() const { return day(31); }
};
Month month_of(CivilDate date) {
  const auto ymd = ymd_of(date);
  return {ymd.year * 12 + ymd.month - 1};
}
Month operator+(Month month, int32_t months) { return {month.number + months}; }

// The place of each name in its list, by how it sounds.
template <size_t N>
std::map<std::string, int32_t, std::less<>> by_sound(const std::array<std::string_view, N>& lists) {
  std::map<std::string, int32_t, std::less<>> places;
  for (size_t place = 0; place < N; ++place) {
    for (const auto name : split_words(lists[place], '|')) places.emplace(sound_of(name), static_cast<int32_t>(place));
  }
  return places;
}

class DateReader {
 public:
  DateReader(const Phrase& phrase, const DateContext& context) : phrase_(phrase), context_(context), today_(context.today) {}

  [[nodiscard]] std::optional<CivilDate> read() const {
    std::vector<Mention> mentions;
    for (size_t at = 0; at < phrase_.size();) {
      auto found = mention_at(at);
      if (!found) {
        ++at;
        continue;
      }
      at = std::max(found->end, at + 1);
      mentions.push_back(*found);
    }
    for (size_t i = 0; i < mentions.size(); ++i) {
      if (!counts(mentions[i])) continue;
      auto day = mentions[i].day;
      // Of alternatives the later.
      while (day && i + 1 < mentions.size() && are_alternatives(mentions[i], mentions[i + 1])) {
        ++i;
        if (!mentions[i].day) return std::nullopt;
        day = std::max(*day, *mentions[i].day);
      }
      return day;
    }
    return context_.was_asked && mentions.empty() ? bare_day() : std::nullopt;
  }

 private:
  const Phrase& phrase_;
  const DateContext& context_;
  CivilDate today_;

  // ---- what is named at a place, the longest forms first

  [[nodiscard]] MaybeMention mention_at(size_t at) const {
    for (const auto reader : {&DateReader::holiday, &DateReader::nth_weekday, &DateReader::relative_day, &DateReader::span, &DateReader::weekday, &DateReader::written_date, &DateReader::month_end, &DateReader::fortnight, &DateReader::day_of_month}) {
      if (auto found = (this->*reader)(at)) return found;
    }
    return std::nullopt;
  }

  // Hoy, mañana, pasado mañana, ayer.
  [[nodiscard]] MaybeMention relative_day(size_t at) const {
    if (phrase_.is_run(at, {"de", "hoy", "en"})) {
      const auto count = count_at(phrase_, at + 3);
      if (!count || phrase_.is(count->end, "dia|dias")) return std::nullopt;
      const bool is_idiom = count->value == 8 || count->value == 15;
      return Mention{at, count->end, is_idiom ? std::optional(today_ + static_cast<int32_t>(count->value - 1)) : std::nullopt};
    }
    if (phrase_.is_run(at, {"hoy", "en"}) && phrase_.is_run_before(at, {"de"})) return std::nullopt;
    if (phrase_.is(at, "hoy|hoi|oy|hoje|hj")) return with_weekday({at, at + 1, today_});
    if (phrase_.is_run(at, {"esta", "tarde|noche|noite|manana|manha|mañana"})) return Mention{at, at + 2, today_};
    if (phrase_.is(at, "anteayer|antier|antes de ayer|anteontem|antiayer")) return Mention{at, at + 1, today_ - 2};
    if (phrase_.is_run(at, {"antes", "de", "ayer"})) return Mention{at, at + 3, today_ - 2};
    if (phrase_.is(at, "ayer|aller|anoche|ontem|alle")) return with_weekday({at, at + 1, today_ - 1});
    if (phrase_.is_run(at, {"pasado", "manana|manan"})) return with_weekday({at, at + 2, today_ + 2});
    if (phrase_.is_run(at, {"depois", "de|d", "amanha"})) return with_weekday({at, at + 3, today_ + 2});
    const bool after_tomorrow = phrase_.is_run_before(at, {"manana|manan|amanha", "o|u|y"});
    if (phrase_.is(at, "pasado") && (after_tomorrow || pays_soon(at + 1))) return Mention{at, at + 1, today_ + 2};
    if (phrase_.is(at, "manana|manan|amanha|mannana|manhana|mnn|mana") && !is_morning(at)) return with_weekday({at, at + 1, today_ + 1});
    return std::nullopt;
  }

  [[nodiscard]] bool pays_soon(size_t at) const {
    if (phrase_.is(at, "le|te|les|se|lo|la|me|yo|sip|si")) ++at;
    if (phrase_.is(at, "le|te|les|se|lo|la")) ++at;
    return phrase_.is(at, kPaysWords);
  }

  // "De la mañana" is the morning; "mañana por la mañana" holds both.
  [[nodiscard]] bool is_morning(size_t at) const {
    return phrase_.is_run_before(at, {"de|en|por|a", "la"}) || phrase_.is_run_before(at, {"la"}) || phrase_.is_run_before(at, {"as|todas", "las"}) || phrase_.is_run_before(at, {"cada"});
  }

  // In N days, N weeks, a month; and N days ago.
  [[nodiscard]] MaybeMention span(size_t at) const {
    size_t number = 0;
    bool is_past = false;
    if (phrase_.is_run(at, {"dentro", "de"}) || phrase_.is_run(at, {"daqui|daki", "a|ha"}) || phrase_.is_run(at, {"de", "aqui", "a"}) || phrase_.is_run(at, {"en|em", "unos|uns"})) {
      number = at + (phrase_.is_run(at, {"de", "aqui"}) ? 3 : 2);
    } else if (phrase_.is(at, "en|em|in|deme|dame|denme|regaleme|espereme|esperame|aguanteme|aguantame") || phrase_.is_run_before(at + 1, {"me", "da|de|das|dan|den|espera|aguanta|regala"})) {
      number = at + 1;
    } else if (phrase_.is(at, "hace|ace|faz|ha|hase")) {
      number = at + 1;
      is_past = true;
    } else {
      return std::nullopt;
    }
    if (phrase_.is(number, "unos|uns|como|menos|maximo|solo")) ++number;
    const auto count = count_at(phrase_, number);
    if (!count) return std::nullopt;
    size_t unit = count->end;
    // "En dos o tres días": nobody has said which.
    if (phrase_.is(unit, "o|ou|a|y")) {
      const auto other = count_at(phrase_, unit + 1);
      if (other && phrase_.is(other->end, "dia*|semana*|mes*")) return Mention{at, other->end + 1, std::nullopt};
    }
    if (phrase_.is(unit, "dia|dias|diitas|diaz")) {
      const bool is_working = phrase_.is(unit + 1, "habil|habiles|abiles|util|uteis|laboral|laborales|laborables");
      if (is_working || count->value > 366) return Mention{at, unit + 2, std::nullopt};
      const auto days = static_cast<int32_t>(count->value);
      return Mention{at, unit + 1, is_past ? today_ - days : today_ + days};
    }
    if (phrase_.is(unit, "semana|semanas|semanita|semanitas") && count->value <= 52) {
      const auto days = static_cast<int32_t>(count->value * 7);
      return Mention{at, unit + 1, is_past ? today_ - days : today_ + days};
    }
    if (phrase_.is(unit, "mes") && count->value == 1) return Mention{at, unit + 1, (month_of(today_) + (is_past ? -1 : 1)).day(ymd_of(today_).day)};
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Weekday> weekday_at(size_t at) const {
    static constexpr std::array<std::string_view, 7> kSpanish = {"lunes|lune|lun", "martes", "miercoles|miercole|mierc|mie", "jueves|jueve|jue|juev", "viernes|vierne|vier|vie|biernes|viernez",
                                                                 "sabado|sab", "domingo|dom"};
    static constexpr std::array<std::string_view, 7> kPortuguese = {"segunda|seg", "terca", "quarta", "quinta|qui", "sexta|sex", "sabado|sab", "domingo|dom"};
    if (!phrase_.is_word(at)) return std::nullopt;
    static const auto kSpanishDays = by_sound(kSpanish), kPortugueseDays = by_sound(kPortuguese);
    const auto& days = context_.is_portuguese ? kPortugueseDays : kSpanishDays;
    const auto found = days.find(phrase_.at(at).sound);
    if (found == days.end()) return std::nullopt;
    const bool is_ordinal = phrase_.is(at + 1, "via|parte|parcela|vez|opcao|cuota|semana|quinzena|quincena");
    const bool is_name = phrase_.is_run_before(at, {"don|sr|senor|seu|dona|tio|primo|santo|santo|rua|calle"});
    return is_ordinal || is_name ? std::nullopt : std::optional(static_cast<Weekday>(found->second));
  }

  [[nodiscard]] int32_t days_until(Weekday day) const { return (static_cast<int32_t>(day) - static_cast<int32_t>(weekday_of(today_)) + 7) % 7; }

  // "El primer lunes", "el último viernes de diciembre", "o primeiro sábado do mês".
  [[nodiscard]] MaybeMention nth_weekday(size_t at) const {
    static constexpr std::array<std::string_view, 5> kOrdinals = {"primer|primero|primeira|primeiro|1er", "segundo|segunda", "tercer|tercero|terceira|terceiro", "cuarto|quarta|quarto", "ultimo|ultima"};
    const auto ordinal = std::ranges::find_if(kOrdinals, [&](std::string_view words) { return phrase_.is(at, words); });
    const auto day = ordinal == kOrdinals.end() || context_.has_paid ? std::nullopt : weekday_at(at + 1);
    if (!day) return std::nullopt;
    Mention mention{at, at + 2, std::nullopt};
    while (phrase_.is(mention.end, "-|feira")) ++mention.end;
    const auto nth = static_cast<int32_t>(ordinal - kOrdinals.begin());
    const auto in = [&](Month month) {
      const CivilDate from = nth == 4 ? month.last() + -6 : month.day(1) + 7 * nth;
      return from + (static_cast<int32_t>(*day) - static_cast<int32_t>(weekday_of(from)) + 7) % 7;
    };
    const auto month = month_of(today_);
    const size_t of = phrase_.is(mention.end, "de|del|do|d") ? mention.end + 1 : mention.end;
    if (const auto other = other_month_at(mention.end)) {
      mention.end = other->end;
      mention.day = in(month + 1);
    } else if (const auto named = of > mention.end ? month_at(of) : std::nullopt) {
      mention.end = of + 1;
      const Month wanted = month + (*named - month.month() + 12) % 12;
      mention.day = in(wanted) >= today_ ? in(wanted) : in(wanted + 12);
    } else {
      mention.day = in(month) >= today_ ? in(month) : in(month + 1);
    }
    return mention;
  }

  [[nodiscard]] bool is_rest(CivilDate day) const { return weekday_of(day) >= Weekday::Saturday || compliance::is_holiday(context_.country, day); }

  // The next holiday, of that weekday or next to a weekend where such a one is meant.
  [[nodiscard]] std::optional<CivilDate> next_holiday(std::optional<Weekday> weekday, bool is_long_weekend) const {
    constexpr int32_t kFarthest = 120;  // Days: who means a later one says more.
    for (CivilDate day = today_; day <= today_ + kFarthest; day = day + 1) {
      const bool is_meant = (!weekday || weekday_of(day) == *weekday) && (!is_long_weekend || weekday_of(day) != Weekday::Wednesday);
      if (is_meant && compliance::is_holiday(context_.country, day)) return day;
    }
    return std::nullopt;
  }

  // "El lunes festivo", "el feriado", and "después del puente": the first working day after it.
  [[nodiscard]] MaybeMention holiday(size_t at) const {
    constexpr std::string_view kHoliday = "festivo|feriado|feriadao|asueto";
    if (context_.has_paid) return std::nullopt;
    if (phrase_.is(at, "despues|depois|luego|pasando|pasado|pasados|dps")) {
      size_t next = at + 1;
      while (phrase_.is(next, "de|del|do|el|este|o|la|los|que|q|pase")) ++next;
      const bool is_long = phrase_.is(next, "puente");
      if (!is_long && !phrase_.is(next, kHoliday)) return std::nullopt;
      auto day = next_holiday(std::nullopt, is_long);
      while (day && is_rest(*day)) day = *day + 1;
      return Mention{at, next + 1, day};
    }
    if (const auto weekday = weekday_at(at); weekday && phrase_.is(at + 1, kHoliday)) return Mention{at, at + 2, next_holiday(*weekday, false)};
    if (phrase_.is(at, "puente") || !phrase_.is(at, kHoliday)) return std::nullopt;
    return Mention{at, at + 1, next_holiday(std::nullopt, false)};
  }

  [[nodiscard]] MaybeMention weekday(size_t at) const {
    const auto day = weekday_at(at);
    if (!day) return std::nullopt;
    Mention mention{at, at + 1, std::nullopt};
    if (phrase_.is(mention.end, "-")) ++mention.end;
    if (phrase_.is(mention.end, "feira")) ++mention.end;
    // "Viernes 28", "viernes 28 de noviembre", "viernes, el 28": both must agree.
    size_t number = mention.end;
    if (phrase_.is(number, "dia|el")) ++number;
    if (phrase_.is(number, "dia")) ++number;
    if (phrase_.is_number(number)) {
      if (const auto exact = number_day(number)) {
        mention.end = exact->end;
        if (exact->day && weekday_of(*exact->day) == *day) mention.day = exact->day;
        return mention;
      }
    }
    if (phrase_.is_run_before(at, {"el|la|del|al|o|no|na", "otro|otra|outro|outra"})) return mention;
    const int32_t days = days_until(*day);
    const bool was_last = phrase_.is(mention.end, "pasado|passado|passada|ultimo|anterior") || phrase_.is_run_before(at, {"pasado|passado|passada|ultimo|ultima"});
    if (speaks_of_the_past(at) || was_last) {
      if (phrase_.is(mention.end, "pasado|passado|passada")) ++mention.end;
      if (is_past_payment(at)) mention.day = today_ - (days == 0 ? 7 : 7 - days);
      return mention;
    }
    const bool is_this = phrase_.is_run_before(at, {"este|esta|esse|essa|nesta|neste|hoy|hoje|deste|desta|hj"});
    mention.day = today_ + (days == 0 && !is_this ? 7 : days);
    if (const size_t end = next_week_after(mention.end)) {
      const int32_t next_monday = 7 - static_cast<int32_t>(weekday_of(today_));
      mention.day = today_ + next_monday + static_cast<int32_t>(*day);
      mention.end = end;
    } else if (phrase_.is_run(mention.end, {"de|da|desta|dessa", "esta|semana"})) {
      mention.end += 2;
    }
    return mention;
  }

  // "De la otra semana", "de la semana que viene": the place after it.
  [[nodiscard]] size_t next_week_after(size_t at) const {
    if (phrase_.is(at, "de|da|en|d")) ++at;
    if (phrase_.is(at, "la|a")) ++at;
    if (phrase_.is(at, "otra|proxima|siguiente|outra|seguinte|prox") && phrase_.is(at + 1, "semana|sem")) return at + 2;
    if (!phrase_.is(at, "semana|sem")) return 0;
    if (phrase_.is(at + 1, kNextWords)) return at + 2;
    return phrase_.is(at + 1, "que|q|k|entrante") ? at + (phrase_.is(at + 1, "entrante") ? 2 : 3) : 0;
  }

  [[nodiscard]] std::optional<int32_t> month_at(size_t at) const {
    static constexpr std::array<std::string_view, 12> kMonths = {"enero|janeiro|ene|jan", "febrero|fevereiro|feb|fev", "marzo|marco|mar", "abril|abr", "mayo|maio|may|mai", "junio|junho|jun",
                                                                 "julio|julho|jul", "agosto|ago", "septiembre|setiembre|setembro|sep|sept|set", "octubre|outubro|oct|out", "noviembre|novembro|nov", "diciembre|dezembro|dic|dez"};
    if (!phrase_.is_word(at)) return std::nullopt;
    for (size_t month = 0; month < 12; ++month) {
      if (phrase_.is(at, kMonths[month])) return static_cast<int32_t>(month + 1);
    }
    static const auto kMonthSounds = by_sound(kMonths);
    const auto found = phrase_.at(at).text.size() > 4 ? kMonthSounds.find(phrase_.at(at).sound) : kMonthSounds.end();
    return found == kMonthSounds.end() ? std::nullopt : std::optional(found->second + 1);
  }

  // Day first; without a year the next one, or of what was paid the last one.
  [[nodiscard]] std::optional<CivilDate> in_year(int32_t day, int32_t month, std::optional<int32_t> year, bool is_past) const {
    if (month < 1 || month > 12 || day < 1) return std::nullopt;
    if (year) return as_optional(civil_date(*year < 100 ? 2000 + *year : *year, month, day));
    const int32_t this_year = ymd_of(today_).year;
    if (day > last_day(this_year, month)) return std::nullopt;
    const auto near = as_optional(civil_date(this_year, month, day));
    if (!near) return std::nullopt;
    if (is_past) return *near <= today_ ? near : as_optional(civil_date(this_year - 1, month, day));
    return *near >= today_ ? near : as_optional(civil_date(this_year + 1, month, day));
  }
  static std::optional<CivilDate> as_optional(const Result<CivilDate>& date) { return date ? std::optional(*date) : std::nullopt; }

  // "5/12", "5-12-26".
  [[nodiscard]] MaybeMention written_date(size_t at) const {
    const auto is_part = [&](size_t place) { return phrase_.is_number(place) && phrase_.at(place).text.size() <= 4 && phrase_.at(place).text.find_first_not_of("0123456789") == std::string::npos; };
    const auto mark = [&](size_t place) { return phrase_.is(place, "/|-") && phrase_.at(place).is_glued && phrase_.at(place + 1).is_glued; };
    if (!is_part(at) || !mark(at + 1) || !is_part(at + 2) || (at > 0 && phrase_.is(at - 1, "/|-|$") && phrase_.at(at).is_glued)) return std::nullopt;
    const auto number = [&](size_t place) { return static_cast<int32_t>(std::stoi(phrase_.at(place).text)); };
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
  [[nodiscard]] MaybeMention month_end(size_t at) const {
    if (!phrase_.is(at, "fin|fines|final|finales|fim|finais|ultimo|ultimos|finalizar|finalizando|acabar|terminar")) return std::nullopt;
    size_t next = at + 1;
    if (phrase_.is(next, "dia")) ++next;
    if (phrase_.is(next, "de|del|do|d|da")) ++next;
    if (phrase_.is(next, "este|esse|el|ese")) ++next;
    if (phrase_.is(next, "ano|anio")) return Mention{at, next + 1, date_of(ymd_of(today_).year, 12, 31)};
    if (const auto other = other_month_at(next)) return Mention{at, other->end, (month_of(today_) + 1).last()};
    if (phrase_.is(next, "mes")) {
      const bool was_last = phrase_.is(next + 1, "pasado|passado");
      if (was_last) return Mention{at, next + 2, is_past_payment(at) ? std::optional((month_of(today_) + -1).last()) : std::nullopt};
      return Mention{at, next + 1, month_of(today_).last()};
    }
    if (const auto month = month_at(next)) {
      const auto this_month = month_of(today_);
      return Mention{at, next + 1, (this_month + (*month - this_month.month() + 12) % 12).last()};
    }
    return std::nullopt;
  }

  // "Otro mes", "mes que viene", "próximo mes", with or without an article.
  [[nodiscard]] MaybeMention other_month_at(size_t at) const {
    size_t next = at;
    if (phrase_.is(next, "de|del|do|d")) ++next;
    if (phrase_.is(next, "el")) ++next;
    if (phrase_.is(next, "otro|proximo|siguiente|outro|prox|seguinte") && phrase_.is(next + 1, "mes")) return Mention{at, next + 2, std::nullopt};
    if (!phrase_.is(next, "mes")) return std::nullopt;
    if (phrase_.is(next + 1, kNextWords) || phrase_.is(next + 1, "entrante")) return Mention{at, next + 2, std::nullopt};
    return phrase_.is_run(next + 1, {"que|q|k", kComing}) ? std::optional(Mention{at, next + 3, std::nullopt}) : std::nullopt;
  }

  // The 15th or the last of the month.
  [[nodiscard]] MaybeMention fortnight(size_t at) const {
    if (!phrase_.is(at, "quincena|quinzena|kincena|quinsena|kinsena|quinna")) return std::nullopt;
    Mention mention{at, at + 1, std::nullopt};
    if (phrase_.is_run_before(at, {"cada|otra|por|primera|segunda|primeira|toda"})) return mention;
    const bool is_next = phrase_.is_run_before(at, {kNextWords}) || phrase_.is(at + 1, kNextWords) || phrase_.is_run(at + 1, {"que|q|k", kComing}) || phrase_.is(at + 1, "entrante");
    const auto month = month_of(today_);
    const int32_t day = ymd_of(today_).day;
    if (speaks_of_the_past(at) || phrase_.is(at + 1, "pasada|passada")) {
      if (is_past_payment(at)) mention.day = today_ == month.last() ? today_ : day >= 15 ? month.day(15) : (month + -1).last();
      return mention;
    }
    const CivilDate from = is_next ? today_ + 1 : today_;
    mention.day = from <= month.day(15) ? month.day(15) : from <= month.last() ? month.last() : (month + 1).day(15);
    return mention;
  }

  // "El 30", "día 10", "el primero", with its month if it is said.
  [[nodiscard]] MaybeMention day_of_month(size_t at) const {
    const bool is_introduced = phrase_.is_run_before(at, {"el|dia|del|al|proximo|ao"}) || phrase_.is_run_before(at, {"entre|o|y", "el"}) || phrase_.is_run_before(at, {"el", "dia"}) ||
                               phrase_.is_run_before(at, {"hasta|ate"}) || (at > 0 && phrase_.is_run_before(at, {"el"}));
    const bool has_month = phrase_.is_number(at) && (phrase_.is(at + 1, "de|d") && month_at(at + 2));
    const bool is_second = at > 1 && phrase_.is(at - 1, "o|ou|y|al|u") && phrase_.is_number(at - 2) && phrase_.is_run_before(at - 2, {"el|dia"});
    if (!is_introduced && !has_month && !is_second) return std::nullopt;
    return number_day(at);
  }

  [[nodiscard]] MaybeMention number_day(size_t at) const {
    std::optional<Count> count;
    if (phrase_.is(at, "primero|primeiro|primer")) count = Count{1, at + 1, true};
    else count = count_at(phrase_, at);
    if (!count || count->value < 1 || count->value > 31 || (phrase_.is_number(at) && phrase_.at(at).text.size() > 2)) return std::nullopt;
    if (count->in_words && phrase_.is(at, "un|uno|una|um|uma")) return std::nullopt;
    Mention mention{at, count->end, std::nullopt};
    if (phrase_.at(mention.end).is_glued && phrase_.is(mention.end, "ro|ero|o|er")) ++mention.end;  // "1ro"
    if (!phrase_.is_number(at) || !phrase_.at(mention.end).is_glued || !phrase_.is(mention.end, "%|k|x|am|pm|h|hs|hrs|:|gb|mb|m")) {
      const bool is_quantity = phrase_.is(mention.end, "mil|millon*|milh*|k|%|por|cuota*|pesos|soles|reais|dias|semanas|meses|horas|hrs|am|pm|personas|partes|pagos|veces|vezes|lucas|luca|palos|anos|megas") &&
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
      if (phrase_.is_number(number) && phrase_.at(number).text.size() == 4 && phrase_.at(number).text.starts_with("20")) {
        year = static_cast<int32_t>(std::stoi(phrase_.at(number).text));
        end = number + 1;
      }
      return Mention{at, end, in_year(day, *month, year, is_past)};
    }
    const auto month = month_of(today_);
    if (const auto other = other_month_at(of)) return Mention{at, other->end, (month + 1).day(day)};
    if (phrase_.is_run(of, {"del|do", "mes", "pasado|passado"}) || phrase_.is_run(of, {"del|do|de", "pasado"})) {
      mention.end = of + 3;
      if (is_past_payment(at)) mention.day = (month + -1).day(day);
      return mention;
    }
    if (is_past) {
      if (is_past_payment(at)) mention.day = month.day(day) <= today_ && day <= last_day(month.year(), month.month()) ? month.day(day) : (month + -1).day(day);
      return mention;
    }
    const bool is_next = phrase_.is_run_before(at, {kNextWords});
    const CivilDate near = month.day(day);
    mention.day = near > today_ || (near == today_ && !is_next) ? near : (month + 1).day(day);
    return mention;
  }

  // "Mañana viernes", "hoy viernes": both must agree.
  [[nodiscard]] MaybeMention with_weekday(Mention mention) const {
    const auto day = weekday_at(mention.end);
    if (!day) return mention;
    ++mention.end;
    if (weekday_of(*mention.day) != *day) mention.day.reset();
    return mention;
  }

  // The date was asked for, and the answer is a number.
  [[nodiscard]] std::optional<CivilDate> bare_day() const {
    for (size_t at = 0; at < phrase_.size(); ++at) {
      const auto count = count_at(phrase_, at);
      if (!count) continue;
      const bool is_hour = phrase_.is_run_before(at, {"las|as"});
      const auto found = is_hour ? std::nullopt : number_day(at);
      return found ? found->day : std::nullopt;
    }
    return std::nullopt;
  }

  // ---- which of them counts

  [[nodiscard]] bool is_past_payment(size_t) const { return context_.has_paid; }
  // Of a payment made, unless the words of this clause promise one: "pagué la mitad, el viernes pago el resto".
  [[nodiscard]] bool speaks_of_the_past(size_t at) const {
    if (!context_.has_paid) return false;
    const size_t begin = phrase_.clause_begin(at), end = phrase_.clause_end(at);
    const bool promises = phrase_.has(begin, end, "pagare|pago|deposito|consigno|abonare|transfiero|pagarei|voy|vou|mando|cancelo|abono|resto|pagar|doy") && !phrase_.has(begin, end, kPaidWords);
    return !promises;
  }

  [[nodiscard]] bool counts(const Mention& mention) const {
    const size_t begin = phrase_.clause_begin(mention.begin), end = phrase_.clause_end(mention.begin);
    if (is_refused(mention, begin) || is_condition(mention, begin) || is_after(mention.begin)) return false;
    if (phrase_.has(begin, end, "abren|abierto|abierta|abrem|cierran|atienden|atendem|horario|tecnico|visita|vinieron|instal*|cortaron|abre|nacio|cumple|cumpleanos") && !phrase_.has(begin, end, kPaysWords)) return false;
    // A day that has passed is one of a payment made, or of something else.
    return !mention.day || *mention.day >= today_ || context_.has_paid;
  }

  // "No puedo el viernes", "el viernes no".
  [[nodiscard]] bool is_refused(const Mention& mention, size_t begin) const {
    for (size_t at = begin; at < mention.begin; ++at) {
      if (phrase_.is_refusal(at) && !phrase_.has(at, mention.begin, "hasta|ate|sino|hasta")) return true;
    }
    return phrase_.is_refusal(mention.end) && !phrase_.is(mention.end, "n");
  }

  // "Si me pagan el viernes, …", "apenas cobre el 15"; not "si, el viernes" nor "si el viernes".
  [[nodiscard]] bool is_condition(const Mention& mention, size_t begin) const {
    for (size_t at = begin; at < mention.begin; ++at) {
      const bool is_one = phrase_.is(at, "cuando|apenas|quando|aver") || phrase_.is_run(at, {"en", "cuanto"}) || phrase_.is_run(at, {"assim|asi|ni", "que|q|bien"}) || (phrase_.is(at, "si|se") && is_if(at, mention.begin));
      if (is_one) return true;
    }
    return false;
  }
  [[nodiscard]] bool is_if(size_t at, size_t mention) const {
    if (phrase_.is(at, "se") && !context_.is_portuguese) return false;
    for (size_t word = at + 1; word < mention; ++word) {
      if (!phrase_.is(word, "el|la|los|este|esta|para|hasta|no|na|o|a|dia|de|senor|senora|senorita|claro|yo|le|te|ya|por|en")) return at + 1 < mention && !phrase_.has(at + 1, mention, kPaysWords);
    }
    return false;
  }

  // "Después del 15", "a partir del lunes": later than that, nobody has said when.
  [[nodiscard]] bool is_after(size_t at) const {
    while (at > 0 && phrase_.is(at - 1, "el|la|dia|de|del|do|da|este|esta|proximo|proxima")) --at;
    return phrase_.is_run_before(at, {"despues|depois|luego|partir|pasando|pasado|dps"}) || (phrase_.is_run_before(at, {"desde"}) && !context_.has_paid);
  }

  [[nodiscard]] bool are_alternatives(const Mention& first, const Mention& second) const {
    size_t at = first.end;
    while (at < second.begin && phrase_.is(at, "el|la|dia|a|mas|tardar|para|por|no|na|este")) ++at;
    const bool between = first.begin > 0 && phrase_.has(phrase_.clause_begin(first.begin), first.begin, "entre");
    const bool is_link = phrase_.is(at, "o|ou|u|al") || (between && phrase_.is(at, "y|e"));
    if (!is_link) return false;
    for (++at; at < second.begin; ++at) {
      if (!phrase_.is(at, "el|la|dia|a|mas|tardar|para|por|no|na|este|sea")) return false;
    }
    return true;
  }
};

}  // namespace

std::optional<CivilDate> date_in(const Phrase& phrase, const DateContext& context) {
  DateContext full = context;
  full.has_paid = full.has_paid || tells_of_a_payment(phrase);
  return DateReader(phrase, full).read();
}

bool tells_of_a_payment(const Phrase& phrase) {
  for (size_t at = 0; at < phrase.size(); ++at) {
    if (!phrase.is(at, kPaidWords)) continue;
    // "Que le pague", "cuando pague": a wish or a condition. "No pagué": nothing was paid.
    size_t before = at;
    while (before > 0 && phrase.is(before - 1, "le|les|te|se|lo|la|los|me|nos|eu|yo|ya|ja")) --before;
    const bool is_wish = before > 0 && phrase.is(before - 1, "que|q|cuando|apenas|para|si|no|nao|a|favor|porfa|porfavor|usted") && !phrase.is_run_before(before, {"si"}) && !phrase.is_run_before(before, {"es|lo|creo|dije", "que|q"});
    const bool says_already = phrase.has(before, at, "ya|ja");
    if (!is_wish || (says_already && !phrase.is_run_before(before, {"no|nao"}))) return true;
  }
  return false;
}

}  // namespace puntual::conversation
