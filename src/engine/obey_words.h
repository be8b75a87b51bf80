// What must be obeyed at once, wherever it is said: a stop, a death, a life in danger, a right to
// their data, insolvency, a child. The chat (hear_message.h) and the payer's page hear with the
// same ears.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/conversation/respond.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

struct Said {
  std::string_view text, payload;  // Of a button, else empty.
  Instant at;
  std::string_view through;  // chat, page
  std::string where;         // Where the words stand: "message 12".
  bool is_believed =
      true;  // It comes from where they are written to; else only a stop and a death are heard.
};

// What was.
struct Obeyed {
  bool stop = false;  // Or the doubt of one.
  bool death = false, danger = false, right = false, insolvency = false, child = false;
  [[nodiscard]] bool anything() const {
    return stop || death || danger || right || insolvency || child;
  }
};

// With the person and their kin held.
Obeyed obey_words(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor,
                  const Said& said, Instant now);

// What came of a button of the payer's page, with the words below it.
enum class PageHeard : uint8_t {
  AsTapped,
  Stopped,  // Nobody writes to them any more.
  Graver,   // Their words weigh more than the button: a person reads them, and nothing is sent
            // meanwhile.
};
// `tapped`: what the button begins by itself; none: nothing. `words` may be empty. With the person
// and their kin held.
PageHeard hear_on_page(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor,
                       std::optional<Move> tapped, std::string_view words, Instant now);
// The page's button "no me escriban más".
void stop_on_page(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor,
                  Instant now);

}  // namespace puntual::engine
