// What was launched in the database (store/sql/sql_editions.h) goes before the files: its strategy
// is in force for all who owe something, its templates are what is said. The law's packs stay above
// both.
#pragma once

#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

// Brings the desk up to what is launched by now. False: it was so already. In the place of a text
// that this program cannot read stands the last one of its kind and name that it can, else the
// file; `unread_editions` tells which, so that nothing stops for it and a person mends it.
[[nodiscard]] Result<bool> take_editions(Store& store, Desk& desk);

// This template's text in the desk's place of it, as this creditor says it. Invalid, with lines,
// when it is no template.
[[nodiscard]] Result<void> put_template(TemplateCatalog& catalog, std::string_view text,
                                        std::string_view file_name, const Creditor& creditor);

// Who does it, and why.
struct LaunchOrder {
  store::Draft draft;
  std::string why, by;
  int64_t people = 0;  // For how many, as who launches has seen it.
};
// The draft becomes an edition, and is gone. Conflict: it is another by now, or another number of
// people owe something.
[[nodiscard]] Result<int64_t> launch(Tx& tx, const Creditor& creditor, const LaunchOrder& order,
                                     Instant now);

}  // namespace puntual::engine
