// The page of a statement or of one invoice, in its person's language: who owes what to whom, what
// was paid, and how to pay, with a QR code of the link. The same facts make the same bytes. Pure;
// thread-safe.
#pragma once

#include "core/documents/statement.h"

namespace puntual::document {

// A PDF of one page for some twenty invoices, more for more. Internal when it cannot be drawn.
[[nodiscard]] Result<std::string> print_statement(const Statement& statement,
                                                  const std::string& logo = {});

}  // namespace puntual::document
