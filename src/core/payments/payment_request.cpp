#include "core/payments/payment_request.h"

#include <algorithm>
#include <array>

namespace puntual {
namespace {

constexpr std::array<std::string_view, 5> kPlaceStates = {"", "open", "unwanted", "withdrawn",
                                                          "stays"};

}  // namespace

std::string_view text_of(PlaceState place) { return kPlaceStates[static_cast<size_t>(place)]; }

std::optional<PlaceState> place_state_of(std::string_view text) {
  const auto found = std::ranges::find(kPlaceStates, text);
  return found == kPlaceStates.end()
             ? std::nullopt
             : std::optional(static_cast<PlaceState>(found - kPlaceStates.begin()));
}

namespace payments {
namespace {

constexpr std::string_view kPrefix = "PT-";
constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr size_t kLength = 13;  // Of 5 bits each: 64 bits and one more.

constexpr int64_t kChecksAfterMs[] = {kMinuteMs, 5 * kMinuteMs, 15 * kMinuteMs, kHourMs,
                                      6 * kHourMs};
constexpr int64_t kCheckedBeyondMs = 30 * kDayMs;

}  // namespace

std::string reference_of(PaymentRequestId id) {
  std::string text(kLength, '0');
  auto rest = static_cast<uint64_t>(id.value);
  for (size_t i = kLength; i-- > 0; rest >>= 5) text[i] = kLetters[rest & 31];
  return std::string(kPrefix) + text;
}

std::optional<PaymentRequestId> request_id_of(std::string_view reference) {
  if (reference.size() != kPrefix.size() + kLength) return std::nullopt;
  uint64_t value = 0;
  for (size_t i = 0; i < reference.size(); ++i) {
    const char c = reference[i] >= 'a' && reference[i] <= 'z'
                       ? static_cast<char>(reference[i] - 'a' + 'A')
                       : reference[i];
    if (i < kPrefix.size()) {
      if (c != kPrefix[i]) return std::nullopt;
      continue;
    }
    const auto digit = kLetters.find(c);
    if (digit == std::string_view::npos || (i == kPrefix.size() && digit > 7)) return std::nullopt;
    value = value << 5 | digit;
  }
  return PaymentRequestId{static_cast<int64_t>(value)};
}

std::optional<Instant> next_check(const PaymentRequest& request, Instant now) {
  Instant at = now + (is_final(request.state) ? 7 * kDayMs : kDayMs);
  for (const int64_t after : kChecksAfterMs) {
    if (!is_final(request.state) && request.created_at + after > now) {
      at = request.created_at + after;
      break;
    }
  }
  return at > request.expires_at + kCheckedBeyondMs ? std::nullopt : std::optional(at);
}

}  // namespace payments
}  // namespace puntual
