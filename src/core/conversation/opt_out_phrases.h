// What people write to be left alone, as data, written as base/phrase_index.h has it. Matched
// within one clause; "." stands for its end. Spanish and Portuguese as typed on a phone.
#pragma once

#include <span>
#include <string_view>

namespace puntual::conversation::phrases {

// The whole message, without courtesies.
[[nodiscard]] std::span<const std::string_view> stop_messages();
// Removed before anything else is searched: "ya no me llega la factura".
[[nodiscard]] std::span<const std::string_view> no_stop();
// A wish about when, where or what ("no me escriban de noche"): removed before stops are searched,
// and a person looks.
[[nodiscard]] std::span<const std::string_view> partial_stop();
// Anywhere in the message.
[[nodiscard]] std::span<const std::string_view> stop();
[[nodiscard]] std::span<const std::string_view> doubt();
// Contact of any kind refused or ended; what only looks so (what has happened, what the person
// cannot do); and what makes it talk about something else, a bill. Asked where no other list knows
// the words.
[[nodiscard]] std::span<const std::string_view> loose_doubt();
[[nodiscard]] std::span<const std::string_view> no_loose_doubt();
[[nodiscard]] std::span<const std::string_view> other_matter();
// Wants to hear from us again: the whole message, and anywhere in it.
[[nodiscard]] std::span<const std::string_view> back_in_messages();
[[nodiscard]] std::span<const std::string_view> back_in();

}  // namespace puntual::conversation::phrases
