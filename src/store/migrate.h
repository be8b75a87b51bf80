// Brings a database to the schema of this program.
//
// Migration n makes schema n. What has run is written down with the digest of its text and with the
// oldest program that can still work on its outcome, so that nodes of adjacent releases share a
// database while they are upgraded one by one. All throw Failure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "store/db.h"
#include "store/dialect.h"

namespace puntual::store {

struct Migration {
  std::string_view name;  // "0001_first.sql"
  std::string_view sql;
  // Its line "-- Works with programs from schema N".
  [[nodiscard]] int64_t works_from() const;
};
[[nodiscard]] std::span<const Migration> built_in_migrations();

// Applies what is missing, each migration in a transaction of its own. Unsafe when the database is
// too new for this program, naming both versions, or was made by a migration that was never
// released.
void migrate(Connection& db, Dialect dialect,
             std::span<const Migration> migrations = built_in_migrations());
// Before that, on SQLite: a copy of a database that is about to be changed, beside it; its path.
// None: nothing to do.
std::optional<std::string> keep_copy_before_migration(
    Connection& db, const std::string& path,
    std::span<const Migration> migrations = built_in_migrations());

// For those who only read and may not migrate: Unsafe when the database is too new or too old for
// this program, NotFound when it is not one of ours.
void require_schema(Connection& db);
// For those who copy everything: also when it is newer in a way that we could read.
void require_same_schema(Connection& db);

// What the program expects, and what a database has.
[[nodiscard]] int schema_version();
[[nodiscard]] int64_t schema_of(Connection& db);

}  // namespace puntual::store
