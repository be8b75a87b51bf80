// The tar format as far as a backup needs it: plain files, each with its name and its bytes. What
// is read must be as this writes it; a link, a folder, a foreign header or a size that lies is
// refused. Opens with any tar program.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace puntual {

struct TarEntry {
  std::string name;
  std::string_view bytes;
};

// A path that stays below the folder it is unpacked to: no leading /, no part that is empty, "." or
// "..", nothing invisible.
[[nodiscard]] bool is_path_below(std::string_view name);

// What comes before and after the bytes of a file. `name` may be of any length.
[[nodiscard]] std::string tar_header(std::string_view name, uint64_t size);
[[nodiscard]] std::string tar_padding(uint64_t size);
[[nodiscard]] std::string tar_end();

// Takes one file off the front, its bytes a view into `tar`; nothing once the end is reached, and
// then `tar` is empty. Invalid: what is wrong, without the name of the archive.
[[nodiscard]] Result<std::optional<TarEntry>> take_tar_entry(std::string_view& tar);

}  // namespace puntual
