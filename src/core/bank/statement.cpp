#include "core/bank/statement.h"

#include <algorithm>
#include <array>

#include "core/portfolio/csv_reader.h"
#include "core/portfolio/import_cells.h"
#include "core/portfolio/import_headers.h"

namespace puntual::bank {
namespace {

constexpr int kTitleRecordsMax = 40;  // Banks write some lines about the account above the table.

struct StatementTitles {
  StatementField field;
  std::string_view titles;  // Bare forms (portfolio::bare_header), separated by '|'.
};
// clang-format off
constexpr StatementTitles kTitles[] = {
    {StatementField::Date, "fecha|fecha movimiento|fecha transaccion|fecha operacion|fecha pago|fecha contable|fecha valor|fecha proceso|fecha abono|fec|data|date|dia"},
    {StatementField::Credit, "credito|creditos|abono|abonos|deposito|depositos|haber|ingreso|ingresos|entrada|entradas|consignacion|consignaciones|valor credito|"
                             "monto credito|importe abono|valor abono|valor pagado|valor recaudado|credit"},
    {StatementField::Debit, "debito|debitos|cargo|cargos|retiro|retiros|debe|egreso|egresos|salida|salidas|valor debito|monto debito|importe cargo|valor cargo|debit"},
    {StatementField::Amount, "valor|monto|importe|vlr|valor movimiento|valor transaccion|monto transaccion|valor total|cuantia|amount|valor operacion"},
    {StatementField::Sign, "naturaleza|signo|d c|c d|db cr|tipo movimiento|debito credito|naturaleza movimiento"},
    {StatementField::Reference, "referencia|referencia 1|num referencia|referencia pago|referencia cliente|ref|ref 1|factura|num factura|codigo depositante|depositante|reference"},
    {StatementField::SecondReference, "referencia 2|ref 2|segunda referencia"},
    {StatementField::Document, "documento pagador|documento|identificacion|num identificacion|nit|cedula|nit cedula|nit pagador|documento cliente|dni|ruc|rut|rfc|documento originador|"
                               "nit originador|id pagador|num documento"},
    {StatementField::Name, "nombre|pagador|nombre pagador|nombre cliente|originador|nombre originador|ordenante|beneficiario|tercero|cliente|titular"},
    {StatementField::Description, "descripcion|concepto|detalle|descripcion movimiento|transaccion|glosa|descripcion transaccion|detalle movimiento|motivo|observaciones|description|historico"},
    {StatementField::Balance, "saldo|saldo final|saldo disponible|saldo contable|balance"},
    {StatementField::Branch, "oficina|sucursal|agencia|canal|oficina canal|sede|punto pago|branch"},
};
// clang-format on

StatementField meaning_of(std::string_view bare) {
  for (const auto& [field, titles] : kTitles) {
    for (size_t at = 0; at <= titles.size();) {
      const auto end = std::min(titles.find('|', at), titles.size());
      if (titles.substr(at, end - at) == bare) return field;
      at = end + 1;
    }
  }
  return StatementField::Ignore;
}

// The text as UTF-8, its encoding and where its table begins.
struct Table {
  std::string text;
  char delimiter = ';';
  int64_t header_line = 0;
  std::vector<StatementColumn> columns;
  int score = 0;
};

std::vector<StatementColumn> columns_of(std::span<const std::string_view> titles,
                                        const StatementMapping& given) {
  std::vector<StatementColumn> columns;
  for (const auto title : titles) {
    const std::string header(portfolio::cell_text(title));
    const std::string bare = portfolio::bare_header(header);
    const auto told = std::ranges::find_if(
        given.columns, [&](const auto& one) { return portfolio::bare_header(one.header) == bare; });
    StatementField field = told != given.columns.end() ? told->field : meaning_of(bare);
    // The first of two with one meaning; the other may be the day on which it counts, or a total.
    const bool is_second =
        std::ranges::any_of(columns, [&](const auto& one) { return one.field == field; });
    if (is_second && told == given.columns.end()) field = StatementField::Ignore;
    columns.push_back({header, field});
  }
  return columns;
}

std::optional<size_t> column_of(const std::vector<StatementColumn>& columns, StatementField field) {
  const auto found = std::ranges::find(columns, field, &StatementColumn::field);
  return found == columns.end() ? std::nullopt
                                : std::optional(static_cast<size_t>(found - columns.begin()));
}

int score_of_titles(const std::vector<StatementColumn>& columns) {
  const auto has = [&](StatementField field) { return column_of(columns, field).has_value(); };
  if (!has(StatementField::Date) || !(has(StatementField::Amount) || has(StatementField::Credit)))
    return 0;
  return static_cast<int>(std::ranges::count_if(
      columns, [](const auto& one) { return one.field != StatementField::Ignore; }));
}

Result<Table> find_table(std::string text, const StatementMapping& given) {
  Table best{.text = std::move(text)};
  const std::string delimiters = given.delimiter ? std::string(1, *given.delimiter) : ";,\t|";
  for (const char delimiter : delimiters) {
    CsvReader reader(best.text, delimiter);
    for (int i = 0; i < kTitleRecordsMax || given.header_line; ++i) {
      const auto more = reader.next();
      if (!more || !*more || (given.header_line && reader.line() > *given.header_line)) break;
      if (given.header_line && reader.line() < *given.header_line) continue;
      auto columns = columns_of(reader.fields(), given);
      if (const int score = score_of_titles(columns); score > best.score) {
        best.score = score;
        best.delimiter = delimiter;
        best.header_line = reader.line();
        best.columns = std::move(columns);
      }
    }
  }
  if (best.score > 0) return best;
  return fail(ErrorCode::Invalid,
              "no se encuentra una fila de títulos con la fecha y el valor de cada movimiento. "
              "Exporte el extracto con sus títulos "
              "(Fecha, Descripción, Referencia, Valor), o diga qué es cada columna con --mapping");
}

class StatementRows {
 public:
  StatementRows(const StatementOptions& options, const Table& table, StatementReading& reading)
      : options_(options), table_(table), reading_(reading) {}

