// The file with the master key: 32 random bytes, readable by the program alone. All three throw
// Failure.
#pragma once

#include <string>

#include "base/crypto.h"

namespace puntual::store {

// keys/master.key beside the database.
[[nodiscard]] std::string usual_master_file(const std::string& database_path);

// Unsafe when it is missing, damaged, or readable by everybody.
[[nodiscard]] Secret read_master_key(const std::string& path);
// Makes it, with its folder, when it is missing; it is on the disk when this returns.
[[nodiscard]] Secret read_or_make_master_key(const std::string& path);

}  // namespace puntual::store
