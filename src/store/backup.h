// A copy of a database as rows, made beside a running server in one consistent read: everything
// except the keys of people, or the keys alone (docs/decisions/0011: who keeps one without the
// other keeps nobody's data).
#pragma once

#include <functional>
#include <string>

#include "store/store.h"

namespace puntual::store {

enum class SnapshotOf : uint8_t { Data, Keys };

// Into a new SQLite file with the schema of this program; on the disk when it returns. The server
// goes on writing, and its log grows meanwhile. Conflict: the file exists. Unsafe: the database's
// schema is not this program's.
[[nodiscard]] Result<void> write_snapshot(const std::string& url, const std::string& path,
                                          SnapshotOf what);
// Puts the keys of people into a database that was copied without them; how many.
[[nodiscard]] Result<int64_t> add_keys(const std::string& keys_path, const std::string& path);

// A copy to try things on, from either database at one moment: what is decided on, with the keys of
// people, and without what has only been kept (records, raw events, files). Whoever makes it
// removes it. The master key of the database opens it.
[[nodiscard]] Result<void> write_trial(const std::string& url, const std::string& path);

// Looks at a database file that is nobody's yet, without a master key: nothing sealed can be read.
[[nodiscard]] Result<void> look_at(const std::string& path,
                                   const std::function<Result<void>(Tx&)>& look);
// The same, keeping what is changed; brings the schema up to date.
[[nodiscard]] Result<void> change_at(const std::string& path,
                                     const std::function<Result<void>(Tx&)>& change);

}  // namespace puntual::store
