// Files that are part of the binary: data/, docs/api/, packs/, strategies/, templates/ and pages of
// web/ as they stood when it was built. Names are paths relative to the repository
// ("data/holidays/co.tsv"); the web application is app/….
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace puntual {

struct EmbeddedFile {
  std::string_view name;
  std::string_view bytes;
};

[[nodiscard]] std::optional<std::string_view> embedded_file(std::string_view name);
[[nodiscard]] std::vector<EmbeddedFile> embedded_files(std::string_view prefix);

}  // namespace puntual
