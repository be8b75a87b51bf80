// A deployment in a PostgreSQL database, which any number of processes share: nodes that serve, and
// commands beside them.
#pragma once

#include "store/store.h"

namespace puntual::store {

// As Store::open() and open_read_only() say. options.master_file is needed: every node has the same
// file.
[[nodiscard]] Result<std::unique_ptr<Store>> open_postgres_store(const std::string& url,
                                                                 const StoreOptions& options,
                                                                 bool read_only);

}  // namespace puntual::store
