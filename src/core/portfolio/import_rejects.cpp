#include "core/portfolio/import_rejects.h"

namespace puntual::portfolio {
namespace {

// Spreadsheets run what begins so (OWASP, CSV injection, checked 2026-11-21).
bool is_formula_like(std::string_view cell) {
  return !cell.empty() && (cell[0] == '=' || cell[0] == '+' || cell[0] == '-' || cell[0] == '@' ||
                           cell[0] == '\t' || cell[0] == '\r');
}

void append_csv_cell(std::string_view cell, char delimiter, std::string& out) {
  const bool needs_quotes = cell.find(delimiter) != std::string_view::npos ||
                            cell.find_first_of("\"\r\n") != std::string_view::npos ||
                            is_formula_like(cell);
  if (!needs_quotes) {
    out += cell;
    return;
  }
  out += '"';
  if (is_formula_like(cell)) out += '\'';
  for (const char c : cell) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

// Without the four columns that an earlier file of rejects has added.
size_t own_columns(const ImportFile& file) {
  const auto& columns = file.mapping.columns;
  const size_t count = columns.size();
  const bool has_added =
      count > 4 && columns[count - 1].header == "mensaje" && columns[count - 4].header == "fila";
  return has_added ? count - 4 : count;
}

// A cell in UTF-8. The last one of a record with too many cells takes them all: nothing is lost.
std::string cell_to_keep(const ImportFile& file, const RawRecord& record, size_t i, bool is_last) {
  std::string raw(i < record.fields.size() ? record.fields[i] : std::string_view());
  if (is_last && record.fields.size() > file.mapping.columns.size()) {
    for (const auto field : record.fields.subspan(i + 1))
      raw += file.mapping.delimiter + std::string(field);
  }
  if (!file.is_windows1252()) return raw;
  std::string text;
  append_windows1252(raw, text);
  return text;
}

}  // namespace

void append_rejects_header(const ImportFile& file, std::string& out) {
  out += "\xEF\xBB\xBF";
  const char delimiter = file.mapping.delimiter;
  for (size_t i = 0; i < own_columns(file); ++i) {
    append_csv_cell(file.mapping.columns[i].header, delimiter, out);
    out += delimiter;
  }
  out += fmt::format("fila{0}columna{0}código{0}mensaje\r\n", delimiter);
}

void append_reject(const ImportFile& file, const RawRecord& record,
                   std::span<const RowError> errors, std::string& out) {
  const char delimiter = file.mapping.delimiter;
  const size_t own = own_columns(file);
  for (size_t i = 0; i < own; ++i) {
    append_csv_cell(cell_to_keep(file, record, i, i + 1 == own), delimiter, out);
    out += delimiter;
  }
  std::string columns;
  std::string codes;
  std::string messages;
  for (const auto& error : errors) {
    if (!error.column.empty()) columns += (columns.empty() ? "" : " | ") + error.column;
    codes += fmt::format("{}{}", codes.empty() ? "" : " | ", error.code);
    messages += (messages.empty() ? "" : " | ") + error.message;
  }
  out += fmt::format("{}{}", record.line, delimiter);
  append_csv_cell(columns, delimiter, out);
  out += delimiter;
  append_csv_cell(codes, delimiter, out);
  out += delimiter;
  append_csv_cell(messages, delimiter, out);
  out += "\r\n";
}

}  // namespace puntual::portfolio
