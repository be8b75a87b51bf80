// A file that is there whole or not at all, whatever happens while it is written.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace puntual {

// Written beside its place (path.new), synced, moved there. Takes the place of what is there;
// readable by the owner alone. One writer of a path at a time.
[[nodiscard]] Result<void> write_durably(const std::string& path, std::string_view bytes);
// What another program, or a library, has written there.
[[nodiscard]] Result<void> sync_file(const std::string& path);
// So that a file's new name outlives a power failure.
[[nodiscard]] Result<void> sync_folder_of(const std::string& path);

}  // namespace puntual
