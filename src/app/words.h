// Spanish for what the engine says in codes, and for moments and steps. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/zone.h"
#include "core/compliance/gate.h"

namespace puntual {

// A sentence for one code or several with blanks between ("WINDOW_HOURS DAILY_CAP",
// "step_pending").
[[nodiscard]] std::string reason_es(std::string_view codes);
// Does one of the codes stand until somebody does something, so that no date can be told?
[[nodiscard]] bool is_until_told(std::string_view codes);
// What the person gets, after their name: "recibe un recordatorio", "recibe las gracias".
[[nodiscard]] std::string_view step_es(std::string_view step);
// What a record of the timeline says happened ("delivered": "llega a su teléfono"); the kind itself
// when it is new to us.
[[nodiscard]] std::string_view event_es(std::string_view kind);
// A value of a column as a person reads it ("granted": "autorizó"); the value itself when it is no
// code.
[[nodiscard]] std::string_view value_es(std::string_view value);
// What is printed for a person, where they are written to in another language (data/words); the
// Spanish where there is no word for it.
[[nodiscard]] std::string_view in_language(std::string_view locale, std::string_view spanish);
[[nodiscard]] std::string_view segment_es(std::string_view segment);

[[nodiscard]] std::string time_text(Instant at, Zone zone);  // "7:05"
[[nodiscard]] std::string day_text(CivilDate date);          // "mar 24 nov"
[[nodiscard]] std::string moment_text(Instant at,
                                      Zone zone);  // "mar 24 nov, 7:05"; midnight is just the day

// What people wrote, so that it cannot command the terminal, hide, turn round or begin a line that
// looks like ours: control and direction characters become "�", and a further line is indented.
[[nodiscard]] std::string for_terminal(std::string_view text, std::string_view indent = "    ");

// The name of a holiday that closes this date for people of `country` with a creditor of `home`;
// empty: none.
[[nodiscard]] std::string holiday_name(std::string_view country, std::string_view home,
                                       CivilDate date);

}  // namespace puntual
