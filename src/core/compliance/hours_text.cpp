// The hours of a pack as people say them.
#include <fmt/format.h>

#include "core/compliance/gate.h"
#include "core/compliance/rule_book.h"

namespace puntual::compliance {
namespace {

constexpr std::string_view kDayNames[] = {"lunes", "martes", "miércoles", "jueves", "viernes", "sábados", "domingos"};

std::string clock_es(int minute) {
  const int hour = minute / 60 % 24;
  const int shown = hour % 12 == 0 ? 12 : hour % 12;
  const std::string minutes = minute % 60 == 0 ? std::string() : fmt::format(":{:02}", minute % 60);
  return fmt::format("{}{} {}", shown, minutes, hour == 12 && minute % 60 == 0 ? "m." : hour < 12 ? "a. m." : "p. m.");
}

std::string days_es(size_t first, size_t last) {
  if (first != last) return fmt::format("de {} a {}", kDayNames[first], first == 0 && last == 5 ? "sábado" : last == 6 ? "domingo" : kDayNames[last]);
  return fmt::format("los {}", kDayNames[first]);
}

}  // namespace

std::string contact_hours_es(std::string_view country) {
  const Jurisdiction* jurisdiction = RuleBook::built_in().find(country);
  if (jurisdiction == nullptr) return {};
  const auto& days = jurisdiction->pack.messages.strict.days;
  std::vector<std::string> parts;
  for (size_t first = 0; first < days.size();) {
    size_t last = first;
    while (last + 1 < days.size() && days[last + 1].from == days[first].from && days[last + 1].to == days[first].to) ++last;
    if (!days[first].closed()) {
      parts.push_back(fmt::format("{} de {} a {}", days_es(first, last), clock_es(days[first].from), clock_es(days[first].to)));
    }
    first = last + 1;
  }
  std::string text;
  for (size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : i + 1 == parts.size() ? " y " : ", ") + parts[i];
  if (jurisdiction->pack.messages.strict.closed_on_holidays) text += ", nunca en días festivos";
  return text;
}

}  // namespace puntual::compliance
