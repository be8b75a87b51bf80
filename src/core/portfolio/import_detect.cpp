#include "core/portfolio/import_detect.h"

#include <algorithm>
#include <array>

#include "core/portfolio/csv_reader.h"
#include "core/portfolio/import_cells.h"
#include "core/portfolio/import_headers.h"

namespace puntual::portfolio {
namespace {

constexpr int kHeaderRecordsMax = 30;  // Reports have a few lines of title above their table.
constexpr int64_t kSampleRows =
    2000;  // Read for evidence in any case; more only while there is none.

using Header = std::vector<std::string>;

std::string utf8_of(std::string_view cell, bool is_windows1252) {
  cell = cell_text(cell);
  if (!is_windows1252) return std::string(cell);
  std::string text;
  append_windows1252(cell, text);
  return text;
}

struct HeaderFound {
  char delimiter = ';';
  int64_t line = 0;
  int score = 0;
  Header titles;
};

int score_of(const Header& titles, const std::vector<ColumnMapping>& given) {
  std::array<bool, kImportFieldCount> seen{};
  int score = 0;
  for (const auto& title : titles) {
    const bool is_given = std::ranges::any_of(given, [&](const auto& column) {
      return bare_header(column.header) == bare_header(title);
    });
    const auto meaning = meaning_of_header(title);
    if (!is_given && (!meaning || seen[static_cast<size_t>(meaning->field)])) continue;
    if (meaning) seen[static_cast<size_t>(meaning->field)] = true;
    score += is_given ? 2 : 1;
  }
  return score;
}

// The best row of titles when fields are separated so; score 0: none. `error` keeps the reader's
// error.
HeaderFound find_header(const ImportFile& file, char delimiter, const ImportOverrides& overrides,
                        std::optional<Error>& error) {
  HeaderFound best{.delimiter = delimiter};
  CsvReader reader(file.text(), delimiter);
  for (int i = 0; i < kHeaderRecordsMax || overrides.header_line; ++i) {
    const auto more = reader.next();
    if (!more) error = more.error();
    if (!more || !*more) break;
    if (overrides.header_line && reader.line() < *overrides.header_line) continue;
    Header titles;
    for (const auto field : reader.fields())
      titles.push_back(utf8_of(field, file.is_windows1252()));
    const int score = score_of(titles, overrides.columns);
    if (score > best.score || best.titles.empty()) {
      best = {delimiter, reader.line(), score, std::move(titles)};
    }
    if (overrides.header_line) break;
  }
  return best;
}

std::string quoted_list(const Header& titles) {
  std::string list;
  for (const auto& title : titles) {
    if (title.empty()) continue;
    list += fmt::format("{}«{}»", list.empty() ? "" : ", ", title.substr(0, 40));
    if (list.size() > 400) return list + "…";
  }
  return list;
}

Result<HeaderFound> detect_header(const ImportFile& file, const ImportOverrides& overrides) {
  const std::string_view text = file.text();
  std::string delimiters = ";,\t|";
  if (overrides.delimiter) {
    delimiters = *overrides.delimiter;
  } else if (text.starts_with("sep=") && text.size() > 4) {
    delimiters = text[4];  // Excel's own way to say it.
  }
  HeaderFound best;
  std::optional<Error> error;
  for (const char delimiter : delimiters) {
    auto found = find_header(file, delimiter, overrides, error);
    if (found.score > best.score ||
        (found.score == best.score && found.titles.size() > best.titles.size()))
      best = std::move(found);
  }
  if (best.score >= 2 || (overrides.takes_any_titles && !best.titles.empty())) return best;
  if (error) return std::unexpected(*error);
  if (best.titles.empty())
    return fail(ErrorCode::Invalid,
                "el archivo está vacío: expórtelo de nuevo con sus títulos y filas");
  return fail(
      ErrorCode::Invalid,
      "línea {}: no se reconocen los títulos de las columnas ({}). Ponga en la primera fila "
      "títulos como Cliente, "
      "Cédula, Celular, Factura, Vencimiento y Saldo",
      best.line, quoted_list(best.titles));
}

// The four columns that a file of rejected rows adds.
size_t columns_of_rejects(const Header& titles) {
  constexpr std::array<std::string_view, 4> kAdded = {"fila", "columna", "codigo", "mensaje"};
  if (titles.size() <= kAdded.size()) return 0;
  for (size_t i = 0; i < kAdded.size(); ++i) {
    if (fold_text(titles[titles.size() - kAdded.size() + i]) != kAdded[i]) return 0;
  }
  return kAdded.size();
}

// Columns get meanings: given ones first, then by title; of two with one meaning the surer title
// wins.
struct ColumnResolver {
  ImportMapping& mapping;
  std::vector<HeaderMeaning> meanings = {};
  std::vector<bool> is_given = {};

