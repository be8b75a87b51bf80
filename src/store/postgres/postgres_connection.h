// One connection to PostgreSQL 15 or later, by libpq in pipeline mode: what is posted, BEGIN and
// COMMIT travel with their neighbours, so that a transaction costs one exchange for each question
// it asks, and one for its end.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "store/db.h"

namespace puntual::store {

// What the connections of one store know together of their server. Thread-safe.
struct ServerHealth {
  std::atomic<bool> is_hurried = false;  // The process ends: nobody waits long.
  std::atomic<bool> is_silent = false;   // It did not answer the last time it was asked.
};

// url: postgresql://… or a libpq connection string; TLS, password files and several hosts are
// libpq's own parameters. A connection that broke is made again at the next begin(). Throws
// Failure: Unavailable when nobody answers. A commit whose answer was lost is Unavailable too: it
// may or may not have been kept. A statement may take its time; when the server does not even
// answer a new knock meanwhile, it is Unavailable after seven seconds (hurried: three).
[[nodiscard]] std::unique_ptr<Connection> open_postgres(
    const std::string& url,
    std::shared_ptr<ServerHealth> health = std::make_shared<ServerHealth>());

// Whether this server keeps what it was given. Throws Unsafe, with the remedy, when it is too old,
// does not write through to the disk, or does not speak UTF-8. Gives what the operator should know
// (stand-bys that are asynchronous, or may be).
[[nodiscard]] std::vector<std::string> require_durable_postgres(Connection& db);

// For messages: without the password.
[[nodiscard]] std::string without_password(std::string url);

}  // namespace puntual::store
