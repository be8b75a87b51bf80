// Stops and starts all sending of a creditor, with its record.
#pragma once

#include <string_view>

#include "store/store.h"

namespace puntual::engine {

// `why` is shown to whoever finds it paused; the record keeps the code alone, because people write
// names.
void pause_sending(Tx& tx, CreditorId creditor, Instant now, std::string_view why,
                   std::string_view code);
// Conflict, with the remedy, while the owner of the sending number has not confirmed.
[[nodiscard]] Result<void> resume_sending(Tx& tx, const Creditor& creditor, Instant now,
                                          std::string_view by = {});

}  // namespace puntual::engine