  [[nodiscard]] bool has(ImportField field) const {
    return std::ranges::any_of(mapping.columns,
                               [&](const auto& column) { return column.field == field; });
  }
  void set(ImportField from, ImportField to) {
    for (size_t i = 0; i < mapping.columns.size(); ++i) {
      if (mapping.columns[i].field == from && !is_given[i]) mapping.columns[i].field = to;
    }
  }
  void drop_doubles(size_t i);
};

void ColumnResolver::drop_doubles(size_t i) {
  auto& column = mapping.columns[i];
  if (column.field == ImportField::Ignore || is_given[i]) return;
  for (size_t j = 0; j < mapping.columns.size(); ++j) {
    if (j == i || mapping.columns[j].field != column.field) continue;
    const bool other_wins = is_given[j] || meanings[j].rank < meanings[i].rank ||
                            (meanings[j].rank == meanings[i].rank && j < i);
    if (!other_wins) continue;
    if (column.field == ImportField::Phone && !has(ImportField::OtherPhone)) {
      column.field = ImportField::OtherPhone;
    } else if (column.field == ImportField::Document && is_bare_document(column.header) &&
               !has(ImportField::InvoiceNumber)) {
      column.field = ImportField::InvoiceNumber;
    } else {
      mapping.notes.push_back(fmt::format("la columna «{}» no se usa: «{}» ya es {}", column.header,
                                          mapping.columns[j].header, name_es(column.field)));
      column.field = ImportField::Ignore;
    }
    return;
  }
}

Result<void> give_columns(ColumnResolver& resolver, const ImportOverrides& overrides) {
  auto& columns = resolver.mapping.columns;
  std::vector<bool> used(columns.size());
  for (const auto& given : overrides.columns) {
    bool found = false;
    for (size_t i = 0; i < columns.size() && !found; ++i) {
      if (used[i] || bare_header(columns[i].header) != bare_header(given.header)) continue;
      found = used[i] = true;
      columns[i].field = given.field;
      resolver.is_given[i] = true;
    }
    if (!found && given.field != ImportField::Ignore) {
      return fail(
          ErrorCode::Invalid,
          "el archivo no tiene la columna «{}» que indica el mapeo: corrija el mapeo o el título",
          given.header);
    }
  }
  return {};
}

bool looks_like_payments(const ColumnResolver& found) {
  using enum ImportField;
  if (found.has(DueOn) || found.has(Phone)) return false;
  if (found.has(PaidOn)) return found.has(PaidAmount) || (found.has(Amount) && !found.has(Balance));
  return found.has(PaidAmount) && found.has(IssuedOn) && !found.has(Balance);
}

// Titles that mean one thing in a portfolio and another in a list of payments.
void settle_kind(ColumnResolver& found, const ImportOverrides& overrides) {
  using enum ImportField;
  auto& mapping = found.mapping;
  // Beside "Apellidos", "Nombre" is a part of the name.
  if (found.has(LastNames) && !found.has(FirstNames)) found.set(DebtorName, FirstNames);
  mapping.kind = overrides.kind.value_or(looks_like_payments(found) ? FileKind::Payments
                                                                    : FileKind::Portfolio);
  if (mapping.kind == FileKind::Payments) {
    if (!found.has(PaidOn)) found.set(IssuedOn, PaidOn);
    if (!found.has(PaidAmount)) found.set(Amount, PaidAmount);
    return;
  }
  // "No. de recibo" is a payment's number only beside an invoice's.
  if (!found.has(InvoiceNumber)) {
    for (auto& column : mapping.columns) {
      const std::string bare = bare_header(column.header);
      if (column.field == PaymentReference && (bare == "num recibo" || bare == "recibo"))
        column.field = InvoiceNumber;
    }
  }
  for (const auto field : {PaidOn, PaidTime, PaidAmount, Method, PaymentReference})
    found.set(field, Ignore);
  if (!found.has(DebtorName) && !found.has(FirstNames) && found.has(LastNames))
    found.set(LastNames, DebtorName);
}

Result<void> resolve_columns(ImportMapping& mapping, const Header& titles,
                             const ImportOverrides& overrides) {
  ColumnResolver found{mapping};
  const size_t own = titles.size() - columns_of_rejects(titles);
  found.is_given.resize(titles.size());
  for (size_t i = 0; i < titles.size(); ++i) {
    const auto meaning = i < own ? meaning_of_header(titles[i]) : std::nullopt;
    found.meanings.push_back(meaning.value_or(HeaderMeaning{}));
    mapping.columns.push_back({titles[i], found.meanings.back().field});
  }
  RETURN_IF_ERROR(give_columns(found, overrides));
  settle_kind(found, overrides);
  for (size_t i = 0; i < titles.size(); ++i) found.drop_doubles(i);
  return {};
}

std::string missing_fields(const ImportMapping& mapping) {
  using enum ImportField;
  const auto has = [&](ImportField field) { return mapping.column_of(field).has_value(); };
  std::vector<std::string> missing;
  if (!has(InvoiceNumber)) missing.push_back("el número de factura");
  if (mapping.kind == FileKind::Payments) {
    if (!has(PaidOn)) missing.push_back("la fecha de pago");
    if (!has(PaidAmount)) missing.push_back("el valor pagado");
  } else {
    if (!has(DebtorName) && !has(FirstNames)) missing.push_back("el nombre del deudor");
    const bool identified =
        has(Document) || has(ExternalId) || has(Phone) || has(OtherPhone) || has(Email);
    if (!identified)
      missing.push_back("algo que identifique al deudor (cédula, código, celular o correo)");
    if (!has(Amount) && !has(Balance)) missing.push_back("el valor o el saldo");
    // Not asked of a file on its own; whoever has to correct it anyway hears it now and not after.
    if (!missing.empty() && identified && !has(Phone) && !has(OtherPhone))
      missing.push_back("el celular al que se escribe");
  }
  std::string list;
  for (size_t i = 0; i < missing.size(); ++i)
    list += (i == 0 ? "" : i + 1 == missing.size() ? " y " : ", ") + missing[i];
  return list;
}

Result<void> settle_country(ImportMapping& mapping, const ImportOverrides& overrides) {
  std::string currency = overrides.currency;
  if (!overrides.country.empty()) {
    const auto* country = find_country(overrides.country);
    if (country == nullptr) {
      return fail(ErrorCode::Invalid,
                  "país desconocido: '{}' (se espera un código ISO de dos letras como CO, PE, MX, "
                  "CL, AR o BR)",
                  overrides.country);
    }
    mapping.country = country->code;
    if (currency.empty()) currency = country->currency;
  } else if (mapping.kind == FileKind::Portfolio && !mapping.column_of(ImportField::Country)) {
    return fail(ErrorCode::Invalid,
                "el archivo no dice el país de los deudores: indíquelo con --country, por ejemplo "
                "--country CO");
  }
  if (mapping.kind == FileKind::Payments && currency.empty() &&
      !mapping.column_of(ImportField::Currency)) {
    return fail(ErrorCode::Invalid,
                "el archivo no dice la moneda de los pagos: indíquela con --currency o --country, "
                "por ejemplo --country CO");
  }
  if (!currency.empty()) {
    const auto parsed = Currency::parse(currency);
    if (!parsed)
      return fail(ErrorCode::Invalid,
                  "moneda desconocida: '{}' (se espera un código ISO como COP, PEN o MXN)",
                  currency);
    mapping.currency = *parsed;
  }
  return {};
}

char country_mark(std::string_view code) {
  const auto* country = code.empty() ? nullptr : find_country(code);
  return country == nullptr ? char{0} : country->decimal_mark;
}

// Counts of what cells tell, gathered until they tell enough.
struct Evidence {
  int64_t comma = 0, point = 0, ambiguous_amounts = 0;
  // Of the ambiguous ones: "89.900" where the point groups by custom, "89,900" where the comma
  // does, and those that custom does not settle.
  int64_t comma_by_custom = 0, point_by_custom = 0, unsettled = 0;
  int64_t day_first = 0, month_first = 0, dates = 0;

