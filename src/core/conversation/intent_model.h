// How likely each intent is for a message: a multinomial logistic model over hashed features,
// trained while building from data/utterances (tools/train_intents.cpp) and part of the binary.
// Pure; thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "core/conversation/intent.h"
#include "core/conversation/intent_features.h"

namespace puntual {

using IntentProbabilities = std::array<float, kIntents>;

// As it stands in its file, in this machine's byte order.
struct IntentModel {
  // Acted on from this probability: of what reached it when authors were read who had been kept
  // out, enough was right.
  IntentProbabilities act_from{};
  IntentProbabilities scale{};  // Of one unit of an intent's weights, divided by the temperature.
  std::array<std::array<int8_t, kIntents>, conversation::kIntentFeatures> weights{};
};

namespace conversation {

[[nodiscard]] const IntentModel& intent_model();  // The one of this binary.
[[nodiscard]] IntentProbabilities probabilities(const IntentModel& model,
                                                std::span<const uint32_t> features);

}  // namespace conversation
}  // namespace puntual
