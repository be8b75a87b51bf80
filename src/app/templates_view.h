// The texts of the house (web/src/templates), as JSON: what somebody of a language reads, with
// sample values; what the platform says of each text, and what our own checks find in it.
#pragma once

#include <map>
#include <string>

#include "app/config.h"
#include "base/json.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

using TemplateStates =
    std::map<std::pair<std::string, std::string>, store::TemplateState>;  // By name and language.
[[nodiscard]] json::object template_json(const MessageTemplate& one, const Creditor& house,
                                         const TemplateStates& states);
// language: "es_CO"; empty: the creditor's. Invalid: nothing is written in it.
[[nodiscard]] Result<std::string> templates_view(Store& store, const Desk& desk,
                                                 const Config& config, std::string_view language);

// As this house says it, with the examples of the other variables; empty when one has none.
[[nodiscard]] std::string sample_text(const MessageTemplate& one, const Creditor& house);

}  // namespace puntual
