#include "core/conversation/day_reader.h"

#include "core/compliance/gate.h"

namespace puntual::conversation {

MaybeMention DayReader::mention_at(size_t at) const {
  for (const auto reader :
       {&DayReader::holiday, &DayReader::nth_weekday, &DayReader::relative_day, &DayReader::span,
        &DayReader::weekday, &DayReader::written_date, &DayReader::month_end, &DayReader::fortnight,
        &DayReader::day_of_month}) {
    if (auto found = (this->*reader)(at)) return found;
  }
  return std::nullopt;
}

bool DayReader::speaks_of_the_past(size_t at) const {
  if (!context_.has_paid) return false;
  const size_t begin = phrase_.clause_begin(at), end = phrase_.clause_end(at);
  const bool promises = phrase_.has(begin, end,
                                    "pagare|pago|deposito|consigno|abonare|transfiero|pagarei|voy|"
                                    "vou|mando|cancelo|abono|resto|pagar|doy") &&
                        !phrase_.has(begin, end, kPaidWords);
  return !promises;
}

// Hoy, mañana, pasado mañana, ayer.
MaybeMention DayReader::relative_day(size_t at) const {
  if (phrase_.is_run(at, {"de", "hoy", "en"})) {
    const auto count = count_at(phrase_, at + 3);
    if (!count || phrase_.is(count->end, "dia|dias")) return std::nullopt;
    const bool is_idiom = count->value == 8 || count->value == 15;
    return Mention{
        at, count->end,
        is_idiom ? std::optional(today_ + static_cast<int32_t>(count->value - 1)) : std::nullopt};
  }
  if (phrase_.is_run(at, {"hoy", "en"}) && phrase_.is_run_before(at, {"de"})) return std::nullopt;
  if (phrase_.is(at, "hoy|hoi|oy|hoje|hj")) return with_weekday({at, at + 1, today_});
  if (phrase_.is_run(at, {"esta", "tarde|noche|noite|manana|manha|mañana"}))
    return Mention{at, at + 2, today_};
  if (phrase_.is(at, "anteayer|antier|antes de ayer|anteontem|antiayer"))
    return Mention{at, at + 1, today_ - 2};
  if (phrase_.is_run(at, {"antes", "de", "ayer"})) return Mention{at, at + 3, today_ - 2};
  if (phrase_.is(at, "ayer|aller|anoche|ontem|alle")) return with_weekday({at, at + 1, today_ - 1});
  if (phrase_.is_run(at, {"pasado", "manana|manan"})) return with_weekday({at, at + 2, today_ + 2});
  if (phrase_.is_run(at, {"depois", "de|d", "amanha"}))
    return with_weekday({at, at + 3, today_ + 2});
  const bool after_tomorrow = phrase_.is_run_before(at, {"manana|manan|amanha", "o|u|y"});
  if (phrase_.is(at, "pasado") && (after_tomorrow || pays_soon(at + 1)))
    return Mention{at, at + 1, today_ + 2};
  if (phrase_.is(at, "manana|manan|amanha|mannana|manhana|mnn|mana") && !is_morning(at))
    return with_weekday({at, at + 1, today_ + 1});
  return std::nullopt;
}

bool DayReader::pays_soon(size_t at) const {
  if (phrase_.is(at, "le|te|les|se|lo|la|me|yo|sip|si")) ++at;
  if (phrase_.is(at, "le|te|les|se|lo|la")) ++at;
  return phrase_.is(at, kPaysWords);
}

// "De la mañana" is the morning; "mañana por la mañana" holds both.
bool DayReader::is_morning(size_t at) const {
  return phrase_.is_run_before(at, {"de|en|por|a", "la"}) || phrase_.is_run_before(at, {"la"}) ||
         phrase_.is_run_before(at, {"as|todas", "las"}) || phrase_.is_run_before(at, {"cada"});
}

// In N days, N weeks, a month; and N days ago.
MaybeMention DayReader::span(size_t at) const {
  size_t number = 0;
  bool is_past = false;
  if (phrase_.is_run(at, {"dentro", "de"}) || phrase_.is_run(at, {"daqui|daki", "a|ha"}) ||
      phrase_.is_run(at, {"de", "aqui", "a"}) || phrase_.is_run(at, {"en|em", "unos|uns"})) {
    number = at + (phrase_.is_run(at, {"de", "aqui"}) ? 3 : 2);
  } else if (phrase_.is(
                 at, "en|em|in|deme|dame|denme|regaleme|espereme|esperame|aguanteme|aguantame") ||
             phrase_.is_run_before(at + 1, {"me", "da|de|das|dan|den|espera|aguanta|regala"})) {
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
    if (other && phrase_.is(other->end, "dia*|semana*|mes*"))
      return Mention{at, other->end + 1, std::nullopt};
  }
  if (phrase_.is(unit, "dia|dias|diitas|diaz")) {
    const bool is_working =
        phrase_.is(unit + 1, "habil|habiles|abiles|util|uteis|laboral|laborales|laborables");
    if (is_working || count->value > 366) return Mention{at, unit + 2, std::nullopt};
    const auto days = static_cast<int32_t>(count->value);
    return Mention{at, unit + 1, is_past ? today_ - days : today_ + days};
  }
  if (phrase_.is(unit, "semana|semanas|semanita|semanitas") && count->value <= 52) {
    const auto days = static_cast<int32_t>(count->value * 7);
    return Mention{at, unit + 1, is_past ? today_ - days : today_ + days};
  }
  if (phrase_.is(unit, "mes") && count->value == 1)
    return Mention{at, unit + 1, (month_of(today_) + (is_past ? -1 : 1)).day(ymd_of(today_).day)};
  return std::nullopt;
}

std::optional<Weekday> DayReader::weekday_at(size_t at) const {
  static constexpr std::array<std::string_view, 7> kSpanish = {
      "lunes|lune|lun|lunesito",
      "martes|martesito",
      "miercoles|miercole|mierc|mie",
      "jueves|jueve|jue|juev|juevesito",
      "viernes|vierne|vier|vie|biernes|viernez|viernesito|viernecito",
      "sabado|sab|sabadito",
      "domingo|dom|dominguito"};
  static constexpr std::array<std::string_view, 7> kPortuguese = {
      "segunda|seg", "terca", "quarta", "quinta|qui", "sexta|sex", "sabado|sab", "domingo|dom"};
  if (!phrase_.is_word(at)) return std::nullopt;
  static const auto kSpanishDays = by_sound(kSpanish), kPortugueseDays = by_sound(kPortuguese);
  const auto& days = context_.is_portuguese ? kPortugueseDays : kSpanishDays;
  const auto found = days.find(phrase_.at(at).sound);
  if (found == days.end()) return std::nullopt;
  const bool is_ordinal =
      phrase_.is(at + 1, "via|parte|parcela|vez|opcao|cuota|semana|quinzena|quincena");
  const bool is_name =
      phrase_.is_run_before(at, {"don|sr|senor|seu|dona|tio|primo|santo|santo|rua|calle"});
  return is_ordinal || is_name ? std::nullopt : std::optional(static_cast<Weekday>(found->second));
}

int32_t DayReader::days_until(Weekday day) const {
  return (static_cast<int32_t>(day) - static_cast<int32_t>(weekday_of(today_)) + 7) % 7;
}

// "El primer lunes", "el último viernes de diciembre", "o primeiro sábado do mês".
MaybeMention DayReader::nth_weekday(size_t at) const {
  static constexpr std::array<std::string_view, 5> kOrdinals = {
      "primer|primero|primeira|primeiro|1er", "segundo|segunda", "tercer|tercero|terceira|terceiro",
      "cuarto|quarta|quarto", "ultimo|ultima"};
  const auto ordinal = std::ranges::find_if(
      kOrdinals, [&](std::string_view words) { return phrase_.is(at, words); });
  const auto day =
      ordinal == kOrdinals.end() || context_.has_paid ? std::nullopt : weekday_at(at + 1);
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

bool DayReader::is_rest(CivilDate day) const {
  return weekday_of(day) >= Weekday::Saturday || compliance::is_holiday(context_.country, day);
}

// The next holiday, of that weekday or next to a weekend where such a one is meant.
std::optional<CivilDate> DayReader::next_holiday(std::optional<Weekday> weekday,
                                                 bool is_long_weekend) const {
  constexpr int32_t kFarthest = 120;  // Days: who means a later one says more.
  for (CivilDate day = today_; day <= today_ + kFarthest; day = day + 1) {
    const bool is_meant = (!weekday || weekday_of(day) == *weekday) &&
                          (!is_long_weekend || weekday_of(day) != Weekday::Wednesday);
    if (is_meant && compliance::is_holiday(context_.country, day)) return day;
  }
  return std::nullopt;
}

// "El lunes festivo", "el feriado", and "después del puente": the first working day after it.
MaybeMention DayReader::holiday(size_t at) const {
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
  if (const auto weekday = weekday_at(at); weekday && phrase_.is(at + 1, kHoliday))
    return Mention{at, at + 2, next_holiday(*weekday, false)};
  if (phrase_.is(at, "puente") || !phrase_.is(at, kHoliday)) return std::nullopt;
  return Mention{at, at + 1, next_holiday(std::nullopt, false)};
}

MaybeMention DayReader::weekday(size_t at) const {
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
  const bool was_last = phrase_.is(mention.end, "pasado|passado|passada|ultimo|anterior") ||
                        phrase_.is_run_before(at, {"pasado|passado|passada|ultimo|ultima"});
  if (speaks_of_the_past(at) || was_last) {
    if (phrase_.is(mention.end, "pasado|passado|passada")) ++mention.end;
    if (context_.has_paid) mention.day = today_ - (days == 0 ? 7 : 7 - days);
    return mention;
  }
  const bool is_this =
      phrase_.is_run_before(at, {"este|esta|esse|essa|nesta|neste|hoy|hoje|deste|desta|hj"});
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
size_t DayReader::next_week_after(size_t at) const {
  if (phrase_.is(at, "de|da|en|d")) ++at;
  if (phrase_.is(at, "la|a")) ++at;
  if (phrase_.is(at, "otra|proxima|siguiente|outra|seguinte|prox") &&
      phrase_.is(at + 1, "semana|sem"))
    return at + 2;
  if (!phrase_.is(at, "semana|sem")) return 0;
  if (phrase_.is(at + 1, kNextWords)) return at + 2;
  return phrase_.is(at + 1, "que|q|k|entrante") ? at + (phrase_.is(at + 1, "entrante") ? 2 : 3) : 0;
}

// "Mañana viernes", "hoy viernes": both must agree.
MaybeMention DayReader::with_weekday(Mention mention) const {
  const auto day = weekday_at(mention.end);
  if (!day) return mention;
  ++mention.end;
  if (weekday_of(*mention.day) != *day) mention.day.reset();
  return mention;
}

}  // namespace puntual::conversation
