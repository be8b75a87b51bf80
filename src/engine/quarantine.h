// Quarantine: this database may not know what was sent from it (it was restored from a backup, is
// an older copy of itself, or a stand-by took over). Nothing at all leaves, on any node; what comes
// in is heard. A person ends it by saying until when the lost instance may have been sending: what
// it may have said until then counts as said (INV-27).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct Quarantine {
  Instant since;
  std::string why;  // restored, older_database, failover; or the words of whoever raised it
  std::optional<Instant>
      known_to;  // Some server of ours is known to have been alive then: no cut-off is before it.
};

// What a database held when this node last looked, or was about to send; kept outside of it
// (app/witness.h).
struct DatabaseMark {
  std::string deployment;  // Whose database it is; empty: not known.
  int64_t newest_record =
      0;  // Of the timeline, which forgets nothing: a database without it is an older one.
  Instant at{0};
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

// Why the database must not be sent from, given what was remembered of it; none: nothing speaks
// against it. What was written since does not make an older database a newer one. With synchronous
// stand-bys a fail-over loses nothing.
[[nodiscard]] std::optional<std::string_view> why_quarantine(Tx& tx, const DatabaseMark& remembered,
                                                             std::string_view incarnation,
                                                             bool has_synchronous_standbys);
[[nodiscard]] DatabaseMark mark_of(Tx& tx, std::string incarnation, Instant now);
// A name of its own for the database, once for all.
void name_deployment(Tx& tx, Random& random);

[[nodiscard]] std::optional<Quarantine> quarantine_of(Tx& tx);
// last_seen: when a server of ours was alive, from outside of the database, which has its own
// alive_at. When it is on already only that is taken over, if it is later. `by`: the person who
// says so; empty: the program itself.
void raise_quarantine(Tx& tx, std::string_view why, Instant now,
                      std::optional<Instant> last_seen = {}, std::string_view by = {});

// Goes through all people in several transactions, and may be given again when it was interrupted:
// sending begins with the last one. Conflict: there is none. Invalid: the cut-off is in the future,
// or before a moment at which a server of ours was alive.
[[nodiscard]] Result<GapReport> lift_quarantine(Store& store, const Desk& desk,
                                                const CutOff& cut_off, Instant now);

}  // namespace engine
}  // namespace puntual