  void add_amount(std::string_view cell, Currency currency, std::string_view country) {
    const char mark = decimal_mark_told_by(cell, currency);
    if (mark == ',') ++comma;
    if (mark == '.') ++point;
    if (mark != 0 || cell.find_first_of(".,") == std::string_view::npos) return;
    ++ambiguous_amounts;
    const char custom = country_mark(country);
    const auto text = cell_text(cell);
    // A text is no number in any style. "0.500" is no thousands, and "1.2345" is no money.
    const auto plain = read_amount(text, currency, 0);
    if (!plain && plain.error() == CellProblem::Malformed) return;
    const bool is_grouped = custom != 0 && !plain && plain.error() == CellProblem::Ambiguous &&
                            text.find_first_of("123456789") < text.find_first_of(".,") &&
                            read_amount(text, currency, custom).has_value();
    ++(!is_grouped ? unsettled : custom == ',' ? comma_by_custom : point_by_custom);
  }
  // The custom of the country decides where nothing in the file speaks against it.
  [[nodiscard]] char mark_by_custom() const {
    if (unsettled > 0 || (comma_by_custom > 0) == (point_by_custom > 0)) return 0;
    return comma_by_custom > 0 ? ',' : '.';
  }
  void add_date(std::string_view cell) {
    if (cell.empty()) return;
    ++dates;
    const auto order = date_order_told_by(cell);
    if (order) ++(*order == DateOrder::DayFirst ? day_first : month_first);
  }
};

Result<void> gather(const ImportFile& file, Evidence& evidence) {
  using enum ImportField;
  const auto& mapping = file.mapping;
  std::vector<size_t> amounts;
  std::vector<size_t> dates;
  for (size_t i = 0; i < mapping.columns.size(); ++i) {
    const auto field = mapping.columns[i].field;
    if (field == Amount || field == Balance || field == PaidAmount) amounts.push_back(i);
    if (field == IssuedOn || field == DueOn || field == PaidOn || field == ConsentOn)
      dates.push_back(i);
  }
  const auto currency_column = mapping.column_of(ImportField::Currency);
  const auto country_column = mapping.column_of(ImportField::Country);
  CsvReader reader(file.text(), mapping.delimiter);
  for (int64_t rows = 0;;) {
    ASSIGN_OR_RETURN(const bool more, reader.next());
    if (!more) return {};
    if (reader.line() <= mapping.header_line) continue;
    const auto fields = reader.fields();
    puntual::Currency currency = mapping.currency;
    if (currency_column && *currency_column < fields.size()) {
      if (const auto own = puntual::Currency::parse(cell_text(fields[*currency_column])))
        currency = *own;
    }
    std::string_view country = mapping.country;
    if (country_column && *country_column < fields.size()) {
      if (const auto own = cell_text(fields[*country_column]); !own.empty()) country = own;
    }
    for (const size_t i : amounts) {
      if (i < fields.size()) evidence.add_amount(fields[i], currency, country);
    }
    for (const size_t i : dates) {
      if (i < fields.size()) evidence.add_date(cell_text(fields[i]));
    }
    const bool is_told = (evidence.comma + evidence.point > 0 || amounts.empty()) &&
                         (evidence.day_first + evidence.month_first > 0 || dates.empty());
    if (++rows >= kSampleRows && is_told) return {};
  }
}

// One side must be all but alone: a stray cell is rejected on its row, a file in two styles is not
// guessed.
bool prevails(int64_t side, int64_t other) { return side > 0 && other * 10 <= side; }

void settle_forms(ImportMapping& mapping, const Evidence& evidence,
                  const ImportOverrides& overrides) {
  if (overrides.decimal_mark) {
    mapping.decimal_mark = *overrides.decimal_mark;
  } else if (prevails(evidence.comma, evidence.point)) {
    mapping.decimal_mark = ',';
  } else if (prevails(evidence.point, evidence.comma)) {
    mapping.decimal_mark = '.';
  } else if (evidence.comma + evidence.point > 0) {
    mapping.notes.push_back(
        "el archivo mezcla coma y punto decimal: los valores que se pueden leer de dos maneras se "
        "rechazan");
  } else if (const char mark = evidence.mark_by_custom()) {
    mapping.decimal_mark = mark;
    mapping.notes.push_back(
        fmt::format("los valores como {} se leen como miles, el uso del país; si son decimales, "
                    "indíquelo con decimal_mark en --mapping",
                    mark == ',' ? "89.900" : "89,900"));
  } else if (evidence.ambiguous_amounts > 0) {
    mapping.notes.push_back(
        "no se sabe si el punto o la coma separa miles o decimales (1.250): esos valores se "
        "rechazan; "
        "indíquelo con decimal_mark en --mapping");
  }
  if (overrides.date_order) {
    mapping.date_order = *overrides.date_order;
  } else if (prevails(evidence.month_first, evidence.day_first)) {
    mapping.date_order = DateOrder::MonthFirst;
  } else if (evidence.month_first > 0 && !prevails(evidence.day_first, evidence.month_first)) {
    mapping.date_order = DateOrder::Undetermined;
    mapping.notes.push_back(
        "el archivo mezcla dd/mm y mm/dd: las fechas que se pueden leer de dos maneras se "
        "rechazan");
  } else if (evidence.day_first == 0 && evidence.dates > 0) {
    mapping.notes.push_back(
        "ninguna fecha dice si va primero el día o el mes: se leen como dd/mm/aaaa, el uso de la "
        "región");
  }
}

// The columns with their meaning; what is missing is not asked yet.
Result<HeaderFound> open_columns(ImportFile& file, std::string_view bytes,
                                 const ImportOverrides& overrides) {
  const auto detected = detect_encoding(bytes);
  if (!detected && !overrides.encoding) return std::unexpected(detected.error());
  file.mapping.encoding = overrides.encoding ? *overrides.encoding : *detected;
  if (file.mapping.encoding == TextEncoding::Utf16Le ||
      file.mapping.encoding == TextEncoding::Utf16Be) {
    file.decoded = decode_text(bytes, file.mapping.encoding);
  }
  file.bytes = bytes.substr(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  ASSIGN_OR_RETURN(const auto header, detect_header(file, overrides));
  file.mapping.delimiter = header.delimiter;
  file.mapping.header_line = header.line;
  RETURN_IF_ERROR(resolve_columns(file.mapping, header.titles, overrides));
  return header;
}

}  // namespace

Result<ImportMapping> draft_mapping(std::string_view bytes, ImportOverrides overrides) {
  ImportFile file;
  if (!open_columns(file, bytes, overrides)) {
    // Not one title is known: the first line has them.
    file = {};
    overrides.header_line = overrides.header_line.value_or(1);
    overrides.takes_any_titles = true;
    ASSIGN_OR_RETURN(const auto header, open_columns(file, bytes, overrides));
  }
  if (find_country(overrides.country) != nullptr) file.mapping.country = overrides.country;
  Evidence evidence;
  RETURN_IF_ERROR(gather(file, evidence));
  settle_forms(file.mapping, evidence, overrides);
  return std::move(file.mapping);
}

Result<ImportFile> open_import(std::string_view bytes, const ImportOverrides& overrides) {
  ImportFile file;
  ASSIGN_OR_RETURN(const auto header, open_columns(file, bytes, overrides));
  if (const auto missing = missing_fields(file.mapping); !missing.empty()) {
    return fail(ErrorCode::Invalid,
                "línea {}: falta {}. Columnas encontradas: {}. Diga qué es cada columna o corrija "
                "los títulos",
                header.line, missing, quoted_list(header.titles));
  }
  RETURN_IF_ERROR(settle_country(file.mapping, overrides));
  Evidence evidence;
  RETURN_IF_ERROR(gather(file, evidence));
  settle_forms(file.mapping, evidence, overrides);
  return file;
}

}  // namespace puntual::portfolio
