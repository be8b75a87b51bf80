// What reading notices has in common: headers, query, lists of pairs, and digests that somebody else wrote. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "ports/payment_provider.h"

namespace puntual::providers {

// The first of that name, in any case; empty when there is none.
[[nodiscard]] std::string_view header_of(const ProviderNotice& notice, std::string_view name);
[[nodiscard]] std::string_view query_of(const ProviderNotice& notice, std::string_view name);

// "t=1, v1=ab,v1=cd": name and value of each, without blanks around them. What holds no "=" is left out.
[[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> pairs_of(std::string_view list);

// Hex in either case, compared in constant time.
[[nodiscard]] bool is_hex_of(std::string_view text, const Digest& digest);
[[nodiscard]] std::string lower_ascii(std::string_view text);
// At least one, and nothing else.
[[nodiscard]] bool is_digits(std::string_view text);

[[nodiscard]] HeardNotice refused(std::string why);

}  // namespace puntual::providers
