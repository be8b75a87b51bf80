#include "base/json_writer.h"

#include <array>
#include <charconv>

namespace puntual {
namespace {

constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

// How many bytes the UTF-8 character at p has; 0 when it is none (overlong, surrogate, cut off).
size_t utf8_length(const char* p, const char* end) {
  const auto byte = [p](size_t i) { return static_cast<unsigned char>(p[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return 1;
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || static_cast<size_t>(end - p) < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  if (lead == 0xE0 && byte(1) < 0xA0) return 0;
  if (lead == 0xED && byte(1) > 0x9F) return 0;
  if (lead == 0xF0 && byte(1) < 0x90) return 0;
  if (lead == 0xF4 && byte(1) > 0x8F) return 0;
  return length;
}

const char* append_one_character(std::string& out, const char* p, const char* end) {
  const size_t length = *p == '\0' ? 0 : utf8_length(p, end);
  if (length == 0) {
    out += kReplacementCharacter;
    return p + 1;
  }
  out.append(p, length);
  return p + length;
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  const char* p = text.data();
  const char* const end = p + text.size();
  while (p < end) {
    const char* const start = p;
    while (p < end && is_plain_json_byte(*p)) ++p;
    out.append(start, p);
    if (p == end) break;
    const auto c = static_cast<unsigned char>(*p);
    if (c >= 0x80 || c == 0) {
      p = append_one_character(out, p, end);
      continue;
    }
    ++p;
    if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else {
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
    }
  }
  out += '"';
}

void append_clean_utf8(std::string& out, std::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
  while (p < end) p = append_one_character(out, p, end);
}

void JsonWriter::separate() {
  if (text_.empty()) return;
  const char last = text_.back();
  if (last != '{' && last != '[' && last != ':') text_ += ',';
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  text_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  text_.append(1, '"').append(name).append("\":");
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  append_json_string(text_, text);
  return *this;
}

JsonWriter& JsonWriter::value(int64_t number) {
  std::array<char, 24> digits;
  return literally({digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr});
}

JsonWriter& JsonWriter::literally(std::string_view text) {
  separate();
  text_ += text;
  return *this;
}

}  // namespace puntual
