// Who is not reminded of anything yet, because a file of theirs has just been loaded and can still
// be taken back.
//
// Asked like the gate: before anything is planned, and again before what was planned earlier
// leaves. Answers and receipts do not wait: they are not because of the file.
#pragma once

#include <map>

#include "engine/desk.h"
#include "store/people.h"
#include "store/sql/sql_imports.h"
#include "store/store.h"

namespace puntual::engine {

// Those of these people who rest, and until when. One small read while there is no such import.
[[nodiscard]] std::map<DebtorId, Instant> resting_after_import(Tx& tx,
                                                               const EngineSettings& settings,
                                                               CreditorId creditor,
                                                               const store::People& people,
                                                               Instant now);

// Of an import that changed debts; none: nobody waits because of it.
[[nodiscard]] std::optional<Instant> first_send_not_before(const store::ImportRun& run,
                                                           const EngineSettings& settings,
                                                           Instant now);

}  // namespace puntual::engine
