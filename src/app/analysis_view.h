// The creditor's figures (web/src/analysis), as JSON: how old what is owed is, what was recovered,
// what became of reminders, when people write, what was kept of what they agreed on, and what the
// platform asked for it.
//
// Money is never rounded, and every sum is the ledger's: what is owed is its receivable; what is
// recovered, and what was paid before the house first wrote to the person, are together its cash
// less what of it waits unapplied.
#pragma once

#include <string>

#include "store/store.h"

namespace puntual {

// days: for how long back from now, 1 to 366, as text; empty: 90.
[[nodiscard]] Result<std::string> analysis_view(Store& store, const Creditor& creditor,
                                                std::string_view days, Instant now);

}  // namespace puntual
