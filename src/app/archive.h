// A backup file: a tar archive that begins with its manifest, so that it opens without this program, or the same sealed
// under a passphrase. What was changed since it was written is found when it is unpacked.
#pragma once

#include <span>
#include <string>

#include "base/json.h"

namespace puntual {

struct ArchivePart {
  std::string name;  // Within the archive: "anchors/2026-11-24.json".
  std::string path;  // Where its bytes are.
};

// The manifest gets "parts" (name, size, SHA-256 of each). Never half a file, and never in the place of another. The digest
// of the whole file. passphrase empty: not sealed.
[[nodiscard]] Result<std::string> write_archive(const std::string& path, json::object manifest, std::span<const ArchivePart> parts,
                                                std::string_view passphrase);

// Into an empty folder; the manifest. Unsafe when a part is missing, was added or changed. Forbidden: another passphrase.
[[nodiscard]] Result<json::value> unpack_archive(const std::string& path, const std::string& folder, std::string_view passphrase);

}  // namespace puntual
