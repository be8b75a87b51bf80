// Words that do not belong in a message that collects kindly. Spanish, folded (no accents, lower
// case).
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/messaging/template.h"

namespace puntual::messaging {

// A group of phrases, why they are found, and what to write instead.
struct WordingRule {
  std::string_view code;
  bool is_error;
  std::string_view remedy;                    // Spanish, after "«phrase»: ".
  std::span<const std::string_view> phrases;  // "embarg*": any ending.
};
[[nodiscard]] std::span<const WordingRule> wording_rules();
// Of Spanish texts: the words of another treatment.
[[nodiscard]] std::span<const WordingRule> treatment_rules(Treatment treatment);

// The phrase of the list that stands in the folded text as whole words; none when there is none.
[[nodiscard]] std::optional<std::string_view> find_phrase(
    std::string_view folded, std::span<const std::string_view> phrases);

}  // namespace puntual::messaging
