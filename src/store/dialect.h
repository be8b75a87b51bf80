// The few words in which SQLite and PostgreSQL differ, written as {{tokens}} in the SQL of both.
//
//   {{skip_locked}}  behind a SELECT that claims rows: what another node has claimed is passed over
//   {{for_update}}, {{for_share}}  behind a SELECT whose rows must stay as they are until the
//   transaction ends
//   {{for_key_share}}  the same, but other columns than the key may be changed meanwhile
//   {{people_2}} … {{among_2}}  before the table, and behind a column of it: it is one of the
//   people in $2 (store/people.h)
//   {{now_ms}}  the database's own clock, milliseconds UTC
//   {{id}} {{key}} {{bytes}} {{clustered}}  of the schema (store/migrations)
//
// SQLite needs no locks: there is one writer.
#pragma once

#include <cstdint>
#include <string>

namespace puntual::store {

enum class Dialect : uint8_t { Sqlite, Postgres };

[[nodiscard]] std::string in_dialect(std::string sql, Dialect dialect);

}  // namespace puntual::store
