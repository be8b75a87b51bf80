// Whom the traces of a bank's line lead to. For engine/bank_import.
#pragma once

#include <vector>

#include "core/bank/match.h"
#include "store/store.h"

namespace puntual::engine {

[[nodiscard]] std::vector<BankCandidate> candidates_for(Tx& tx, const Creditor& creditor,
                                                        const BankLine& line);

}  // namespace puntual::engine
