// Quarantine: this database may not know what was sent from it (it was restored from a backup, is an older copy of itself,
// or a stand-by took over). Nothing at all leaves, on any node; what comes in is heard. A person ends it by saying until
// when the lost instance may have been sending: what it may have said until then counts as said (INV-27).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct Quarantine {
  Instant since;
  std::string why;                  // restored, older_database, failover; or the words of whoever raised it
  std::optional<Instant> known_to;  // The database knows everything up to this moment.
};

// What a database was like when it was last seen by this node; kept outside of it (app/witness.h).
struct DatabaseMark {
  std::string deployment;   // Whose database it is; empty: not known.
  int64_t newest_record = 0;
  std::string incarnation;  // PostgreSQL: system identifier and timeline; empty on SQLite.
};

struct CutOff {
  Instant sent_until;  // Until when the lost instance may have sent.
  std::string by;      // Who says so, and how they know.
};
struct GapReport {
  int people = 0;     // Who may have been written to.
  int cancelled = 0;  // Planned messages that may have been sent already.
};

namespace engine {

// Why the database must not be sent from, given what was remembered of it; none: nothing speaks against it. With
// synchronous stand-bys a fail-over loses nothing. Pure.
[[nodiscard]] std::optional<std::string_view> why_quarantine(const DatabaseMark& remembered, const DatabaseMark& now, bool has_synchronous_standbys);
[[nodiscard]] DatabaseMark mark_of(Tx& tx, std::string incarnation);

[[nodiscard]] std::optional<Quarantine> quarantine_of(Tx& tx);
// Does nothing when it is on already.
void raise_quarantine(Tx& tx, std::string_view why, Instant now);

// Goes through all people in several transactions, and may be given again when it was interrupted: sending begins with the
// last one. Conflict: there is none. Invalid: the cut-off is in the future, or before what the database knows.
[[nodiscard]] Result<GapReport> lift_quarantine(Store& store, const Desk& desk, const CutOff& cut_off, Instant now);

}  // namespace engine
}  // namespace puntual
