// JSON text read in place: for what comes from others, and for the hot paths. Written by
// base/json_writer.h.
//
// Reading is one pass without recursion or copies. A value is a slice of the text, so what is not
// understood can be kept exactly as it came, numbers keep all their digits, and one hostile value
// does not spoil its neighbours: below depth 64 a value is skipped as Opaque; bytes that are not
// UTF-8, lone surrogates and NUL read as U+FFFD. Of members with the same name the last one counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "base/result.h"

namespace puntual {

enum class JsonKind : uint8_t { Missing, Null, False, True, Number, String, Array, Object, Opaque };

struct JsonNode {
  uint32_t begin = 0, end = 0;          // The value's slice, quotes and brackets included.
  uint32_t key_begin = 0, key_end = 0;  // Its name inside an object, without quotes.
  uint32_t next = 0;                    // The node after this one and all that is in it.
  JsonKind kind = JsonKind::Missing;
  bool is_plain = true;      // A string that needs no decoding: ASCII without escapes.
  bool is_key_plain = true;  // The same of its name.
};

// One value of a document, or nothing. Cheap to copy; lives no longer than the document and its
// text.
class JsonRef {
 public:
  JsonRef() = default;
  JsonRef(const JsonNode* nodes, const char* text, uint32_t index)
      : nodes_(nodes), text_(text), index_(index) {}

  [[nodiscard]] JsonKind kind() const {
    return nodes_ == nullptr ? JsonKind::Missing : node().kind;
  }
  [[nodiscard]] bool is_object() const { return kind() == JsonKind::Object; }
  [[nodiscard]] bool is_array() const { return kind() == JsonKind::Array; }
  [[nodiscard]] explicit operator bool() const { return nodes_ != nullptr; }

  // The member of that name; missing when there is none or this is no object.
  [[nodiscard]] JsonRef operator[](std::string_view key) const;
  // The value as it stands in the text.
  [[nodiscard]] std::string_view raw() const;
  // A string decoded, or a number's own digits; empty for everything else.
  [[nodiscard]] std::string text() const;
  // A whole number, written as a number or as a string.
  [[nodiscard]] std::optional<int64_t> integer() const;
  // The name of this member, as written (escapes not decoded).
  [[nodiscard]] std::string_view key() const;

  // Elements of an array or values of an object; none for other kinds.
  class Iterator {
   public:
    Iterator(const JsonNode* nodes, const char* text, uint32_t at)
        : nodes_(nodes), text_(text), at_(at) {}
    JsonRef operator*() const { return JsonRef(nodes_, text_, at_); }
    Iterator& operator++() {
      at_ = nodes_[at_].next;
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const JsonNode* nodes_;
    const char* text_;
    uint32_t at_;
  };
  [[nodiscard]] Iterator begin() const { return {nodes_, text_, is_container() ? index_ + 1 : 0}; }
  [[nodiscard]] Iterator end() const { return {nodes_, text_, is_container() ? node().next : 0}; }

 private:
  [[nodiscard]] const JsonNode& node() const { return nodes_[index_]; }
  [[nodiscard]] bool is_container() const { return is_object() || is_array(); }
  const JsonNode* nodes_ = nullptr;
  const char* text_ = nullptr;
  uint32_t index_ = 0;
};

class JsonDocument {
 public:
  // Invalid, with the byte offset, when the text is not one JSON value. `text` must outlive the
  // document.
  [[nodiscard]] static Result<JsonDocument> read(std::string_view text);
  [[nodiscard]] JsonRef root() const { return {nodes_.data(), text_.data(), 0}; }

 private:
  std::string_view text_;
  std::vector<JsonNode> nodes_;
};

}  // namespace puntual
