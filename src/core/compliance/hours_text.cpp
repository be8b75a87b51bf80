#include "core/compliance/hours_text.h"

// The hours of a pack as people say them.
#include <fmt/format.h>

#include "core/compliance/gate.h"
#include "core/compliance/rule_book.h"

namespace puntual::compliance {
namespace {

// How one language tells days and hours.
struct Speech {
  std::string_view days[7];         // As "los sábados" has them.
  std::string_view last_single[7];  // As "de lunes a sábado" has them.
  std::string_view on, from, to, clock_and, holidays;
};
constexpr Speech kSpanish = {
    .days = {"lunes", "martes", "miércoles", "jueves", "viernes", "sábados", "domingos"},
    .last_single = {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"},
    .on = "los",
    .from = "de",
    .to = "a",
    .clock_and = " y ",
    .holidays = ", nunca en días festivos"};
constexpr Speech kPortuguese = {
    .days = {"segundas", "terças", "quartas", "quintas", "sextas", "sábados", "domingos"},
    .last_single = {"segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"},
    .on = "aos",
    .from = "das",
    .to = "às",
    .clock_and = " e ",
    .holidays = ", nunca em feriados"};

std::string clock_text(int minute, bool is_portuguese) {
  const int hour = minute / 60 % 24;
  if (is_portuguese)
    return minute % 60 == 0 ? fmt::format("{}h", hour) : fmt::format("{}h{:02}", hour, minute % 60);
  const int shown = hour % 12 == 0 ? 12 : hour % 12;
  const std::string minutes = minute % 60 == 0 ? std::string() : fmt::format(":{:02}", minute % 60);
  return fmt::format("{}{} {}", shown, minutes,
                     hour == 12 && minute % 60 == 0 ? "m."
                     : hour < 12                    ? "a. m."
                                                    : "p. m.");
}

std::string days_text(size_t first, size_t last, const Speech& speech) {
  if (first != last)
    return fmt::format("de {} a {}", speech.last_single[first], speech.last_single[last]);
  const bool is_feminine = &speech == &kPortuguese && first < 5;
  return fmt::format("{} {}", is_feminine ? "às" : speech.on, speech.days[first]);
}

}  // namespace

std::string contact_hours_in(std::string_view locale, std::string_view country,
                             const RuleBook& book, CivilDate today) {
  const bool is_portuguese = locale.starts_with("pt");
  const Speech& speech = is_portuguese ? kPortuguese : kSpanish;
  const Jurisdiction* jurisdiction = book.find(country);
  if (jurisdiction == nullptr) return {};
  const auto& window = jurisdiction->edition_on(today).pack.messages.strict;
  const auto& days = window.days;
  std::vector<std::string> parts;
  for (size_t first = 0; first < days.size();) {
    size_t last = first;
    while (last + 1 < days.size() && days[last + 1].from == days[first].from &&
           days[last + 1].to == days[first].to)
      ++last;
    if (!days[first].closed()) {
      parts.push_back(fmt::format("{} {} {} {} {}", days_text(first, last, speech), speech.from,
                                  clock_text(days[first].from, is_portuguese), speech.to,
                                  clock_text(days[first].to, is_portuguese)));
    }
    first = last + 1;
  }
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i)
    text += (i == 0                  ? std::string_view()
             : i + 1 == parts.size() ? speech.clock_and
                                     : std::string_view(", ")),
        text += parts[i];
  if (window.closed_on_holidays) text += speech.holidays;
  return text;
}

}  // namespace puntual::compliance
