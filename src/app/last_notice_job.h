// Last notices that wait to be read, as the API and the command line tell them: JSON in, JSON out
// (engine/last_notices.h).
#pragma once

#include <string>
#include <string_view>

#include "core/access/right.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

// {"count","notices":[{"debtor","name","phone","step","invoices","balance_minor","currency","days_past_due","text","silence","silence_es","asked_by"}],"next"}.
[[nodiscard]] Result<std::string> list_last_notices_job(Store& store, const Desk& desk,
                                                        const Creditor& creditor,
                                                        std::string_view cursor,
                                                        std::string_view limit, Instant now);

// release, hold: debtors (numbers), or instead of them count: everybody who waits, if they are
// still so many (Conflict else); why (needed to hold), by. {"decided","asked","gone"}: asked are
// those that another person has yet to let leave, where the house wants four eyes; gone those of
// whom nothing waits any more. Forbidden: who may not let them leave (core/access/two_people.h).
struct LastNoticeAsker {
  access::Principal by;
  bool needs_four_eyes = false;  // Of the house.
};
inline constexpr std::string_view kLastNoticeVerbs[] = {"release", "hold"};
[[nodiscard]] Result<std::string> decide_last_notices_job(
    Store& store, const Desk& desk, const Creditor& creditor, std::string_view verb,
    std::string_view body, const LastNoticeAsker& asker, Instant now);

}  // namespace puntual
