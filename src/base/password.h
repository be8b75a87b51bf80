// Passwords as they are kept: Argon2id with 19 MiB, two passes, one lane (libsodium behind;
// docs/decisions/0024). Slow on purpose, some 30 ms. Thread-safe; no more than two are worked on at
// once, whoever asks.
#pragma once

#include <string>
#include <string_view>

namespace puntual {

// With its salt and its costs, as text.
[[nodiscard]] std::string hash_of_password(std::string_view password);
// Nothing kept takes as long as a wrong one: whether there is such a user cannot be told by the
// time.
[[nodiscard]] bool is_password(std::string_view kept, std::string_view password);

}  // namespace puntual
