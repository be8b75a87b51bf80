// Whether two names are two people, where two decide about money ([access] four_eyes). Who makes an
// account, or gives it a new password, holds the link at which it is chosen, and could be both.
#pragma once

#include <string_view>

#include "store/store.h"

namespace puntual::engine {

// So long after a link was handed out for an account it counts as whoever handed it out: time for
// the house to see that the account is there. Days, not hours: a weekend lies in between.
inline constexpr int64_t kLinkedAccountMs = 3 * kDayMs;

// Forbidden, in Spanish: they are one; one of the accounts was made or given a new password by the
// other lately; or by the house's token or command line, which are nobody.
[[nodiscard]] Result<void> are_two_people(Tx& tx, const Creditor& creditor,
                                          std::string_view asked_by, std::string_view by,
                                          Instant now);

}  // namespace puntual::engine
