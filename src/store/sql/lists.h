// Lists of parameters: many values asked about in one statement, where they are no ids (those:
// store/people.h).
#pragma once

#include <string>

#include "base/result.h"

namespace puntual::store {

// "($2,$3,$4)"
[[nodiscard]] inline std::string list_of_parameters(size_t first, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += fmt::format("{}${}", i == 0 ? "(" : ",", first + i);
  return text + ")";
}

}  // namespace puntual::store
