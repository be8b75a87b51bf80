// JSON written from front to back into one string: for what is made for every message. What is
// read, or put together piece by piece, is base/json.h.
//
//   JsonWriter facts;
//   facts.open('{').member("purpose",
//   "overdue").key("zones").open('[').value("America/Bogota").close(']').close('}');
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace puntual {

// A byte that stands for itself inside a JSON string.
[[nodiscard]] inline bool is_plain_json_byte(char c) {
  static constexpr auto kPlain = [] {
    std::array<bool, 256> plain{};
    for (size_t byte = 0x20; byte < 0x80; ++byte) plain[byte] = byte != '"' && byte != '\\';
    return plain;
  }();
  return kPlain[static_cast<unsigned char>(c)];
}
// Appends "text" with quotes and escapes; the output is always valid JSON in valid UTF-8.
void append_json_string(std::string& out, std::string_view text);
// Appends text with every byte that is not UTF-8, and NUL, replaced by U+FFFD.
void append_clean_utf8(std::string& out, std::string_view text);

// Puts the commas; that brackets and names are where they belong is for the caller to see to.
class JsonWriter {
 public:
  explicit JsonWriter(size_t size_expected = 0) { text_.reserve(size_expected); }

  JsonWriter& open(char bracket);  // '{' or '['
  JsonWriter& close(char bracket) {
    text_ += bracket;
    return *this;
  }
  // A name that needs no escapes.
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(int64_t number);
  JsonWriter& value(std::same_as<bool> auto yes) { return literally(yes ? "true" : "false"); }
  // A number by the digits that it is to be written with: a decimal that no floating point may
  // touch.
  JsonWriter& number(std::string_view digits) { return literally(digits); }
  JsonWriter& null() { return literally("null"); }
  template <class T>
  JsonWriter& member(std::string_view name, const T& held) {
    return key(name).value(held);
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  JsonWriter& literally(std::string_view text);
  void separate();
  std::string text_;
};

}  // namespace puntual
