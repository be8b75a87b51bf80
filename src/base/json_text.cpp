#include "base/json_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace puntual {
namespace {

constexpr int kDepthMax = 64;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_json_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

void append_code_point(std::string& out, uint32_t code) {
  if (code == 0 || (code >= 0xD800 && code < 0xE000)) {
    out += kReplacement;
  } else if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

// The four hex digits at p, or nothing.
std::optional<uint32_t> hex4(const char* p, const char* end) {
  if (end - p < 4) return std::nullopt;
  uint32_t value = 0;
  const auto [stop, error] = std::from_chars(p, p + 4, value, 16);
  if (error != std::errc{} || stop != p + 4) return std::nullopt;
  return value;
}

// Decodes what follows "\u"; returns where reading goes on.
const char* decode_unicode_escape(std::string& out, const char* p, const char* end) {
  const auto high = hex4(p, end);
  if (!high) {
    out += kReplacement;
    return p;
  }
  p += 4;
  if (*high >= 0xD800 && *high < 0xDC00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u') {
    if (const auto low = hex4(p + 2, end); low && *low >= 0xDC00 && *low < 0xE000) {
      append_code_point(out, 0x10000 + ((*high - 0xD800) << 10) + (*low - 0xDC00));
      return p + 6;
    }
  }
  append_code_point(out, *high);
  return p;
}

const char* decode_escape(std::string& out, const char* p, const char* end) {
  if (p == end) return p;
  switch (const char c = *p++; c) {
    case 'n':
      out += '\n';
      break;
    case 't':
      out += '\t';
      break;
    case 'r':
      out += '\r';
      break;
    case 'b':
      out += '\b';
      break;
    case 'f':
      out += '\f';
      break;
    case 'u':
      return decode_unicode_escape(out, p, end);
    default:
      out += c;  // Quote, backslash, slash; others stand for themselves.
  }
  return p;
}

std::string decode_string(std::string_view inner) {
  std::string out;
  out.reserve(inner.size());
  const char* p = inner.data();
  const char* const end = p + inner.size();
  while (p < end) {
    const char* const escape = std::find(p, end, '\\');
    append_clean_utf8(out, {p, escape});
    p = escape == end ? end : decode_escape(out, escape + 1, end);
  }
  return out;
}

class JsonReader {
 public:
  JsonReader(std::string_view text, std::vector<JsonNode>& nodes)
      : base_(text.data()), p_(base_), end_(base_ + text.size()), nodes_(nodes) {}

  bool read();
  [[nodiscard]] size_t offset() const { return static_cast<size_t>(p_ - base_); }

 private:
  enum class Read : uint8_t { Wrong, Complete, Opened };

  void skip_space() {
    while (p_ < end_ && is_json_space(*p_)) ++p_;
  }
  [[nodiscard]] uint32_t here() const { return static_cast<uint32_t>(p_ - base_); }
  bool skip_string(bool& is_plain);
  bool read_key();
  Read read_value();
  Read read_container(JsonNode& node, uint32_t index);
  bool read_word(JsonNode& node);
  bool skip_opaque();
  bool finish_value();
  void close() {
    JsonNode& node = nodes_[open_[static_cast<size_t>(--depth_)]];
    node.end = here();
    node.next = static_cast<uint32_t>(nodes_.size());
  }

  const char* base_;
  const char* p_;
  const char* end_;
  std::vector<JsonNode>& nodes_;
  std::array<uint32_t, kDepthMax> open_{};
  int depth_ = 0;
  JsonNode name_;  // Carries the member's name to its value.
};

// At the opening quote; leaves p_ after the closing one.
bool JsonReader::skip_string(bool& is_plain) {
  ++p_;
  while (p_ < end_) {
    if (is_plain_json_byte(*p_)) {
      ++p_;
    } else if (*p_ == '"') {
      ++p_;
      return true;
    } else {
      is_plain = false;
      p_ += *p_ == '\\' && p_ + 1 < end_ ? 2 : 1;
    }
  }
  return false;
}

bool JsonReader::read_key() {
  skip_space();
  if (p_ == end_ || *p_ != '"') return false;
  name_ = {};
  name_.key_begin = here() + 1;
  if (!skip_string(name_.is_key_plain)) return false;
  name_.key_end = here() - 1;
  skip_space();
  if (p_ == end_ || *p_ != ':') return false;
  ++p_;
  return true;
}

// Anything bracketed, to its closing bracket, however deep.
bool JsonReader::skip_opaque() {
  int64_t open = 0;
  while (p_ < end_) {
    bool is_plain = true;
    if (*p_ == '"') {
      if (!skip_string(is_plain)) return false;
      continue;
    }
    if (*p_ == '[' || *p_ == '{') ++open;
    if (*p_ == ']' || *p_ == '}') --open;
    ++p_;
    if (open == 0) return true;
  }
  return false;
}

JsonReader::Read JsonReader::read_container(JsonNode& node, uint32_t index) {
  if (depth_ == kDepthMax) {
    node.kind = JsonKind::Opaque;
    return skip_opaque() ? Read::Complete : Read::Wrong;
  }
  const bool is_object = *p_ == '{';
  node.kind = is_object ? JsonKind::Object : JsonKind::Array;
  ++p_;
  skip_space();
  if (p_ < end_ && *p_ == (is_object ? '}' : ']')) {
    ++p_;
    return Read::Complete;
  }
  open_[static_cast<size_t>(depth_++)] = index;
  name_ = {};
  return !is_object || read_key() ? Read::Opened : Read::Wrong;
}

bool JsonReader::read_word(JsonNode& node) {
  const char* const start = p_;
  if (*p_ == '-' || (*p_ >= '0' && *p_ <= '9')) {
    node.kind = JsonKind::Number;
    while (p_ < end_ && std::strchr("+-.eE0123456789", *p_) != nullptr && *p_ != '\0') ++p_;
    return p_ - start > 1 || *start != '-';
  }
  while (p_ < end_ && *p_ >= 'a' && *p_ <= 'z') ++p_;
  const std::string_view word(start, static_cast<size_t>(p_ - start));
  node.kind = word == "null" ? JsonKind::Null : word == "true" ? JsonKind::True : JsonKind::False;
  return word == "null" || word == "true" || word == "false";
}

JsonReader::Read JsonReader::read_value() {
  skip_space();
  if (p_ == end_) return Read::Wrong;
  const auto index = static_cast<uint32_t>(nodes_.size());
  JsonNode node = name_;
  node.begin = here();
  Read read = Read::Complete;
  if (*p_ == '{' || *p_ == '[') {
    read = read_container(node, index);
  } else if (*p_ == '"') {
    node.kind = JsonKind::String;
    if (!skip_string(node.is_plain)) read = Read::Wrong;
  } else if (!read_word(node)) {
    read = Read::Wrong;
  }
  node.end = here();
  node.next = index + 1;
  nodes_.push_back(node);
  return read;
}

// After a value: on to the next one, or up through the containers that end here. True when a value
// must follow.
bool JsonReader::finish_value() {
  while (depth_ > 0) {
    skip_space();
    if (p_ == end_) return false;
    const bool in_object = nodes_[open_[static_cast<size_t>(depth_ - 1)]].kind == JsonKind::Object;
    if (*p_ == ',') {
      ++p_;
      name_ = {};
      return !in_object || read_key();
    }
    if (*p_ != (in_object ? '}' : ']')) return false;
    ++p_;
    close();
  }
  return false;
}

bool JsonReader::read() {
  while (true) {
    const Read read = read_value();
    if (read == Read::Wrong) return false;
    if (read == Read::Opened) continue;
    if (!finish_value()) break;
  }
  skip_space();
  return depth_ == 0 && p_ == end_;
}

}  // namespace

Result<JsonDocument> JsonDocument::read(std::string_view text) {
  if (text.size() > UINT32_MAX / 2) {
    return fail(ErrorCode::Invalid, "JSON of {} bytes is too large to read", text.size());
  }
  JsonDocument document;
  document.text_ = text;
  document.nodes_.reserve(text.size() / 16 + 4);
  JsonReader reader(text, document.nodes_);
  if (!reader.read()) return fail(ErrorCode::Invalid, "not JSON at byte {}", reader.offset());
  return document;
}

std::string_view JsonRef::raw() const {
  return nodes_ == nullptr ? std::string_view()
                           : std::string_view(text_ + node().begin, node().end - node().begin);
}

std::string_view JsonRef::key() const {
  return nodes_ == nullptr
             ? std::string_view()
             : std::string_view(text_ + node().key_begin, node().key_end - node().key_begin);
}

JsonRef JsonRef::operator[](std::string_view key) const {
  JsonRef found;
  if (!is_object()) return found;
  for (uint32_t at = index_ + 1; at != node().next; at = nodes_[at].next) {
    const JsonRef member(nodes_, text_, at);
    const auto name = member.key();
    if (nodes_[at].is_key_plain ? name == key : decode_string(name) == key) found = member;
  }
  return found;
}

std::string JsonRef::text() const {
  const auto slice = raw();
  if (kind() == JsonKind::Number) return std::string(slice);
  if (kind() != JsonKind::String) return {};
  const auto inner = slice.substr(1, slice.size() - 2);
  return node().is_plain ? std::string(inner) : decode_string(inner);
}

std::optional<int64_t> JsonRef::integer() const {
  auto slice = raw();
  if (kind() == JsonKind::String) {
    slice = slice.substr(1, slice.size() - 2);
  } else if (kind() != JsonKind::Number) {
    return std::nullopt;
  }
  int64_t value = 0;
  const auto [end, error] = std::from_chars(slice.data(), slice.data() + slice.size(), value);
  if (slice.empty() || error != std::errc{} || end != slice.data() + slice.size()) {
    return std::nullopt;
  }
  return value;
}

}  // namespace puntual
