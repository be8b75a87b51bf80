// What the signatures of several providers have in common. Pure; thread-safe.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ports/payment_provider.h"

namespace puntual::providers {

// The first header of that name, in any case of letters; empty when there is none.
[[nodiscard]] std::string_view header_of(const ProviderNotice& notice, std::string_view name);
// "t=1, v1=ab,v1=cd": name and value of each part, without blanks around them; a part without "="
// is left out.
[[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> pairs_of(
    std::string_view list);
// At least one, and nothing else.
[[nodiscard]] bool is_digits(std::string_view text);
// Of a time that somebody signed: none when it is not digits alone, or more of them than any time
// has.
[[nodiscard]] std::optional<int64_t> number_of_digits(std::string_view text);
[[nodiscard]] std::string lower_case(std::string_view text);  // Of ASCII letters.
// Compares two digests in hex, in any case of letters, in a time that does not tell where they
// differ.
[[nodiscard]] bool is_same_hex(std::string_view a, std::string_view b);
// Whether one of them fits; an empty secret proves nothing, as anybody could sign by it.
[[nodiscard]] bool any_fits(std::span<const std::string> secrets,
                            const std::function<bool(const std::string&)>& fits);
// The digest in hex of HMAC-SHA256, by one of them.
[[nodiscard]] bool is_hmac_of(std::string_view text, std::string_view told,
                              std::span<const std::string> secrets);
// A signed time may be this far from the moment of receipt, before or after (payments contract
// 0.2), where repetitions are signed anew.
inline constexpr int64_t kSignedAgeMaxMs = 300 * kSecondMs;
[[nodiscard]] std::string trouble_with_age(Instant signed_at, Instant received_at);  // Empty: none.
// Valid when nothing is wrong with it, else why not.
void judge(HeardNotice& heard, std::string trouble);
// For providers that sign nothing, but send a user and password that we chose: unsigned when we
// chose none.
void judge_by_basic(HeardNotice& heard, const ProviderNotice& notice, std::string_view user,
                    std::span<const std::string> passwords);
// For a notice that names no event: the same bytes are the same event.
[[nodiscard]] std::string key_of_body(const ProviderNotice& notice);

}  // namespace puntual::providers
