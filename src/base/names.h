// The names of an enumeration, in the order of its values: as data, tables and the API have them,
// and, where people read them, as they are shown.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace puntual {

struct Name {
  std::string_view text;
  std::string_view shown = {};
};

template <class Enum, size_t kCount>
struct Names {
  std::array<Name, kCount> all;

  [[nodiscard]] constexpr std::string_view text(Enum one) const {
    return all[static_cast<size_t>(one)].text;
  }
  [[nodiscard]] constexpr std::string_view shown(Enum one) const {
    return all[static_cast<size_t>(one)].shown;
  }
  [[nodiscard]] constexpr std::optional<Enum> find(std::string_view text) const {
    const auto found = std::ranges::find(all, text, &Name::text);
    return found == all.end() ? std::nullopt
                              : std::optional(static_cast<Enum>(found - all.begin()));
  }
};

}  // namespace puntual
