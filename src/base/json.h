// JSON in and out (Boost.JSON behind), with lenient readers for documents of others: a missing or
// wrongly typed member reads as empty, never as a crash.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace puntual {

namespace json = boost::json;

// Invalid, with the byte offset, when the text is not JSON, is deeper than 64 levels, or holds a
// number beyond those of a double. Duplicate keys: the last one wins.
[[nodiscard]] Result<json::value> parse_json(std::string_view text);
[[nodiscard]] std::string to_json(const json::value& value);

// Readers of one member; null when absent or of another type.
[[nodiscard]] const json::value* member(const json::value& object, std::string_view key);
[[nodiscard]] const json::object* member_object(const json::value& object, std::string_view key);
[[nodiscard]] const json::array* member_array(const json::value& object, std::string_view key);
// The same of an object itself: made into a value it would be a copy, and the pointer one into what
// is gone.
[[nodiscard]] const json::value* member(const json::object& object, std::string_view key);
[[nodiscard]] const json::object* member_object(const json::object& object, std::string_view key);
[[nodiscard]] const json::array* member_array(const json::object& object, std::string_view key);
// A string, or a number written as its digits (ids arrive as either).
[[nodiscard]] std::optional<std::string> member_text(const json::value& object,
                                                     std::string_view key);
// The same; empty when absent.
[[nodiscard]] std::string text_in(const json::value& object, std::string_view key);
[[nodiscard]] std::optional<int64_t> member_int(const json::value& object, std::string_view key);
[[nodiscard]] std::optional<bool> member_bool(const json::value& object, std::string_view key);

}  // namespace puntual