  Result<void> read() {
    RETURN_IF_ERROR(each([&](auto fields) { learn(fields); }));
    StatementMapping& mapping = reading_.mapping;
    if (!mapping.decimal_mark)
      mapping.decimal_mark = told_mark_ ? *told_mark_ : options_.decimal_mark;
    if (!mapping.date_order) mapping.date_order = told_order_.value_or(DateOrder::DayFirst);
    return each([&](auto fields) { take(fields); });
  }

 private:
  template <class F>
  Result<void> each(F&& see) {
    CsvReader reader(table_.text, table_.delimiter);
    for (;;) {
      ASSIGN_OR_RETURN(const bool more, reader.next());
      if (!more) return {};
      line_ = reader.line();
      if (line_ > table_.header_line) see(reader.fields());
    }
  }

  [[nodiscard]] std::string_view cell(std::span<const std::string_view> fields,
                                      StatementField field) const {
    const auto column = column_of(table_.columns, field);
    return column && *column < fields.size() ? portfolio::cell_text(fields[*column])
                                             : std::string_view();
  }

  // Two rows that tell different things tell nothing: then only what can be read in one way is
  // taken.
  void learn(std::span<const std::string_view> fields) {
    for (const auto field : {StatementField::Amount, StatementField::Credit, StatementField::Debit,
                             StatementField::Balance}) {
      if (const char mark = portfolio::decimal_mark_told_by(cell(fields, field), options_.currency);
          mark != 0) {
        told_mark_ = told_mark_.value_or(mark) == mark ? mark : '\0';
      }
    }
    if (const auto order = portfolio::date_order_told_by(cell(fields, StatementField::Date))) {
      told_order_ = told_order_.value_or(*order) == *order ? *order : DateOrder::Undetermined;
    }
  }

  void trouble(std::string what) { reading_.file.troubles.push_back({line_, std::move(what)}); }

  // Empty is nothing; a trouble is told.
  std::optional<int64_t> amount(std::string_view text, std::string_view name) {
    if (text.empty() || text == "-") return std::nullopt;
    const auto read =
        portfolio::read_amount(text, options_.currency, *reading_.mapping.decimal_mark);
    if (read) return *read;
    trouble(read.error() == CellProblem::Ambiguous
                ? fmt::format("no se sabe si el punto o la coma de «{}» son decimales: dígalo en "
                              "el --mapping con decimal_mark",
                              name)
                : fmt::format(
                      "«{}» no es un valor; corrija la celda, o indique otra columna con --mapping",
                      name));
    is_bad_ = true;
    return std::nullopt;
  }

