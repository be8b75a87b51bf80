// What is agreed with people, as the command line and the API tell it: one JSON object in, one out;
// and its printed form.
#pragma once

#include <string>

#include "app/invoice_job.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

// {"action": "list" | "show" | "offers" | "make" | "cancel", …}; see docs/agreements.md.
// Forbidden: a discount beyond the mandate in a house that wants four eyes, from whoever has not
// signed in: it takes a debt away (docs/books.md).
[[nodiscard]] Result<std::string> run_agreement_job(Store& store, const Desk& desk,
                                                    const Creditor& creditor, std::string_view body,
                                                    const InvoiceAsker& asker, Instant now);

// The agreement with this id on one page, as a PDF: parties, debts, schedule, how to pay, the
// words, and its record's hash.
[[nodiscard]] Result<std::string> agreement_pdf(Store& store, const Desk& desk,
                                                const Creditor& creditor, AgreementId id,
                                                Instant now);

}  // namespace puntual
