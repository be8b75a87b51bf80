// How an event is sent so that its receiver can believe it: Standard Webhooks 1.0.0
// (standardwebhooks.com, checked 2026-11-22).
//
// The signature is over "id.timestamp.body", with the endpoint's own secret; while that is being
// changed there are two. Pure; thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace puntual::events {

// "whsec_" and the base64 of 24 to 64 bytes.
[[nodiscard]] std::string secret_text(std::string_view bytes);
// The bytes; Invalid when it is no such secret.
[[nodiscard]] Result<std::string> read_secret(std::string_view text);

// The value of webhook-signature: "v1,…", one for each secret (its bytes), a blank between.
[[nodiscard]] std::string signature_of(std::string_view id, Instant at, std::string_view body,
                                       std::span<const std::string> secrets);

// After so many attempts that failed, how long until the next one; none: it was the last. `chance`
// from 0 to 999,999 spreads it by a tenth, so that what failed together does not come back
// together. The receiver's own wish (Retry-After) counts when it is longer, up to a day.
[[nodiscard]] std::optional<int64_t> delay_after(int attempts, int64_t chance,
                                                 int64_t retry_after_ms);

// An endpoint that has taken nothing for so long is given up.
inline constexpr int64_t kGiveUpMs = 5 * kDayMs;

}  // namespace puntual::events