  std::optional<int64_t> signed_amount(std::span<const std::string_view> fields) {
    std::optional<int64_t> sum;
    if (const auto value = amount(cell(fields, StatementField::Amount), "valor")) {
      sum = *value;
      const std::string sign = fold_text(cell(fields, StatementField::Sign));
      const bool goes_out = sign == "d" || sign == "-" || sign.starts_with("deb") ||
                            sign.starts_with("db") || sign.starts_with("carg") ||
                            sign.starts_with("ret");
      if (goes_out) sum = -std::abs(*value);
      return sum;
    }
    // Columns of their own: the side says the sign, whatever the bank writes before it.
    if (const auto in = amount(cell(fields, StatementField::Credit), "abono"); in && *in != 0)
      sum = std::abs(*in);
    if (const auto out = amount(cell(fields, StatementField::Debit), "cargo"); out && *out != 0) {
      if (sum) {
        trouble("tiene abono y cargo a la vez; corrija la fila");
        is_bad_ = true;
      }
      sum = sum.value_or(0) - std::abs(*out);
    }
    return sum;
  }

  // Rows without a date are titles, totals and blank lines; a row with a sum and no date is not
  // passed over.
  void take(std::span<const std::string_view> fields) {
    is_bad_ = false;
    const std::string_view day = cell(fields, StatementField::Date);
    const bool has_digit = std::ranges::any_of(day, [](char c) { return c >= '0' && c <= '9'; });
    if (!has_digit) {
      const bool is_told = day.empty() && !cell(fields, StatementField::Reference).empty() &&
                           signed_amount(fields).value_or(0) != 0 && !is_bad_;
      if (is_told) trouble("tiene valor y referencia, y no fecha; corrija la fila");
      return;
    }
    const auto on = portfolio::read_date(day, *reading_.mapping.date_order);
    if (!on) {
      trouble(
          on.error() == CellProblem::Ambiguous
              ? "no se sabe si la fecha es día/mes o mes/día: dígalo en el --mapping con date_order"
              : "la fecha no existe o no se entiende; corrija la celda");
      return;
    }
    const auto sum = signed_amount(fields);
    if (is_bad_) return;
    if (!sum || *sum == 0) return;  // Says something about the account.
    BankLine line{.line = line_, .on = on->date, .amount = {*sum, options_.currency}};
    line.reference = without_zeros(cell(fields, StatementField::Reference));
    line.second_reference = without_zeros(cell(fields, StatementField::SecondReference));
    line.document = cell(fields, StatementField::Document);
    line.name = cell(fields, StatementField::Name);
    line.description = cell(fields, StatementField::Description);
    line.branch = cell(fields, StatementField::Branch);
    reading_.file.on = std::max(reading_.file.on, line.on);
    reading_.file.lines.push_back(std::move(line));
  }

  const StatementOptions& options_;
  const Table& table_;
  StatementReading& reading_;
  int64_t line_ = 0;
  bool is_bad_ = false;
  std::optional<char> told_mark_;
  std::optional<DateOrder> told_order_;
};

}  // namespace

Result<StatementReading> read_statement(std::string_view bytes, const StatementOptions& options) {
  StatementReading reading{
      .file = {.format = BankFormat::Statement, .account = without_zeros(options.account)},
      .mapping = options.mapping};
  if (options.is_workbook) reading.mapping.leave_out_text_form();
  const StatementMapping given = reading.mapping;
  if (bytes.find_first_not_of(" \r\n\t") == std::string_view::npos)
    return reading;  // No movements.
  StatementMapping& mapping = reading.mapping;
  if (!mapping.encoding) {
    ASSIGN_OR_RETURN(mapping.encoding, detect_encoding(bytes));
  }
  StatementOptions known = options;
  if (!mapping.currency.empty()) {
    ASSIGN_OR_RETURN(known.currency, Currency::parse(mapping.currency));
  }
  mapping.currency = known.currency.code();
  ASSIGN_OR_RETURN(const Table table, find_table(decode_text(bytes, *mapping.encoding), given));
  mapping.delimiter = table.delimiter;
  mapping.header_line = table.header_line;
  mapping.columns = table.columns;
  RETURN_IF_ERROR(StatementRows(known, table, reading).read());
  if (!reading.file.troubles.empty()) reading.file.lines.clear();
  if (options.is_workbook) {
    mapping.leave_out_text_form();
    mapping.header_line = table.header_line;
  }
  return reading;
}

}  // namespace puntual::bank
