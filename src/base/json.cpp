#include "base/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace puntual {
namespace {

// Boost reads 1e400 as infinity, and would write that as what is no JSON.
bool is_finite(const json::value& value) {
  if (const auto* number = value.if_double()) return std::isfinite(*number);
  if (const auto* list = value.if_array()) return std::ranges::all_of(*list, is_finite);
  if (const auto* object = value.if_object())
    return std::ranges::all_of(*object, [](const auto& one) { return is_finite(one.value()); });
  return true;
}

}  // namespace

Result<json::value> parse_json(std::string_view text) {
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = 64;
  json::stream_parser parser({}, options);
  const size_t used = parser.write_some(text.data(), text.size(), error);
  if (!error && used == text.size()) parser.finish(error);
  if (error || used != text.size() || !parser.done()) {
    return fail(ErrorCode::Invalid, "not JSON at byte {}: {}", used,
                error ? error.message() : "extra text after the value");
  }
  json::value value = parser.release();
  if (!is_finite(value))
    return fail(ErrorCode::Invalid,
                "JSON with a number that is too large (expected less than 1.8e308)");
  return value;
}

std::string to_json(const json::value& value) { return json::serialize(value); }

const json::value* member(const json::object& object, std::string_view key) {
  return object.if_contains(key);
}
const json::value* member(const json::value& object, std::string_view key) {
  const auto* o = object.if_object();
  return o == nullptr ? nullptr : member(*o, key);
}

const json::object* member_object(const json::value& object, std::string_view key) {
  const auto* found = member(object, key);
  return found == nullptr ? nullptr : found->if_object();
}

const json::object* member_object(const json::object& object, std::string_view key) {
  const auto* found = member(object, key);
  return found == nullptr ? nullptr : found->if_object();
}

const json::array* member_array(const json::object& object, std::string_view key) {
  const auto* found = member(object, key);
  return found == nullptr ? nullptr : found->if_array();
}

const json::array* member_array(const json::value& object, std::string_view key) {
  const auto* found = member(object, key);
  return found == nullptr ? nullptr : found->if_array();
}

std::optional<std::string> member_text(const json::value& object, std::string_view key) {
  const auto* found = member(object, key);
  if (found == nullptr) return std::nullopt;
  if (const auto* text = found->if_string()) return std::string(*text);
  if (found->is_int64()) return std::to_string(found->get_int64());
  if (found->is_uint64()) return std::to_string(found->get_uint64());
  return std::nullopt;
}

std::string text_in(const json::value& object, std::string_view key) {
  return member_text(object, key).value_or("");
}

std::optional<int64_t> member_int(const json::value& object, std::string_view key) {
  const auto* found = member(object, key);
  if (found == nullptr) return std::nullopt;
  if (found->is_int64()) return found->get_int64();
  if (const auto* text = found->if_string()) {
    int64_t value = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    if (error == std::errc{} && end == text->data() + text->size()) return value;
  }
  return std::nullopt;
}

std::optional<bool> member_bool(const json::value& object, std::string_view key) {
  const auto* found = member(object, key);
  if (found == nullptr || !found->is_bool()) return std::nullopt;
  return found->get_bool();
}

}  // namespace puntual
