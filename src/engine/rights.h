// What people may ask of their data: to see it, to have it put right, to be left alone, to be
// forgotten. Each request has a clock (core/rights), is kept with its answer, and is an event of
// the timeline.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/rights/request.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

// Takes a request; one of the same kind that is still open is that one. A wish to be left alone or
// forgotten silences at once, whatever is decided later.
RightsRequest take_request(Tx& tx, const Law& law, const Creditor& creditor, const Debtor& debtor,
                           RightKind kind, std::string_view through, Instant now);
// Answers it. Conflict when it has been answered, NotFound when it is not there.
Result<void> answer_request(Tx& tx, const Creditor& creditor, int64_t id, RequestState state,
                            std::string_view answer, Instant now);

// Puts right a name, e-mail, zone or phone. Invalid names the field and what is wrong with the
// value.
Result<void> rectify(Tx& tx, const Creditor& creditor, DebtorId debtor, std::string_view field,
                     std::string_view value, Instant now);

struct Erasure {
  std::vector<rights::ErasureHold> holds;  // Empty: the person is, or would be, forgotten.
  int64_t messages = 0, conversation = 0;  // What would become, or has become, unreadable.
  bool done = false;
};
// With `apply` false it only says what would happen. Where a debt is alive what no duty covers goes
// (what was written in chats, the e-mail), and the person is told why the rest stays.
Result<Erasure> erase_person(Tx& tx, const Law& law, const Creditor& creditor, DebtorId debtor,
                             bool apply, Instant now);

}  // namespace puntual::engine
