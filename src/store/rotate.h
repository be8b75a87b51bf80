// Another master key: every key of a person, and the deployment's, is wrapped anew; the data
// themselves stay as they are.
//
//   master.key.next is made → people's keys, in batches → the deployment's key → master.key.next
//   becomes master.key
//
// A crash at any point leaves master.key.next behind; whoever opens the database for writing next
// goes on from there. A key of an erased person is zeros and stays so. No other process may have
// the database open for writing: it knows the old key. From the first batch to the deployment's key
// the database says so itself, for those who open it from another machine. Throws Failure.
#pragma once

#include <string>

#include "store/db.h"

namespace puntual::store {

// The first step, synced; when it was done before, that key is kept.
void prepare_next_master_key(const std::string& master_file);
[[nodiscard]] bool is_rotating(const std::string& master_file);
[[nodiscard]] bool is_half_rotated(Connection& db);
// The other steps. batches_max: stop after so many, for tests; false: not done yet.
bool finish_rotation(Connection& db, const std::string& master_file,
                     int64_t batches_max = INT64_MAX);

}  // namespace puntual::store
