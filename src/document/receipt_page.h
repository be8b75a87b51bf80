// The page of a receipt, in its person's language: what came in, what it paid, what those invoices
// owe now, and what is kept for the person. The same facts make the same bytes. Pure; thread-safe.
#pragma once

#include "core/documents/receipt.h"

namespace puntual::document {

// A PDF. Internal when it cannot be drawn.
[[nodiscard]] Result<std::string> print_receipt(const Receipt& receipt,
                                                const std::string& logo = {});

}  // namespace puntual::document
