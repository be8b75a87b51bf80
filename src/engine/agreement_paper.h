// The page of an agreement, from the books: for who prints it, and by itself in the chat for who
// has just agreed on a plan there.
#pragma once

#include "core/documents/agreement_paper.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

inline constexpr std::string_view kPaperStep = "agreement_paper";

// A link to pay it may be made: with the person held. Unsafe: the agreement is not what was
// recorded when it was made.
[[nodiscard]] Result<AgreementPaper> paper_of(Tx& tx, const Desk& desk, const Creditor& creditor,
                                              const Debtor& debtor, const Agreement& agreement,
                                              Instant now);

// Sends the page of a plan that was made in the chat within the last hour, once; does nothing for
// any other agreement. A promise is one date and one sum: its confirmation is all that there is to
// say. Call with the person held.
void send_paper(Tx& tx, const Desk& desk, const Creditor& creditor, const Debtor& debtor,
                const Agreement& agreement, Instant now);

}  // namespace puntual::engine
