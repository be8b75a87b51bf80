// The mapping of a statement as a text: kept by name, and shown.
#include <algorithm>
#include <array>

#include "base/names.h"
#include "base/toml.h"
#include "core/bank/statement.h"

namespace puntual {
namespace {

constexpr Names<StatementField, 13> kStatementFields = {
    {{{"ignore", "no se lee"},
      {"date", "fecha"},
      {"description", "descripción"},
      {"reference", "referencia"},
      {"second_reference", "segunda referencia"},
      {"document", "documento de quien paga"},
      {"name", "nombre de quien paga"},
      {"credit", "lo que entra"},
      {"debit", "lo que sale"},
      {"amount", "valor con signo"},
      {"sign", "si entra o sale"},
      {"balance", "saldo"},
      {"branch", "oficina"}}}};
constexpr std::array<std::string_view, 3> kStatementOrders = {"day_first", "month_first",
                                                              "undetermined"};
constexpr std::array<std::string_view, 3> kStatementMarks = {",", ".", "undetermined"};
constexpr std::array<std::string_view, 4> kStatementDelimiters = {";", ",", "\t", "|"};
constexpr std::array<std::string_view, 5> kStatementEncodings = {"utf-8", "utf-8-bom", "utf-16le",
                                                                 "utf-16be", "windows-1252"};

std::string_view mark_name(char mark) {
  return mark == ',' ? kStatementMarks[0] : mark == '.' ? kStatementMarks[1] : kStatementMarks[2];
}

std::string in_toml_quotes(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      quoted += fmt::format("\\u{:04X}", static_cast<int>(c));
    else
      quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::string_view text_of(StatementField field) { return kStatementFields.text(field); }

void StatementMapping::leave_out_text_form() {
  if (delimiter) header_line.reset();
  encoding.reset();
  delimiter.reset();
  decimal_mark.reset();
  date_order.reset();
}

namespace bank {

std::string to_toml(const StatementMapping& mapping) {
  std::string toml =
      "# Cómo leer los extractos de este banco: puntual bank import ARCHIVO --mapping NOMBRE\n";
  if (mapping.encoding)
    toml += fmt::format("encoding = \"{}\"\n", puntual::text_of(*mapping.encoding));
  if (mapping.delimiter)
    toml += fmt::format("delimiter = {}\n", in_toml_quotes({&*mapping.delimiter, 1}));
  if (mapping.header_line) toml += fmt::format("header_line = {}\n", *mapping.header_line);
  if (mapping.decimal_mark)
    toml += fmt::format("decimal_mark = \"{}\"  # \",\" 1.234,50   \".\" 1,234.50\n",
                        mark_name(*mapping.decimal_mark));
  if (mapping.date_order)
    toml += fmt::format("date_order = \"{}\"\n",
                        kStatementOrders[static_cast<size_t>(*mapping.date_order)]);
  if (!mapping.currency.empty())
    toml += fmt::format("currency = {}\n", in_toml_quotes(mapping.currency));
  for (const auto& column : mapping.columns) {
    toml += fmt::format("\n[[column]]\nheader = {}\nfield = \"{}\"\n",
                        in_toml_quotes(column.header), puntual::text_of(column.field));
  }
  return toml;
}

Result<StatementMapping> parse_statement_mapping(std::string_view toml,
                                                 std::string_view file_name) {
  ASSIGN_OR_RETURN(TomlFile file, TomlFile::parse(toml, file_name));
  TomlTable root = file.root();
  StatementMapping mapping;
  if (root.has("encoding"))
    mapping.encoding = encoding_of(root.choice("encoding", kStatementEncodings));
  if (root.has("delimiter"))
    mapping.delimiter = root.choice("delimiter", kStatementDelimiters).front();
  if (root.has("header_line")) mapping.header_line = root.integer("header_line", 1, {1, 1'000'000});
  if (root.has("decimal_mark")) {
    if (const auto mark = root.choice("decimal_mark", kStatementMarks); mark.size() == 1)
      mapping.decimal_mark = mark.front();
  }
  if (root.has("date_order")) {
    const auto found =
        std::ranges::find(kStatementOrders, root.choice("date_order", kStatementOrders));
    mapping.date_order = static_cast<DateOrder>(found - kStatementOrders.begin());
  }
  mapping.currency = root.text("currency");
  if (!mapping.currency.empty()) {
    if (auto money = Currency::parse(mapping.currency); !money)
      root.problem("currency", money.error().message);
  }
  std::vector<std::string_view> fields;
  for (const auto& field : kStatementFields.all) fields.push_back(field.text);
  for (auto& column : root.tables("column")) {
    const auto header = column.required_text("header");
    if (const auto field = kStatementFields.find(column.choice("field", fields, true)))
      mapping.columns.push_back({header, *field});
  }
  RETURN_IF_ERROR(file.finish());
  return mapping;
}

std::string describe_es(const StatementMapping& mapping) {
  std::string text = "Extracto de cuenta\n";
  if (mapping.encoding)
    text += fmt::format("  codificación   {}\n", puntual::text_of(*mapping.encoding));
  if (mapping.delimiter)
    text +=
        fmt::format("  separador      {}\n",
                    *mapping.delimiter == '\t' ? "tabulador" : std::string(1, *mapping.delimiter));
  if (mapping.header_line) text += fmt::format("  títulos        línea {}\n", *mapping.header_line);
  const char mark = mapping.decimal_mark.value_or(0);
  text += fmt::format("  decimales      {}\n", mark == ','   ? "coma (1.234,50)"
                                               : mark == '.' ? "punto (1,234.50)"
                                                             : "no se sabe");
  const auto order = mapping.date_order.value_or(DateOrder::Undetermined);
  text += fmt::format("  fechas         {}\n", order == DateOrder::DayFirst     ? "dd/mm/aaaa"
                                               : order == DateOrder::MonthFirst ? "mm/dd/aaaa"
                                                                                : "no se sabe");
  for (const auto& column : mapping.columns) {
    text += fmt::format("  «{}» → {}\n", column.header, kStatementFields.shown(column.field));
  }
  return text;
}

}  // namespace bank
}  // namespace puntual
