// Amounts, dates and lists as people of a country write them (ICU behind). For machines there are
// base/money.h's format_plain and base/time.h's format_date.
//
// locale: "es_CO", "pt_BR" ("es-CO" is read as well); plain "es" stands for es_419, because Spain
// groups four-digit amounts differently. No-break spaces of ICU become plain blanks: WhatsApp shows
// them alike, and texts stay comparable. Pure and thread-safe; formatters are kept for each thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/money.h"
#include "base/text.h"
#include "base/time.h"

namespace puntual {

// "$ 1.234.567", "S/ 1,234.50", "$1.250". Pesos (COP) are written without decimals as everybody
// does, unless there are cents: they are never hidden. A foreign currency never shows a bare '$':
// "US$ 20,00", "USD 20.00".
[[nodiscard]] std::string format_money(Money money, std::string_view locale);
// As in the country whose money it is; that of several countries with its code.
[[nodiscard]] std::string format_money_at_home(Money money);

[[nodiscard]] std::string format_long_date(CivilDate date,
                                           std::string_view locale);  // "24 de noviembre de 2026"
[[nodiscard]] std::string format_weekday_date(CivilDate date,
                                              std::string_view locale);  // "martes 24 de noviembre"
[[nodiscard]] std::string format_short_date(
    CivilDate date, std::string_view locale);  // "24/11/2026", es_CL "24-11-2026"

// "A", "A y B", "A, B y C"; Spanish writes "e" before the sound i ("José e Inés").
[[nodiscard]] std::string join_list(std::span<const std::string> items, std::string_view locale);

}  // namespace puntual
