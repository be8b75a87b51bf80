// Brings a database to the schema of this program.
#pragma once

#include <string>

#include "store/db.h"
#include "store/dialect.h"

namespace puntual::store {

// Applies what is missing, each migration in a transaction of its own. Throws Failure: Unsafe when the
// database is newer than this program, naming both versions.
void migrate(Connection& db, Dialect dialect);

// For those who only read and may not migrate: Unsafe when the database is newer or older than this program,
// NotFound when it is not one of ours.
void require_schema(Connection& db);

// What the program expects.
[[nodiscard]] int schema_version();

}  // namespace puntual::store
