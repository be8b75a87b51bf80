// Reads packs/<xx>.toml, strictly: every mistake at once, each with file, key and remedy.
#pragma once

#include <span>

#include "base/result.h"
#include "core/compliance/country_rules.h"

namespace puntual::compliance {

// The rows of packs/house.toml.
[[nodiscard]] Result<std::vector<Rule>> read_house_rules(std::string_view toml,
                                                         std::string_view file_name);

// A pack may name its own rows and those of the house, and no other. Thread-safe.
[[nodiscard]] Result<Pack> read_pack(std::string_view toml, std::string_view file_name,
                                     std::span<const Rule> house);

// A copy of the text that lives as long as the program: decisions point to the names of rules, and
// outlive the rules they were made by. For the few texts of packs, never for input.
[[nodiscard]] std::string_view kept_for_ever(std::string text);

}  // namespace puntual::compliance
