// A payment as the command line and the API tell it: one JSON object in, one out.
#pragma once

#include <string>

#include "app/config.h"
#include "store/store.h"

namespace puntual {

// {"invoice","amount_minor","currency","id","method"?,"paid_on"? or "paid_at"?,"by"?} →
// {"id","new","lowered_minor", "unapplied_minor"}. `id` is the teller's own id of the payment: told
// twice, it counts once. `by`: who says so, on the record.
[[nodiscard]] Result<std::string> run_payment_job(Store& store, const Desk& desk,
                                                  const Creditor& creditor, std::string_view body,
                                                  Instant now);

}  // namespace puntual
