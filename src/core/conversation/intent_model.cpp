#include "core/conversation/intent_model.h"

#include <algorithm>
#include <cmath>

extern "C" const puntual::IntentModel puntual_intent_model;  // cmake/generated.cmake

namespace puntual::conversation {

const IntentModel& intent_model() { return puntual_intent_model; }

IntentProbabilities probabilities(const IntentModel& model, std::span<const uint32_t> features) {
  std::array<int32_t, kIntents> sums{};
  for (const auto feature : features) {
    const auto& row = model.weights[feature];
    for (size_t k = 0; k < kIntents; ++k) sums[k] += row[k];
  }
  // A long message has more features, and is no surer for it.
  const float share = 1 / std::sqrt(static_cast<float>(features.size()));
  IntentProbabilities found{};
  for (size_t k = 0; k < kIntents; ++k)
    found[k] = static_cast<float>(sums[k]) * model.scale[k] * share;
  const float top = *std::ranges::max_element(found);
  float total = 0;
  for (auto& one : found) total += one = std::exp(one - top);
  for (auto& one : found) one /= total;
  return found;
}

}  // namespace puntual::conversation
