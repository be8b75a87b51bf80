// The name of one try to hand a message over, as the platform gives it back with each status: 32
// hex digits, of which the first half is the message's id and the second is chance. So a status
// leads to its row without an index of names in no order, which each sending would have to write
// into. Pure.
#pragma once

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "base/hex.h"
#include "base/id.h"

namespace puntual::messaging {

[[nodiscard]] inline std::string attempt_id_of(MessageId message, uint64_t chance) {
  return hex128_of(static_cast<uint64_t>(message.value), chance);
}

// None when it was not made here.
[[nodiscard]] inline std::optional<MessageId> message_of_attempt(std::string_view attempt_id) {
  if (attempt_id.size() != 32) return std::nullopt;
  const std::string_view half = attempt_id.substr(0, 16);
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(half.data(), half.data() + half.size(), value, 16);
  if (error != std::errc{} || end != half.data() + half.size()) return std::nullopt;
  return MessageId{static_cast<int64_t>(value)};
}

}  // namespace puntual::messaging
