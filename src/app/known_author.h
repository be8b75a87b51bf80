// Whose name stands under a deed: evidence knows nobody who is not there. Call within a
// transaction.
#pragma once

#include <string_view>

#include "store/store.h"

namespace puntual {

// Invalid when people have been given logins and this is none of them, no key, and not the house
// itself ("operator", "api").
[[nodiscard]] Result<void> check_author(Tx& tx, const Creditor& creditor, std::string_view by);

}  // namespace puntual
