// One SQLite connection. WAL and synchronous=FULL; every write transaction is BEGIN IMMEDIATE.
//
// SQLite before 3.51.3 has a rare race when several connections reset the WAL (quality-bar section
// 1, checked 2026-11-21): here one connection writes and checkpoints, all others only read.
#pragma once

#include <memory>
#include <string>

#include "store/db.h"

namespace puntual::store {

enum class SqliteMode : uint8_t { Writer, Reader };

// path ":memory:" gives a private database in memory. Throws Failure.
[[nodiscard]] std::unique_ptr<Connection> open_sqlite(const std::string& path, SqliteMode mode);

}  // namespace puntual::store
