// puntual link: the address at which somebody pays, for whoever wants to give it to them, or take
// it back.
#pragma once

#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

// {"subject": as engine::find_topic, "revoke": bool} → {"url","reference","expires_at"}, or
// {"revoked":n}. An invoice has a link of its own; of a person it is that for everything they owe.
// Conflict: this house has no page for payers.
[[nodiscard]] Result<std::string> run_link_job(Store& store, const Desk& desk,
                                               const Creditor& creditor, std::string_view body,
                                               Instant now);

}  // namespace puntual
