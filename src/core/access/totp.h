// The six digits of an authenticator app (RFC 6238: SHA-1, 30 seconds), which all of them know.
// Pure and thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace puntual::access {

// The code of a step of 30 seconds.
[[nodiscard]] std::string totp_code(std::string_view secret, int64_t step);
// The step whose code this is: that of now, or one before or after it, for clocks that are not
// quite ours; always beyond `last`, so that a code that was seen serves nobody again. None: it is
// wrong.
[[nodiscard]] std::optional<int64_t> totp_step(std::string_view secret, std::string_view code,
                                               Instant now, int64_t last);

// RFC 4648, without padding: how a secret is typed where no picture can be taken.
[[nodiscard]] std::string base32(std::string_view bytes);
// What the picture says to the app.
[[nodiscard]] std::string totp_uri(std::string_view issuer, std::string_view account,
                                   std::string_view secret);

}  // namespace puntual::access
