// The page of an agreement, in its person's language: parties, debts, schedule, discount, what it
// settles, how to pay, the words it was made with, and the hash of its record. The same facts make
// the same bytes. Pure; thread-safe.
#pragma once

#include "core/documents/agreement_paper.h"

namespace puntual::document {

// A PDF. Internal when it cannot be drawn.
[[nodiscard]] Result<std::string> print_agreement(const AgreementPaper& paper,
                                                  const std::string& logo = {});

}  // namespace puntual::document
