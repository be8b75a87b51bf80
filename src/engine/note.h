// One line on a person's timeline: what happened, in codes and short values, without personal data.
#pragma once

#include <string>
#include <string_view>

#include "store/store.h"

namespace puntual::engine {

inline void note(Tx& tx, CreditorId creditor, DebtorId debtor, Instant now, std::string_view kind, std::string_view detail = {}) {
  tx.timeline.append({.creditor_id = creditor, .debtor_id = debtor, .at = now, .kind = std::string(kind), .detail = std::string(detail)}, tx.ids);
}

}  // namespace puntual::engine
