// The dependency table of the house, and the look at a source file that holds it: docs/architecture.md in a
// form that can fail.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace puntual::architecture {

// What is wrong with the #include lines of a file; `path` is relative to the repository
// ("src/core/compliance/gate.h"). Each names file, line and rule.
[[nodiscard]] std::vector<std::string> violations_of(std::string_view path, std::string_view text);

// The layers of the table.
[[nodiscard]] std::vector<std::string_view> layers();

}  // namespace puntual::architecture
