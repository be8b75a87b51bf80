#include "base/cbor.h"

namespace puntual {
namespace {

constexpr int kCborDepthMax = 8;

class CborReader {
 public:
  explicit CborReader(std::string_view& rest) : rest_(rest) {}

  std::optional<CborValue> value(int depth) {
    if (depth > kCborDepthMax || rest_.empty()) return std::nullopt;
    const auto first = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    const int kind = first >> 5;
    if (kind == 7) return simple(first & 31);
    const auto number = argument(first & 31);
    if (!number) return std::nullopt;
    switch (kind) {
      case 0:
        return integer(*number, false);
      case 1:
        return integer(*number, true);
      case 2:
      case 3:
        return text(*number, kind == 3);
      case 4:
        return array(*number, depth);
      case 5:
        return map(*number, depth);
      default:
        return std::nullopt;
    }
  }

 private:
  static std::optional<CborValue> simple(int which) {
    if (which == 20 || which == 21)
      return CborValue{.kind = CborValue::Kind::Flag, .number = which - 20};
    if (which == 22) return CborValue{};
    return std::nullopt;
  }

  static std::optional<CborValue> integer(uint64_t number, bool is_negative) {
    if (number > static_cast<uint64_t>(INT64_MAX)) return std::nullopt;
    const auto value = static_cast<int64_t>(number);
    return CborValue{.kind = CborValue::Kind::Integer, .number = is_negative ? -1 - value : value};
  }

  // The number that stands behind the first byte; none when a shorter form would have held it.
  std::optional<uint64_t> argument(int shape) {
    if (shape < 24) return static_cast<uint64_t>(shape);
    if (shape > 27) return std::nullopt;
    const size_t size = size_t{1} << (shape - 24);
    if (rest_.size() < size) return std::nullopt;
    uint64_t number = 0;
    for (size_t i = 0; i < size; ++i) number = number << 8 | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(size);
    const uint64_t least = shape == 24 ? 24 : uint64_t{1} << (size * 4);
    return number < least ? std::nullopt : std::optional(number);
  }

  std::optional<CborValue> text(uint64_t size, bool is_text) {
    if (size > rest_.size()) return std::nullopt;
    const std::string_view part = rest_.substr(0, static_cast<size_t>(size));
    rest_.remove_prefix(part.size());
    return CborValue{.kind = is_text ? CborValue::Kind::Text : CborValue::Kind::Bytes,
                     .content = part};
  }

  // Each thing within takes a byte at least: more than there are bytes cannot be.
  std::optional<CborValue> array(uint64_t count, int depth) {
    if (count > rest_.size()) return std::nullopt;
    CborValue made{.kind = CborValue::Kind::Array};
    for (uint64_t i = 0; i < count; ++i) {
      auto one = value(depth + 1);
      if (!one) return std::nullopt;
      made.items.push_back(*std::move(one));
    }
    return made;
  }

  std::optional<CborValue> map(uint64_t count, int depth) {
    if (count > rest_.size()) return std::nullopt;
    CborValue made{.kind = CborValue::Kind::Map};
    for (uint64_t i = 0; i < count; ++i) {
      auto key = value(depth + 1);
      if (!key) return std::nullopt;
      const auto number = key->integer();
      const auto name = key->text();
      // Twice the same key: whoever reads the other one understands something else.
      const bool is_new =
          number ? made.find(*number) == nullptr : name && made.find(*name) == nullptr;
      if (!is_new) return std::nullopt;
      auto one = value(depth + 1);
      if (!one) return std::nullopt;
      made.items.push_back(*std::move(key));
      made.items.push_back(*std::move(one));
    }
    return made;
  }

  std::string_view& rest_;
};

template <class IsKey>
const CborValue* value_behind(const CborValue& map, IsKey&& is_key) {
  if (map.kind != CborValue::Kind::Map) return nullptr;
  for (size_t i = 0; i + 1 < map.items.size(); i += 2) {
    if (is_key(map.items[i])) return &map.items[i + 1];
  }
  return nullptr;
}

}  // namespace

const CborValue* CborValue::find(int64_t key) const {
  return value_behind(*this, [&](const CborValue& one) { return one.integer() == key; });
}

const CborValue* CborValue::find(std::string_view key) const {
  return value_behind(*this, [&](const CborValue& one) { return one.text() == key; });
}

std::optional<CborValue> take_cbor(std::string_view& bytes) {
  std::string_view rest = bytes;
  auto value = CborReader(rest).value(0);
  if (value) bytes = rest;
  return value;
}

}  // namespace puntual
