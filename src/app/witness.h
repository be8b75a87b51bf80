// What this node knows of its database, kept beside it: an older copy that was put in its place, or a stand-by that took
// over, is recognised at the next start although the database itself does not know.
#pragma once

#include <string>

#include "engine/quarantine.h"

namespace puntual {

// data_dir/witness. An empty mark when there is none, or none that can be read.
[[nodiscard]] DatabaseMark read_witness(const std::string& path);
// On the disk when this returns; never half a file.
[[nodiscard]] Result<void> write_witness(const std::string& path, const DatabaseMark& mark);

}  // namespace puntual
