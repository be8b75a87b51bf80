// An import as the command line and the API ask for it: options as texts, the answer as one JSON
// object. One code path for both, whether the server runs or not.
#pragma once

#include <functional>
#include <string>

#include "app/config.h"
#include "core/portfolio/import_detect.h"
#include "store/store.h"

namespace puntual {

struct ImportJob {
  std::string consent_instrument, consent_on;  // consent_on: YYYY-MM-DD or empty.
  // How the numbers were verified, for rows that do not say: otp, contract or conversation; its
  // proof; YYYY-MM-DD. Empty: as [identity] of the settings says.
  std::string confirmed_by, evidence, confirmed_on;
  std::string country, currency, kind;  // Empty: the creditor's, the file's own.
  std::string mapping;                  // TOML text of --save-mapping, or empty.
  bool dry_run = false;
  bool draft = false;  // With dry_run: what cannot be read yet is answered too, with its `trouble`
                       // and what its columns seem to be.
  bool may_read =
      true;  // Whoever asks may know the people of the house: they are told what each would read.
  bool anew = false;  // Without what is remembered of files with these titles.
  std::string by = "file";
  std::string file_name = {};  // Without its folder; the first kFileNameBytesMax of it are kept.
  std::function<Instant()> clock = {};  // For when it has ended; none: no time passes meanwhile.
};

// {"kind","created",…,"rows","ignored","people_created","people_without_consent","people_unconfirmed","people_retired","waiting","left_over","held","totals":[…],
//  "rejects","description","mapping","columns","read_as","remembered","reach","trouble",
// "first_send_not_before"}: until then nobody is reminded because of it (engine/import_grace.h); of
// a dry run, if it were applied now. A mapping that is given with what is applied is remembered for
// files with the same titles, and read with again where none is given. Applied block by block
// (engine/import_portfolio.h); a dry run takes it back.
[[nodiscard]] Result<std::string> run_import_job(Store& store, const Desk& desk,
                                                 const Creditor& creditor, std::string_view bytes,
                                                 const ImportJob& job, Instant now);

// The latest ones, the newest first: what came of each, how far it is, and why it cannot be undone
// (empty: it can be).
[[nodiscard]] Result<std::string> list_imports_job(Store& store, const EngineSettings& settings,
                                                   const Creditor& creditor, Instant now);
// {"by"}: engine/undo_import.h.
[[nodiscard]] Result<std::string> undo_import_job(Store& store, const Creditor& creditor,
                                                  std::string_view id, std::string_view body,
                                                  Instant now);

}  // namespace puntual
