// A backup file: a tar archive that begins with its manifest, so that it opens without this
// program, or the same sealed under a passphrase. What was changed since it was written is found
// when it is unpacked.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/tar.h"

namespace puntual {

struct ArchivePart {
  std::string name;  // Within the archive: "anchors/2026-11-24.json".
  std::string path;  // Where its bytes are.
};

// The manifest gets "parts" (name, size, SHA-256 of each). Never half a file, and never in the
// place of another. The digest of the whole file. passphrase empty: not sealed. Invalid: a name
// that cannot be kept.
[[nodiscard]] Result<std::string> write_archive(const std::string& path, json::object manifest,
                                                std::span<const ArchivePart> parts,
                                                std::string_view passphrase);

// What an archive that is not sealed holds: views into its bytes, each compared with the manifest.
// Unsafe when a part is missing, was added or changed, or comes twice. `path` names it in errors.
struct ArchiveContents {
  json::value manifest;
  std::vector<TarEntry> parts;
};
[[nodiscard]] Result<ArchiveContents> read_archive(const std::string& path, std::string_view tar);

// Into an empty folder; the manifest. Nothing is written unless all of it is well. Forbidden:
// another passphrase.
[[nodiscard]] Result<json::value> unpack_archive(const std::string& path, const std::string& folder,
                                                 std::string_view passphrase);

}  // namespace puntual
