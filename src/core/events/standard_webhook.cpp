#include "core/events/standard_webhook.h"

#include <algorithm>

#include "base/crypto.h"

namespace puntual::events {
namespace {

constexpr std::string_view kPrefix = "whsec_";
constexpr size_t kSecretMin = 24, kSecretMax = 64;
constexpr int64_t kDelaysMs[] = {5 * kSecondMs, 5 * kMinuteMs, 30 * kMinuteMs,
                                 2 * kHourMs,   5 * kHourMs,   10 * kHourMs,
                                 14 * kHourMs,  20 * kHourMs,  24 * kHourMs};
constexpr int64_t kRetryAfterMaxMs = kDayMs;

}  // namespace

std::string secret_text(std::string_view bytes) { return std::string(kPrefix) + base64(bytes); }

Result<std::string> read_secret(std::string_view text) {
  auto bytes =
      text.starts_with(kPrefix) ? bytes_of_base64(text.substr(kPrefix.size())) : std::nullopt;
  if (bytes && bytes->size() >= kSecretMin && bytes->size() <= kSecretMax) return *std::move(bytes);
  return fail(ErrorCode::Invalid,
              "the secret is none (expected whsec_ and the base64 of {} to {} bytes)", kSecretMin,
              kSecretMax);
}

std::string signature_of(std::string_view id, Instant at, std::string_view body,
                         std::span<const std::string> secrets) {
  const std::string content = fmt::format("{}.{}.{}", id, at.ms / kSecondMs, body);
  std::string value;
  for (const auto& secret : secrets) {
    const Digest digest = hmac_sha256(secret, content);
    value += fmt::format("{}v1,{}", value.empty() ? "" : " ",
                         base64({reinterpret_cast<const char*>(digest.data()), digest.size()}));
  }
  return value;
}

std::optional<int64_t> delay_after(int attempts, int64_t chance, int64_t retry_after_ms) {
  const auto made = static_cast<size_t>(std::max(attempts, 1));
  if (made > std::size(kDelaysMs)) return std::nullopt;
  const int64_t delay = kDelaysMs[made - 1];
  return std::max(delay + delay / 10 * chance / 1'000'000,
                  std::clamp<int64_t>(retry_after_ms, 0, kRetryAfterMaxMs));
}

}  // namespace puntual::events
