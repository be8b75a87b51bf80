// Finds out how a file is written and what its columns mean, from the file itself: nothing is
// assumed that the file contradicts, and what it does not tell stays undetermined. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/portfolio/import_mapping.h"

namespace puntual {

// A file ready to be read. The bytes (a mapped file) must outlive it. UTF-8 and Windows-1252 are
// read in place; only UTF-16 is turned into UTF-8 first, at half its size or so.
struct ImportFile {
  ImportMapping mapping;
  std::string_view bytes;  // After a byte order mark.
  std::string decoded;     // Of UTF-16.

  [[nodiscard]] std::string_view text() const {
    return decoded.empty() ? bytes : std::string_view(decoded);
  }
  // The encoding of text(): Windows-1252 or UTF-8.
  [[nodiscard]] bool is_windows1252() const {
    return mapping.encoding == TextEncoding::Windows1252;
  }
};

namespace portfolio {

// Invalid, in Spanish with place and remedy, when the bytes are no table, no row of titles is
// known, a needed column is missing, or the country or currency of the overrides is unknown.
[[nodiscard]] Result<ImportFile> open_import(std::string_view bytes,
                                             const ImportOverrides& overrides);
// For who says what each column is: as far as it is known; other columns are Ignore. Invalid when
// the bytes are no table.
[[nodiscard]] Result<ImportMapping> draft_mapping(std::string_view bytes,
                                                  ImportOverrides overrides);

}  // namespace portfolio
}  // namespace puntual
