#include "core/portfolio/import_mapping.h"

#include <algorithm>
#include <array>

#include "base/toml.h"

namespace puntual {
namespace {

struct FieldText {
  ImportField field;
  std::string_view text;
  std::string_view name_es;
};
constexpr FieldText kFieldTexts[] = {
    {ImportField::Ignore, "ignore", "no se usa"},
    {ImportField::DebtorName, "debtor_name", "nombre del deudor"},
    {ImportField::FirstNames, "first_names", "nombres"},
    {ImportField::LastNames, "last_names", "apellidos"},
    {ImportField::Document, "document", "documento de identidad"},
    {ImportField::ExternalId, "external_id", "código del cliente"},
    {ImportField::Phone, "phone", "celular"},
    {ImportField::OtherPhone, "other_phone", "otro teléfono"},
    {ImportField::Email, "email", "correo"},
    {ImportField::InvoiceNumber, "invoice_number", "número de factura"},
    {ImportField::IssuedOn, "issued_on", "fecha de emisión"},
    {ImportField::DueOn, "due_on", "fecha de vencimiento"},
    {ImportField::Amount, "amount", "valor"},
    {ImportField::Balance, "balance", "saldo"},
    {ImportField::Currency, "currency", "moneda"},
    {ImportField::Product, "product", "producto o concepto"},
    {ImportField::Breakdown, "breakdown", "desglose del saldo"},
    {ImportField::Country, "country", "país"},
    {ImportField::Zone, "zone", "zona horaria"},
    {ImportField::ConsentInstrument, "consent_instrument", "instrumento de la autorización"},
    {ImportField::ConsentOn, "consent_on", "fecha de la autorización"},
    {ImportField::PersonRole, "role", "papel de la persona en la deuda"},
    {ImportField::CaseState, "case_state", "estado jurídico"},
    {ImportField::PhoneEvidence, "phone_evidence", "prueba de que el número es suyo"},
    {ImportField::PhoneEvidenceOn, "phone_evidence_on", "fecha en que se verificó el número"},
    {ImportField::PaidOn, "paid_on", "fecha de pago"},
    {ImportField::PaidTime, "paid_time", "hora de pago"},
    {ImportField::PaidAmount, "paid_amount", "valor pagado"},
    {ImportField::Method, "method", "medio de pago"},
    {ImportField::PaymentReference, "payment_reference", "identificador del pago"},
};
static_assert(std::size(kFieldTexts) == kImportFieldCount);

constexpr std::array<std::string_view, 2> kKinds = {"portfolio", "payments"};
constexpr std::array<std::string_view, 5> kEncodings = {"utf-8", "utf-8-bom", "utf-16le",
                                                        "utf-16be", "windows-1252"};
constexpr std::array<std::string_view, 4> kDelimiters = {";", ",", "\t", "|"};
constexpr std::array<std::string_view, 3> kMarks = {",", ".", "unknown"};
constexpr std::array<std::string_view, 3> kOrders = {"dd/mm/yyyy", "mm/dd/yyyy", "unknown"};

std::string toml_quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      quoted += fmt::format("\\u{:04X}", static_cast<int>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string_view order_text(DateOrder order) { return kOrders[static_cast<size_t>(order)]; }
std::string_view mark_text(char mark) {
  return mark == ',' ? kMarks[0] : mark == '.' ? kMarks[1] : kMarks[2];
}

std::string_view delimiter_es(char delimiter) {
  switch (delimiter) {
    case ';':
      return "punto y coma (;)";
    case ',':
      return "coma (,)";
    case '\t':
      return "tabulador";
    case '|':
      return "barra (|)";
    default:
      return "otro";
  }
}

}  // namespace

std::optional<size_t> ImportMapping::column_of(ImportField field) const {
  const auto found = std::ranges::find(columns, field, &ColumnMapping::field);
  if (found == columns.end()) return std::nullopt;
  return static_cast<size_t>(found - columns.begin());
}

std::string_view text_of(ImportField field) { return kFieldTexts[static_cast<size_t>(field)].text; }
std::string_view name_es(ImportField field) {
  return kFieldTexts[static_cast<size_t>(field)].name_es;
}
std::string_view text_of(FileKind kind) { return kKinds[static_cast<size_t>(kind)]; }

std::string_view decimal_mark_text(const ImportMapping& mapping) {
  return mark_text(mapping.decimal_mark);
}
std::string_view date_order_text(const ImportMapping& mapping) {
  return order_text(mapping.date_order);
}

std::vector<std::string_view> import_field_names() {
  std::vector<std::string_view> names;
  for (const auto& field : kFieldTexts) names.push_back(field.text);
  return names;
}

std::string to_toml(const ImportMapping& mapping) {
  std::string toml = "# Cómo leer este archivo: puntual import ARCHIVO --mapping ESTE_ARCHIVO\n";
  toml += "# Lo que puede ser una columna (field):\n";
  for (const auto& field : kFieldTexts)
    toml += fmt::format("#   {:<18} {}\n", field.text, field.name_es);
  toml +=
      fmt::format("kind = \"{}\"\nheader_line = {}\n", text_of(mapping.kind), mapping.header_line);
  if (!mapping.is_workbook) {
    toml += fmt::format("encoding = \"{}\"\ndelimiter = {}\n", text_of(mapping.encoding),
                        toml_quoted({&mapping.delimiter, 1}));
    toml += fmt::format("decimal_mark = \"{}\"  # \",\" 1.234,50   \".\" 1,234.50\n",
                        mark_text(mapping.decimal_mark));
    toml += fmt::format("date_order = \"{}\"\n", order_text(mapping.date_order));
  }
  if (!mapping.country.empty()) toml += fmt::format("country = {}\n", toml_quoted(mapping.country));
  if (mapping.currency != Currency())
    toml += fmt::format("currency = \"{}\"\n", mapping.currency.code());
  for (const auto& column : mapping.columns) {
    toml += fmt::format("\n[[column]]\nheader = {}\nfield = \"{}\"\n", toml_quoted(column.header),
                        text_of(column.field));
  }
  return toml;
}

void ImportOverrides::leave_out_text_form() {
  if (delimiter) header_line.reset();  // It was a text file, whose lines are others.
  encoding.reset();
  delimiter.reset();
  decimal_mark.reset();
  date_order.reset();
}

Result<ImportOverrides> parse_mapping(std::string_view toml, std::string_view file_name) {
  ASSIGN_OR_RETURN(TomlFile file, TomlFile::parse(toml, file_name));
  TomlTable root = file.root();
  ImportOverrides overrides;
  if (root.has("kind"))
    overrides.kind =
        root.choice("kind", kKinds) == kKinds[1] ? FileKind::Payments : FileKind::Portfolio;
  if (root.has("encoding")) overrides.encoding = encoding_of(root.choice("encoding", kEncodings));
  if (root.has("delimiter")) overrides.delimiter = root.choice("delimiter", kDelimiters).front();
  if (root.has("header_line"))
    overrides.header_line = root.integer("header_line", 1, {1, 1'000'000});
  if (root.has("decimal_mark")) {
    if (const auto mark = root.choice("decimal_mark", kMarks); mark.size() == 1)
      overrides.decimal_mark = mark.front();
  }
  if (root.has("date_order")) {
    const auto found = std::ranges::find(kOrders, root.choice("date_order", kOrders));
    overrides.date_order = static_cast<DateOrder>(found - kOrders.begin());
  }
  overrides.country = root.text("country");
  overrides.currency = root.text("currency");
  const auto fields = import_field_names();
  for (auto& column : root.tables("column")) {
    const auto header = column.text("header");
    const auto found =
        std::ranges::find(kFieldTexts, column.choice("field", fields, true), &FieldText::text);
    overrides.columns.push_back({header, found->field});
  }
  RETURN_IF_ERROR(file.finish());
  return overrides;
}

std::string describe_es(const ImportMapping& mapping) {
  std::string text =
      fmt::format("Archivo de {}\n", mapping.kind == FileKind::Payments ? "pagos" : "cartera");
  if (!mapping.is_workbook) {
    text += fmt::format("  codificación   {}\n", text_of(mapping.encoding));
    text += fmt::format("  separador      {}\n", delimiter_es(mapping.delimiter));
  }
  text += fmt::format("  títulos        línea {}\n", mapping.header_line);
  if (!mapping.is_workbook) {
    text += fmt::format("  decimales      {}\n", mapping.decimal_mark == ','   ? "coma (1.234,50)"
                                                 : mapping.decimal_mark == '.' ? "punto (1,234.50)"
                                                                               : "no se sabe");
    text += fmt::format("  fechas         {}\n",
                        mapping.date_order == DateOrder::DayFirst     ? "dd/mm/aaaa"
                        : mapping.date_order == DateOrder::MonthFirst ? "mm/dd/aaaa"
                                                                      : "no se sabe");
  }
  if (!mapping.country.empty()) text += fmt::format("  país           {}\n", mapping.country);
  if (mapping.currency != Currency())
    text += fmt::format("  moneda         {}\n", mapping.currency.code());
  for (const auto& column : mapping.columns)
    text += fmt::format("  «{}» → {}\n", column.header, name_es(column.field));
  if (mapping.is_workbook) return text;  // What is noted are guesses at its text.
  for (const auto& note : mapping.notes) text += fmt::format("  nota: {}\n", note);
  return text;
}

}  // namespace puntual
