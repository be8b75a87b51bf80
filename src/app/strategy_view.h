// The strategies of the house (web/src/strategies), as JSON: which one is in force, each as its
// text and as the calendar that follows from it, with what people read at each step; and what may
// be agreed on, in sentences.
#pragma once

#include <span>
#include <string>

#include "app/config.h"
#include "base/json.h"
#include "store/store.h"

namespace puntual {

[[nodiscard]] json::object strategy_json(const Strategy& strategy, const Desk& desk,
                                         const Config& config);
// Without their texts.
[[nodiscard]] json::array editions_json(std::span<const store::Edition> editions);
[[nodiscard]] json::array drafts_json(std::span<const store::Draft> drafts);
[[nodiscard]] Result<std::string> strategies_view(Store& store, const Desk& desk,
                                                  const Config& config);

}  // namespace puntual
