#include "base/embedded.h"

extern "C" {
struct EmbeddedEntry {
  const char* name;
  const char* begin;
  const char* end;
};
#include "embedded_table.inc"
}

namespace puntual {

std::optional<std::string_view> embedded_file(std::string_view name) {
  for (const auto& entry : kEntries) {
    if (name == entry.name) return std::string_view(entry.begin, entry.end);
  }
  return std::nullopt;
}

std::vector<EmbeddedFile> embedded_files(std::string_view prefix) {
  std::vector<EmbeddedFile> found;
  for (const auto& entry : kEntries) {
    if (std::string_view(entry.name).starts_with(prefix))
      found.push_back({entry.name, {entry.begin, entry.end}});
  }
  return found;
}

}  // namespace puntual
