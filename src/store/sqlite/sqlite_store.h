// A deployment in one SQLite file, or in memory: one process, one writing connection, one reader
// beside it.
#pragma once

#include "store/store.h"

namespace puntual::store {

// path: of the file, or ":memory:". As Store::open() and its sisters say.
[[nodiscard]] Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& path,
                                                               const StoreOptions& options,
                                                               bool read_only);
[[nodiscard]] Result<void> sqlite_store_exists(const std::string& path);
[[nodiscard]] std::optional<std::string> sqlite_store_holder(const std::string& path);

}  // namespace puntual::store
