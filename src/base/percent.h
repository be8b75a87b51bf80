// Percent-encoding, as addresses and forms have it. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace puntual {

// %41 and, in queries and forms, + for a blank. Bytes after a broken % stay as they are.
[[nodiscard]] std::string percent_decode(std::string_view text, bool plus_is_blank);

using FormFields = std::vector<std::pair<std::string, std::string>>;
// "a=1&b=x+y": every name and value, decoded once.
[[nodiscard]] FormFields form_fields(std::string_view form);
// The first of that name; empty when there is none.
[[nodiscard]] std::string_view field_of(const FormFields& fields, std::string_view name);

}  // namespace puntual
