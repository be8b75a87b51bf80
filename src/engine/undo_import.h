// An import taken back, for a day, while nothing came of it: debts that it brought are withdrawn,
// what it changed is again as it was.
//
// Person by person, each held and looked at: whoever was written to meanwhile, or has paid, agreed
// on something or been let off something, keeps what the file brought. Nothing is deleted: the
// books show the way there and back. What the file said of consent, of numbers and of cases stays:
// it was told, and silences rather than speaks.
#pragma once

#include <string>
#include <string_view>

#include "engine/desk.h"
#include "store/sql/sql_imports.h"
#include "store/store.h"

namespace puntual {

struct UndoReport {
  int64_t people = 0, withdrawn = 0,
          restored = 0;  // Debts that it had brought; debts and people as before again.
  int64_t kept = 0;      // People to whom something happened while it was taken back.
};

namespace engine {

inline constexpr int64_t kUndoMs = 24 * kHourMs;

// Why an import cannot be taken back. `code`: undone, loading, payments, unchanged, late, not_last,
// or touched (by what has happened since to so many people); empty: it can be.
struct WhyNotUndo {
  std::string_view code = {};
  int64_t people = 0;
  [[nodiscard]] std::string in_spanish() const;
};
// Reads everybody whom it touched.
[[nodiscard]] WhyNotUndo why_not_undo(Tx& tx, CreditorId creditor, const store::ImportRun& run,
                                      Instant now);
// NotFound: there was no such import. Conflict: why_not_undo. One at a time, and not beside an
// import. Not from within a transaction.
[[nodiscard]] Result<UndoReport> undo_import(Store& store, const Creditor& creditor, int64_t run,
                                             std::string_view by, Instant now);

// For the importer: how they stand before it changes them.
void remember_invoice(Tx& tx, CreditorId creditor, int64_t run, const store::ToldInvoice& told);
void remember_person(Tx& tx, int64_t run, const Debtor& known);

}  // namespace engine
}  // namespace puntual
