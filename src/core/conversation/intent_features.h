// A message as the numbers that the intent model has weights for: words and pairs of words, what
// they are about, pieces of words as they sound, emojis, length, and what the rules for stops,
// deaths and identities found. The training (tools/train_intents.cpp) and the program ask this one
// function. Knows no country. Pure; thread-safe.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/conversation/identity.h"
#include "core/conversation/opt_out.h"

namespace puntual {

// What must never be missed, as the rules find it.
struct RuleFindings {
  OptOutVerdict stop = OptOutVerdict::None;
  bool death = false;
  IdentityAnswer identity = IdentityAnswer::None;
};

namespace conversation {

inline constexpr uint32_t kIntentFeatures = 1U << 16;

[[nodiscard]] RuleFindings ask_rules(std::string_view text);

// Below kIntentFeatures, sorted, each once; never none.
[[nodiscard]] std::vector<uint32_t> intent_features(std::string_view text,
                                                    const RuleFindings& rules);

}  // namespace conversation
}  // namespace puntual
