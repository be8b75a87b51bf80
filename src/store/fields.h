// Several texts as one, to be sealed together: each with its length before it. A text that was not
// there yet when a value was packed is empty when it is unpacked: fields are added at the end.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace puntual::store {

[[nodiscard]] inline std::string pack(std::initializer_list<std::string_view> fields) {
  size_t size = 0;
  for (const auto field : fields) size += field.size() + 4;
  std::string packed;
  packed.reserve(size);
  for (const auto field : fields) {
    for (uint32_t length = static_cast<uint32_t>(field.size()), byte = 0; byte < 4; ++byte)
      packed += static_cast<char>(length >> (8 * byte));
    packed += field;
  }
  return packed;
}

template <size_t kCount>
[[nodiscard]] std::array<std::string, kCount> unpack(std::string_view packed) {
  std::array<std::string, kCount> fields;
  for (auto& field : fields) {
    if (packed.size() < 4) break;
    size_t length = 0;
    for (int byte = 3; byte >= 0; --byte)
      length = length << 8 | static_cast<uint8_t>(packed[static_cast<size_t>(byte)]);
    packed.remove_prefix(4);
    field = packed.substr(0, length);
    packed.remove_prefix(field.size());
  }
  return fields;
}

}  // namespace puntual::store
