#include "core/portfolio/import_record.h"

#include <algorithm>

#include "base/text.h"
#include "core/ledger/ledger.h"
#include "core/portfolio/document_number.h"

namespace puntual::portfolio {
namespace {

bool is_all_ascii(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

std::string_view amount_code(CellProblem problem) {
  switch (problem) {
    case CellProblem::Scientific:
      return "amount_scientific";
    case CellProblem::ExcelError:
      return "amount_excel_error";
    case CellProblem::Ambiguous:
      return "amount_ambiguous";
    case CellProblem::TooManyDecimals:
      return "amount_too_many_decimals";
    case CellProblem::TooLarge:
      return "amount_too_large";
    default:
      return "amount_malformed";
  }
}

std::string amount_message(CellProblem problem, std::string_view cell, char decimal_mark) {
  switch (problem) {
    case CellProblem::Scientific:
      return fmt::format(
          "Excel cambió el valor «{}» a notación científica: dé formato de número a la columna y "
          "exporte de nuevo",
          cell);
    case CellProblem::ExcelError:
      return "la celda trae un error de Excel en lugar de un valor: corrija la fórmula o escriba "
             "el valor";
    case CellProblem::Ambiguous:
      return fmt::format(
          "«{}» se puede leer de dos maneras (miles o decimales): escríbalo con los dos "
          "separadores, por ejemplo "
          "1.250,00, o indique decimal_mark en --mapping",
          cell);
    case CellProblem::TooManyDecimals:
      return fmt::format("«{}» tiene más decimales que la moneda: redondee el valor", cell);
    case CellProblem::TooLarge:
      return fmt::format("«{}» es demasiado grande: revise el valor", cell);
    default:
      break;
  }
  if (decimal_mark == 0)
    return fmt::format("«{}» no es un valor: escriba solo números, por ejemplo 120000 o 120.000,50",
                       cell);
  return fmt::format(
      "«{}» no es un valor con {} decimal como el resto del archivo: escríbalo como {}", cell,
      decimal_mark == ',' ? "coma" : "punto", decimal_mark == ',' ? "120.000,50" : "120,000.50");
}

std::string_view date_code(CellProblem problem) {
  switch (problem) {
    case CellProblem::Scientific:
      return "date_scientific";
    case CellProblem::ExcelError:
      return "date_excel_error";
    case CellProblem::Ambiguous:
      return "date_ambiguous";
    case CellProblem::NoSuchDay:
      return "date_no_such_day";
    case CellProblem::OutOfRange:
      return "date_out_of_range";
    default:
      return "date_malformed";
  }
}

std::string date_message(CellProblem problem, std::string_view cell, DateOrder order) {
  const std::string_view form = order == DateOrder::MonthFirst ? "mm/dd/aaaa" : "dd/mm/aaaa";
  switch (problem) {
    case CellProblem::ExcelError:
      return "la celda trae un error de Excel en lugar de una fecha: corrija la fórmula o escriba "
             "la fecha";
    case CellProblem::Scientific:
      return fmt::format(
          "Excel cambió la fecha a «{}»: dé formato de fecha a la columna y exporte de nuevo",
          cell);
    case CellProblem::Ambiguous:
      return fmt::format(
          "«{}» puede ser día/mes o mes/día: escríbala como aaaa-mm-dd, o indique date_order en "
          "--mapping",
          cell);
    case CellProblem::NoSuchDay:
      return fmt::format("la fecha «{}» no existe en el calendario (se espera {}): corríjala", cell,
                         form);
    case CellProblem::OutOfRange:
      return fmt::format("el año de «{}» no es posible (1990 a 2100): corríjalo", cell);
    default:
      return fmt::format("«{}» no es una fecha: escríbala como {}", cell, form);
  }
}

// Blanks instead of line ends and other control characters, single ones.
void assign_one_line(std::string& out, std::string_view text) {
  const bool is_clean = std::ranges::none_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (is_clean) return void(out.assign(text));
  out.clear();
  for (const char c : text) {
    const char kept = static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    if (kept != ' ' || (!out.empty() && out.back() != ' ')) out += kept;
  }
}

bool begins_with_total(std::string_view cell) {
  constexpr std::string_view kTotals[] = {"total", "subtotal", "gran total", "suma"};
  const std::string folded = fold_text(cell.substr(0, 40));
  return std::ranges::any_of(kTotals,
                             [&](std::string_view word) { return folded.starts_with(word); });
}

}  // namespace

ImportRecord::ImportRecord(const ImportFile& file) : file_(file) {
  index_.fill(-1);
  const auto& columns = file.mapping.columns;
  for (size_t i = columns.size(); i-- > 0;) {
    if (columns[i].field == ImportField::Ignore) continue;
    index_[static_cast<size_t>(columns[i].field)] = static_cast<int>(i);
    width_needed_ = std::max(width_needed_, i + 1);
  }
  if (file.mapping.kind == FileKind::Payments && !has(ImportField::PaidAmount)) {
    index_[static_cast<size_t>(ImportField::PaidAmount)] =
        index_[static_cast<size_t>(ImportField::Amount)];
  }
}

void ImportRecord::begin(RawRecord raw) {
  raw_ = raw;
  errors_.clear();
}

bool ImportRecord::is_no_row() const {
  const auto raw_cell = [&](ImportField field) -> std::string_view {
    const int i = index_[static_cast<size_t>(field)];
    return i >= 0 && static_cast<size_t>(i) < raw_.fields.size()
               ? cell_text(raw_.fields[static_cast<size_t>(i)])
               : std::string_view();
  };
  const auto invoice = raw_cell(ImportField::InvoiceNumber);
  if (!invoice.empty()) {
    // Reports repeat their titles on every page.
    if (raw_.fields.size() != file_.mapping.columns.size() ||
        invoice.find_first_of("0123456789") != std::string_view::npos)
      return false;
    const auto& title =
        file_.mapping
            .columns[static_cast<size_t>(index_[static_cast<size_t>(ImportField::InvoiceNumber)])]
            .header;
    std::string text;
    if (file_.is_windows1252()) append_windows1252(invoice, text);
    return (file_.is_windows1252() ? std::string_view(text) : invoice) == title;
  }
  const auto first = std::ranges::find_if(
      raw_.fields, [](std::string_view field) { return !cell_text(field).empty(); });
  if (first == raw_.fields.end()) return true;
  return raw_cell(ImportField::Phone).empty() && raw_cell(ImportField::Document).empty() &&
         begins_with_total(cell_text(*first));
}

void ImportRecord::check_width() {
  const size_t columns = file_.mapping.columns.size();
  if (raw_.fields.size() < width_needed_) {
    add_error(ImportField::Ignore, "too_few_columns",
              fmt::format("la fila tiene {} columnas y los títulos {}: complete las que faltan",
                          raw_.fields.size(), columns));
  } else if (raw_.fields.size() > columns &&
             std::ranges::any_of(raw_.fields.subspan(columns), [](std::string_view field) {
               return !cell_text(field).empty();
             })) {
    add_error(ImportField::Ignore, "too_many_columns",
              fmt::format("la fila tiene {} columnas y los títulos {}: si un dato contiene el "
                          "separador, escríbalo entre comillas",
                          raw_.fields.size(), columns));
  }
}

std::string_view ImportRecord::cell(ImportField field) {
  const int i = index_[static_cast<size_t>(field)];
  if (i < 0 || static_cast<size_t>(i) >= raw_.fields.size()) return {};
  const std::string_view raw = raw_.fields[static_cast<size_t>(i)];
  if (!file_.is_windows1252() || is_all_ascii(raw)) return cell_text(raw);
  std::string& text = converted_[static_cast<size_t>(field)];
  text.clear();
  append_windows1252(raw, text);
  return cell_text(text);
}

void ImportRecord::read_text(ImportField field, std::string& out, size_t bytes_max) {
  out.clear();
  const auto text = cell(field);
  if (text.empty()) return;
  if (text.front() == '#' && is_excel_error(text)) {
    return add_error(field, "text_excel_error",
                     "la celda trae un error de Excel: corrija la fórmula o escriba el dato");
  }
  if (text.front() <= '9' && is_scientific_number(text)) {
    return add_error(field, "text_scientific",
                     fmt::format("Excel cambió el dato a «{}» y perdió dígitos: dé formato de "
                                 "texto a la columna y escríbalo de nuevo",
                                 text));
  }
  if (text.size() > bytes_max) {
    return add_error(field, "text_too_long",
                     fmt::format("el dato pasa de {} caracteres: acórtelo", bytes_max));
  }
  assign_one_line(out, text);
}

void ImportRecord::read_document_into(ImportField field, std::string_view country,
                                      std::string& out) {
  out.clear();
  const auto text = cell(field);
  if (text.empty()) return;
  auto document = read_document(text);
  if (document && document->size() <= 40) {
    out = document_in_one_form(*document, country);
  } else if (!document && document.error() == CellProblem::Scientific) {
    add_error(field, "document_scientific",
              "Excel cambió el documento a notación científica y perdió dígitos: dé formato de "
              "texto a la columna y escríbalo completo");
  } else if (!document && document.error() == CellProblem::ExcelError) {
    add_error(
        field, "document_excel_error",
        "la celda trae un error de Excel en lugar del documento: corrija la fórmula o escríbalo");
  } else {
    add_error(field, "document_malformed",
              "no es un documento de identidad: escriba su número, o deje la celda vacía");
  }
}

void ImportRecord::read_date_into(ImportField field, std::optional<CivilDate>& out,
                                  std::optional<int32_t>* ms_of_day) {
  out.reset();
  const auto text = cell(field);
  if (text.empty()) return;
  const auto read = read_date(text, file_.mapping.date_order);
  if (!read)
    return add_error(field, date_code(read.error()),
                     date_message(read.error(), text, file_.mapping.date_order));
  out = read->date;
  if (ms_of_day != nullptr) *ms_of_day = read->ms_of_day;
}

std::optional<int64_t> ImportRecord::read_amount_of(ImportField field, Currency currency) {
  const auto text = cell(field);
  if (text.empty()) return std::nullopt;
  auto amount = read_amount(text, currency, file_.mapping.decimal_mark);
  if (amount && (*amount > kAmountMinorMax || *amount < -kAmountMinorMax)) {
    amount = std::unexpected(CellProblem::TooLarge);
  }
  if (amount) return *amount;
  add_error(field, amount_code(amount.error()),
            amount_message(amount.error(), text, file_.mapping.decimal_mark));
  return std::nullopt;
}

void ImportRecord::read_currency_into(Currency& out) {
  out = file_.mapping.currency;
  const auto text = cell(ImportField::Currency);
  if (text.empty() || text == "$") return;
  if (text != last_currency_text_) {
    const std::string folded = fold_text(text);
    auto code = puntual::Currency::parse(text);
    if (folded.starts_with("dolar") || folded == "us$") code = puntual::Currency::of("USD");
    if (folded == "soles" || folded == "s/" || folded == "s/.") code = puntual::Currency::of("PEN");
    if (folded == "reales" || folded == "reais" || folded == "r$")
      code = puntual::Currency::of("BRL");
    // "Pesos" are those of the file's country, if it has any.
    if (folded.starts_with("peso") && file_.mapping.currency != puntual::Currency())
      code = file_.mapping.currency;
    if (!code) {
      return add_error(
          ImportField::Currency, "currency_unknown",
          fmt::format("moneda desconocida «{}»: escriba su código, por ejemplo COP, PEN o MXN",
                      text));
    }
    last_currency_text_ = text;
    last_currency_ = *code;
  }
  out = last_currency_;
}

void ImportRecord::add_error(ImportField field, std::string_view code, std::string message) {
  const int i = index_[static_cast<size_t>(field)];
  std::string column;
  if (i >= 0) {
    column = file_.mapping.columns[static_cast<size_t>(i)].header;
  } else if (field != ImportField::Ignore) {
    column = name_es(field);
  }
  errors_.push_back({raw_.line, std::move(column), code, std::move(message)});
}

}  // namespace puntual::portfolio
