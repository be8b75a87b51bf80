// A printed document: headings, paragraphs, tables, text in fixed width, as a PDF (cairo and pango
// behind).
//
//   document::to_pdf({.title = "Constancia", .created = now, .blocks =
//   {document::paragraph("…")}});
//
// Pages are A4 with their numbers ("1 de 3"); text is UTF-8 in DejaVu and can be searched and
// copied. The same document gives the same pages: the moment is an argument. Thread-safe.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/time.h"

namespace puntual::document {

enum class BlockKind : uint8_t { Heading, Paragraph, Table, Monospace, Columns, Qr };

// A column of a wide table.
struct Column {
  std::string title;
  int share = 1;           // Of the page's width, beside those of the others.
  bool is_amount = false;  // Set to the right.
};

struct Block {
  BlockKind kind = BlockKind::Paragraph;
  std::string text;                                       // All but tables.
  std::vector<std::pair<std::string, std::string>> rows;  // Of a table: what it is, its value.
  std::vector<Column> columns = {};                       // Of a wide one,
  std::vector<std::vector<std::string>> cells = {};       // and its rows.
};
[[nodiscard]] Block heading(std::string text);
[[nodiscard]] Block paragraph(std::string text);
[[nodiscard]] Block table(std::vector<std::pair<std::string, std::string>> rows);
// In fixed width, its line ends kept, broken anywhere when too long: identifiers, hashes, exact
// text.
[[nodiscard]] Block monospace(std::string text);
// Rows with a cell for each column, under their titles.
[[nodiscard]] Block columns(std::vector<Column> titles,
                            std::vector<std::vector<std::string>> cells);
// A QR code of this text, four centimetres wide; nothing when it makes none.
[[nodiscard]] Block qr(std::string text);

struct Document {
  std::string title;
  std::string footer;  // At the foot of each page, left of the page number; may be empty.
  std::string language = "es";
  std::string logo = {};  // A PNG (letterhead.h), above the title; may be empty.
  Instant created;        // Of the file's own properties.
  std::vector<Block> blocks;
};

// The bytes of the file. Internal when cairo fails (no memory, no font).
[[nodiscard]] Result<std::string> to_pdf(const Document& document);

}  // namespace puntual::document
