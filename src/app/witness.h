// What this node knows of its database, kept beside it: an older copy that was put in its place, or
// a stand-by that took over, is recognised when it is next opened for writing, although the
// database itself does not know. Nothing is sent before it stands here (Engine::before_sending), so
// no database that the witness knows is older than what was sent from it.
#pragma once

#include <string>

#include "app/config.h"
#include "engine/quarantine.h"

namespace puntual {

// data_dir/witness. An empty mark when there is none, or none that can be read.
[[nodiscard]] DatabaseMark read_witness(const std::string& path);
// On the disk when this returns; never half a file.
[[nodiscard]] Result<void> write_witness(const std::string& path, const DatabaseMark& mark);

// Remembers the database as it is now.
[[nodiscard]] Result<void> note_witness(Store& store, const Config& config, Instant now);
// Before anything else is written to a database that was opened: is it the one that is remembered?
// Otherwise sending goes into quarantine. A database that is new gets its name.
[[nodiscard]] Result<void> ask_witness(Store& store, const Config& config, Random& random,
                                       Instant now);
// In the transaction that found out.
void quarantine_for(Tx& tx, const Config& config, std::string_view why, Instant now);

}  // namespace puntual
