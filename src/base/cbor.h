// CBOR (RFC 8949) as authenticators write it: whole values of definite length, lengths in their
// shortest form, no tags and no fractions. Whatever else it is, it is refused. Pure and
// thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace puntual {

// Text and bytes point into what was read.
struct CborValue {
  enum class Kind : uint8_t { Null, Flag, Integer, Bytes, Text, Array, Map };
  Kind kind = Kind::Null;
  int64_t number = 0;            // Of a flag, 0 or 1.
  std::string_view content;      // Of bytes and text.
  std::vector<CborValue> items;  // Of a map, each key before its value.

  // Of a map; null when it is none, or has no such key.
  [[nodiscard]] const CborValue* find(int64_t key) const;
  [[nodiscard]] const CborValue* find(std::string_view key) const;
  // None when it is something else.
  [[nodiscard]] std::optional<int64_t> integer() const {
    return kind == Kind::Integer ? std::optional(number) : std::nullopt;
  }
  [[nodiscard]] std::optional<std::string_view> bytes() const {
    return kind == Kind::Bytes ? std::optional(content) : std::nullopt;
  }
  [[nodiscard]] std::optional<std::string_view> text() const {
    return kind == Kind::Text ? std::optional(content) : std::nullopt;
  }
};

// The first value of these bytes, which is taken off them. None: it is not whole, or not of the
// kind above.
[[nodiscard]] std::optional<CborValue> take_cbor(std::string_view& bytes);

}  // namespace puntual
