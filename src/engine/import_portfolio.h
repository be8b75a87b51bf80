// Takes a checked file into the books: people, invoices, payments. A rejected row is handed back,
// the others go in.
//
// Block by block of some thousand rows, each one transaction, so that nobody waits for a large file
// (INV-20). A file that is damaged anywhere goes in not at all. An import that was cut off is begun
// again with the same file: what went in is unchanged then, and the books are as after one run
// (docs/decisions/0015-imports-go-in-by-blocks.md).
#pragma once

#include <functional>
#include <string>

#include "core/conversation/identity.h"
#include "core/portfolio/import_row.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct ImportOptions {
  // The proof by which these people agreed to be written to on WhatsApp, for rows that name none:
  // "Contrato de servicio, cláusula 12". Empty: rows without one give no permission, and nobody is
  // written to.
  std::string consent_instrument;
  std::optional<CivilDate> consent_on;  // Today when left out.
  // By what the creditor knows that the numbers are these people's, for rows that do not say: kind
  // otp, contract or conversation. Empty: the numbers are asked first.
  Evidence confirmed_by;
  bool is_rehearsal = false;            // All is done, in one transaction, and taken back.
  std::string by = "file";              // Who loads it.
  std::string file_name = {};           // What they call the file.
  std::function<Instant()> clock = {};  // For when it has ended; none: no time passes meanwhile.
};

// What somebody would read because of it.
struct ReachMessage {
  std::string name;  // Whose.
  Instant at;        // It leaves then at the earliest.
  std::string text;
};

// Whom a portfolio would write to if it went in now: the plan is asked in the rehearsal, before all
// is taken back.
inline constexpr int kReachShown = 50;
struct ImportReach {
  int64_t people = 0;
  std::optional<Instant> first_at = {};  // When the first would be written to; none: nobody would.
  bool has_more = false;                 // Only the first people were asked about.
  std::vector<ReachMessage> first =
      {};  // The first to leave, in their order: at most kReachShown of them.
};

// created + updated + unchanged + rejected + duplicate = rows.
struct ImportReport {
  int64_t rows = 0, created = 0, updated = 0, unchanged = 0, rejected = 0, duplicate = 0;
  int64_t ignored = 0;  // Blank lines, totals, repeated titles.
  int64_t people_created = 0;
  int64_t people_without_consent = 0;
  int64_t people_unconfirmed = 0;  // Have a number that is not proven to be theirs: they are asked
                                   // before they hear of a debt.
  int64_t people_confirmed = 0;    // Whose number this file has proven: it was not before.
  int64_t yes_without_proof =
      0;  // People of whom the column of the proof says "sí", where no proof is named.
  int64_t people_retired = 0;  // Have only numbers that turned out to be other people's.
  int64_t waiting = 0;    // New payments with money that waits for an invoice we do not know yet.
  int64_t left_over = 0;  // New payments of more than was owed: the rest is in the person's favour.
  int64_t held = 0;       // Unchanged: payments that may be in the books already; a person says so
                          // (engine/held_money.h).
  std::vector<CurrencyTotal> totals;      // Of the rows that went in: created, updated, unchanged.
  std::string rejects;                    // The correctable file; empty when nothing was rejected.
  std::optional<ImportReach> reach = {};  // Of a rehearsal of a portfolio.
};

namespace engine {

// One at a time; another waits. Not from within a transaction.
[[nodiscard]] Result<ImportReport> import_file(Store& store, const Desk& desk,
                                               const Creditor& creditor, const ImportFile& file,
                                               const ImportOptions& options, Instant now);

}  // namespace engine
}  // namespace puntual
