// Filters of a list that somebody keeps under a name: their own, or shared with everybody. Orders
// and answers are JSON.
#pragma once

#include <string>
#include <string_view>

#include "core/access/right.h"
#include "store/store.h"

namespace puntual {

// {"views":[{"id","page","name","query","shared","own"}]}: their own and the shared ones.
[[nodiscard]] Result<std::string> list_saved_views_job(Store& store, const Creditor& creditor,
                                                       std::string_view page,
                                                       const access::Principal& who);
[[nodiscard]] Result<std::string> show_saved_view_job(Store& store, const Creditor& creditor,
                                                      std::string_view id,
                                                      const access::Principal& who);
// {"page","name","query","shared"}; Forbidden: shared, by somebody who may not write to the
// portfolio.
[[nodiscard]] Result<std::string> add_saved_view_job(Store& store, const Creditor& creditor,
                                                     std::string_view body,
                                                     const access::Principal& who, Instant now);
// {"name","query","shared"}, those that change. NotFound: there is none that they see. Forbidden:
// it is another's, and they may not share.
[[nodiscard]] Result<std::string> change_saved_view_job(Store& store, const Creditor& creditor,
                                                        std::string_view id, std::string_view body,
                                                        const access::Principal& who);
[[nodiscard]] Result<void> remove_saved_view_job(Store& store, const Creditor& creditor,
                                                 std::string_view id, const access::Principal& who);

}  // namespace puntual
