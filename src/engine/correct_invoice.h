// "Tiene razón": an amount that was wrong is corrected, or the invoice withdrawn, by a person of
// the creditor, with the reason. What was paid of it and is too much pays the person's other
// debts, or stays in their favour; interest is told anew as if the right amount had been asked for
// from the start.
//
// The creditor's file that goes on telling the wrong figure changes nothing: that figure is no
// news. A greater one than it, or any of what was withdrawn, is refused with its row, so that
// nobody is asked again for what they were told not to owe; a smaller one is the file's new word.
#pragma once

#include <optional>
#include <string>

#include "engine/desk.h"
#include "store/sql/sql_corrections.h"
#include "store/store.h"

namespace puntual::engine {

struct CorrectionDeed {
  std::string invoice;                  // Its number.
  std::string by, why;                  // Who says so; no personal data.
  std::optional<int64_t> amount_minor;  // The right amount; none: nothing of it is owed.
  bool keeps_dispute = false;           // Something else is disputed still.
};

struct CorrectedInvoice {
  Invoice invoice;         // As it is now.
  int64_t from_minor = 0;  // Its amount before.
  bool closed_dispute = false;
  bool is_told = false;  // A message to the person is on its way.
};

// Holds the person and their other records. An open dispute is closed as `right`, and the person
// told, in the open chat or by an approved template. NotFound: no such invoice. Conflict: it was
// given up for lost, or says so already. Invalid: no reason, or an amount above the file's, which
// is for the file to say.
[[nodiscard]] Result<CorrectedInvoice> correct_invoice(Tx& tx, const Desk& desk,
                                                       const Creditor& creditor,
                                                       const CorrectionDeed& deed, Instant now);

// The correction that stands against what the file tells; none: the amount is the file's.
[[nodiscard]] std::optional<store::Correction> correction_in_force(Tx& tx, CreditorId creditor,
                                                                   InvoiceId invoice,
                                                                   int64_t amount_minor);

}  // namespace puntual::engine
