// What a language model is asked, and what of its answer counts: one word of a closed list. Pure;
// thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/conversation/intent.h"

namespace puntual::assistant {

// What it may say. Each is something that a person can have by writing it plainly: who talks the
// model into one of them has gained nothing. A stop, a death or a wrong number is for our own
// rules, and a yes to an offer is for the person alone.
[[nodiscard]] std::span<const Intent> allowed_intents();

// The body of POST …/chat/completions. It holds the message, folded, cut at 500 bytes and with
// every digit as '#', and nothing else of the person.
[[nodiscard]] std::string request_body(std::string_view model, std::string_view words);

// None unless the answer is exactly {"intent": "<one of the allowed>"}.
[[nodiscard]] std::optional<Intent> intent_in(std::string_view response_body);

}  // namespace puntual::assistant
