// Whose the sending number is. WhatsApp's policy names debt collection by others than the creditor
// as prohibited (whatsapp-cloud-api.md section 12, checked 2026-11-21): where owner and creditor
// differ nothing is sent until the owner's confirmation is recorded.
#pragma once

#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

inline constexpr std::string_view kOwnerPause = "NUMBER_OWNER";

// Records the number with its owner as the settings say (empty: the creditor), and pauses the
// creditor while another owner has not confirmed. Called whenever the settings are read.
void note_sending_number(Tx& tx, const Creditor& creditor, std::string_view owner, Instant now);

// The owner allows it. Conflict when the settings name another owner. Ends the pause of this reason
// only.
[[nodiscard]] Result<void> confirm_owner(Tx& tx, const Creditor& creditor, std::string_view owner,
                                         std::string_view by, Instant now);

// What the platform shows as the number's name; false when it looks like neither creditor nor
// owner: worth a warning.
bool note_verified_name(Tx& tx, const Creditor& creditor, std::string_view verified_name,
                        Instant now);

// Conflict, with the remedy, while the number's owner has not confirmed.
[[nodiscard]] Result<void> owner_agrees(Tx& tx, const Creditor& creditor);

}  // namespace puntual::engine
