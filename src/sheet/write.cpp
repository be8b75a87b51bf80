#include "sheet/write.h"

#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <vector>

namespace puntual::sheet {
namespace {

constexpr size_t kXlsxTextMax =
    32'767;  // Characters of a cell, by the format's specification (checked 2026-11-22).
constexpr lxw_row_t kXlsxRowsMax = 1'048'576;

bool looks_like_formula(std::string_view text) {
  // A blank or a quote before does not help in every program.
  const auto first = text.find_first_not_of(" \"'");
  return first != std::string_view::npos &&
         std::string_view("=+-@\t\r").find(text[first]) != std::string_view::npos;
}

class CsvTable final : public Table {
 public:
  CsvTable(std::FILE* file, const TableStyle& style) : file_(file, &std::fclose), style_(style) {
    line_ = "\xEF\xBB\xBF";
  }

  void add(std::span<const Cell> row) override {
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) line_ += style_.separator;
      add_cell(row[i]);
    }
    line_ += "\r\n";
    is_written_ =
        is_written_ && std::fwrite(line_.data(), 1, line_.size(), file_.get()) == line_.size();
    line_.clear();
  }

  Result<void> finish() override {
    const bool is_closed = std::fclose(file_.release()) == 0;
    if (!is_written_ || !is_closed)
      return fail(ErrorCode::Unavailable, "the table could not be written: {}",
                  std::strerror(errno));
    return {};
  }

 private:
  void add_cell(const Cell& cell) {
    switch (cell.kind) {
      case CellKind::Text:
        add_text(cell.text);
        break;
      case CellKind::Amount: {
        std::string plain = format_decimal(cell.amount);
        if (const auto point = plain.find('.'); point != std::string::npos)
          plain[point] = style_.decimal_mark;
        line_ += plain.find(style_.separator) == std::string::npos ? plain
                                                                   : fmt::format("\"{}\"", plain);
        break;
      }
      case CellKind::Count:
        line_ += std::to_string(cell.count);
        break;
      case CellKind::Date:
        line_ += format_date(cell.date);
        break;
    }
  }

  void add_text(std::string_view text) {
    const bool is_formula = looks_like_formula(text);
    // Whatever a spreadsheet of another region takes for a separator: the rest of a name that is
    // cut there would be a formula.
    if (!is_formula && text.find_first_of("\"\r\n,;\t|") == std::string_view::npos) {
      line_ += text;
      return;
    }
    line_ += '"';
    if (is_formula) line_ += '\'';
    for (const char c : text) {
      if (c == '"') line_ += '"';
      line_ += c;
    }
    line_ += '"';
  }

  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  TableStyle style_;
  std::string line_;
  bool is_written_ = true;
};

class XlsxTable final : public Table {
 public:
  explicit XlsxTable(lxw_workbook* book)
      : book_(book), sheet_(workbook_add_worksheet(book, nullptr)) {}
  ~XlsxTable() override {
    if (book_ != nullptr) (void)workbook_close(book_);
  }

  void add(std::span<const Cell> row) override {
    if (row_ >= kXlsxRowsMax) {
      is_too_long_ = true;
      return;
    }
    lxw_col_t column = 0;
    for (const Cell& cell : row) add_cell(column++, cell);
    ++row_;
  }

  Result<void> finish() override {
    const lxw_error error = workbook_close(book_);
    book_ = nullptr;
    if (error != LXW_NO_ERROR)
      return fail(ErrorCode::Unavailable, "the workbook could not be written: {}",
                  lxw_strerror(error));
    if (is_too_long_)
      return fail(ErrorCode::Invalid,
                  "more than {} rows: XLSX holds no more (take csv, or fewer rows)", kXlsxRowsMax);
    return {};
  }

 private:
  lxw_format* shape(lxw_format*& kept, const char* pattern) {
    if (kept == nullptr) {
      kept = workbook_add_format(book_);
      format_set_num_format(kept, pattern);
    }
    return kept;
  }

  void add_cell(lxw_col_t column, const Cell& cell) {
    switch (cell.kind) {
      case CellKind::Text: {
        std::string text(cell.text.substr(0, kXlsxTextMax));
        while (text.size() < cell.text.size() && !text.empty() &&
               (static_cast<unsigned char>(cell.text[text.size()]) & 0xC0) == 0x80)
          text.pop_back();
        worksheet_write_string(sheet_, row_, column, text.c_str(), nullptr);
        break;
      }
      // What a spreadsheet holds are doubles: exact for all sums below 2^53 minor units.
      case CellKind::Amount:
        worksheet_write_number(sheet_, row_, column,
                               static_cast<double>(cell.amount.minor) /
                                   static_cast<double>(cell.amount.currency.minor_per_major()),
                               cell.amount.currency.minor_digits() == 0
                                   ? shape(whole_, "#,##0")
                                   : shape(cents_, "#,##0.00"));
        break;
      case CellKind::Count:
        worksheet_write_number(sheet_, row_, column, static_cast<double>(cell.count), nullptr);
        break;
      case CellKind::Date: {
        const std::string day = format_date(cell.date);
        lxw_datetime moment{};
        moment.year = std::stoi(day.substr(0, 4));
        moment.month = std::stoi(day.substr(5, 2));
        moment.day = std::stoi(day.substr(8, 2));
        worksheet_write_datetime(sheet_, row_, column, &moment, shape(day_, "yyyy-mm-dd"));
        break;
      }
    }
  }

  lxw_workbook* book_;
  lxw_worksheet* sheet_;
  lxw_row_t row_ = 0;
  bool is_too_long_ = false;
  lxw_format *whole_ = nullptr, *cents_ = nullptr, *day_ = nullptr;
};

}  // namespace

std::optional<Format> format_of(std::string_view text) {
  if (text == "csv") return Format::Csv;
  if (text == "xlsx") return Format::Xlsx;
  return std::nullopt;
}

Result<std::unique_ptr<Table>> create(const std::string& path, Format format,
                                      std::span<const std::string_view> titles,
                                      const TableStyle& style) {
  std::FILE* const file =
      path == "-" ? ::fdopen(::dup(STDOUT_FILENO), "wb") : std::fopen(path.c_str(), "wb");
  if (file == nullptr) return fail(ErrorCode::Forbidden, "{}: {}", path, std::strerror(errno));
  std::unique_ptr<Table> table;
  if (format == Format::Csv) {
    table = std::make_unique<CsvTable>(file, style);
  } else {
    std::fclose(file);  // It opens files by their name, at the end.
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    table = std::make_unique<XlsxTable>(workbook_new_opt(path.c_str(), &options));
  }
  std::vector<Cell> head;
  head.reserve(titles.size());
  for (const auto title : titles) head.push_back(text(title));
  table->add(head);
  return table;
}

}  // namespace puntual::sheet
