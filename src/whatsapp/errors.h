// What to do about each error code of the platform (contract section 9, checked 2026-11-21). Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace puntual::whatsapp {

enum class Reaction : uint8_t {
  BackOff,    // Temporary; the same message may be decided again later (a retry is a new decision).
  Wait,       // As above, after hours or when a condition is lifted.
  PairLimit,  // Only this recipient's queue waits, 4^X seconds.
  Fix,        // The request or its data is wrong: park the message and show it.
  Never,      // Never this message again.
  StopNumber,     // Stop the number and call a person.
  Undeliverable,  // The person cannot be reached on WhatsApp: mark the identifier doubtful.
  NeedTemplate,   // The service window has closed.
  TemplateGone,   // The template cannot be sent now: resync, hold its messages.
};

struct ErrorReaction {
  int code;
  Reaction reaction;
  int64_t first_delay_ms;       // Before a new decision is worth asking.
  int attempts_max;             // New decisions after the first; 0 none.
  std::string_view meaning_es;  // For the person who reads the message's page.
  std::string_view action_es;   // What to do about it.
};

// Always answers: an unknown code is Fix, or BackOff (5 attempts) when the platform calls it
// transient.
[[nodiscard]] ErrorReaction reaction_to(int code, bool is_transient);

// Does this code say that the platform refused the message? Codes such as "something went wrong" do
// not: under a 5xx status they leave open whether the message went out.
[[nodiscard]] bool states_refusal(int code);

}  // namespace puntual::whatsapp
