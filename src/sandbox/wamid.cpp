// The ids of messages: they carry all that is needed to find the message again.
#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "sandbox/state.h"

namespace puntual::sandbox {
namespace {

constexpr size_t kHexSize = 18;
constexpr uint64_t kSequenceMask = 0xFFFFFFFFFFULL;

}  // namespace

// The id carries the number of the message, so that nothing has to be looked up or kept for it, and
// the second the run began, so that two runs do not use the same.
std::string wamid_of(const State& state, int64_t number, const Message& message) {
  const uint64_t mask = state.options.seed * 0x9E3779B97F4A7C15ULL >> 20;
  const uint64_t sequence = (static_cast<uint64_t>(number) ^ mask) & kSequenceMask;
  std::string head = message.phone.empty() ? std::string("00000000000") : message.phone;
  head.insert(0, 1, static_cast<char>(head.size()));
  head.insert(0, "\x1c\x18");
  head += "\x15\x02";
  head += message.direction == Direction::Out ? '\x11' : '\x12';
  while (head.size() % 3 != 0) head += '\x18';
  return fmt::format("wamid.{}{}AA==", base64(head),
                     base64(fmt::format("{:08X}{:010X}",
                                        static_cast<uint32_t>(state.started.ms / 1000), sequence)));
}

std::optional<int64_t> message_number_of(const State& state, std::string_view wamid) {
  if (!wamid.starts_with("wamid.") || !wamid.ends_with("AA==") || wamid.size() < 40)
    return std::nullopt;
  const auto decoded = bytes_of_base64(wamid.substr(wamid.size() - 28, 24));
  if (!decoded || decoded->size() != kHexSize) return std::nullopt;
  const std::string& digits = *decoded;
  const bool is_hex = std::ranges::all_of(
      digits, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); });
  if (!is_hex ||
      digits.substr(0, 8) != fmt::format("{:08X}", static_cast<uint32_t>(state.started.ms / 1000)))
    return std::nullopt;
  const uint64_t mask = state.options.seed * 0x9E3779B97F4A7C15ULL >> 20;
  const auto number =
      static_cast<int64_t>((std::stoull(digits.substr(8), nullptr, 16) ^ mask) & kSequenceMask);
  if (number >= state.first_message + static_cast<int64_t>(state.messages.size()))
    return std::nullopt;
  return number;
}

}  // namespace puntual::sandbox
