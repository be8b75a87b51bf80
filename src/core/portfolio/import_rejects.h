// The rejected rows as a file that can be corrected and imported again: the original columns, then
// fila, columna, código and mensaje, which the next import passes over. UTF-8 with a mark (so that
// Excel shows accents), the file's own delimiter, CRLF. Cells that a spreadsheet would run as a
// formula get an apostrophe before them, which the import takes off again. Pure: text is appended
// to `out`.
#pragma once

#include <span>
#include <string>

#include "core/portfolio/import_row.h"

namespace puntual::portfolio {

void append_rejects_header(const ImportFile& file, std::string& out);

// One line for a record with all of its errors.
void append_reject(const ImportFile& file, const RawRecord& record,
                   std::span<const RowError> errors, std::string& out);

}  // namespace puntual::portfolio
