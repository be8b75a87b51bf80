// Whole files as ERPs export them (tests/fixtures/import/): detection, rows, and the rows handed
// back.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "core/portfolio/csv_reader.h"
#include "core/portfolio/import_headers.h"
#include "core/portfolio/import_rejects.h"
#include "core/portfolio/import_row.h"

namespace puntual::portfolio {
namespace {

std::string fixture(const std::string& name) {
  std::ifstream in("tests/fixtures/import/" + name, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  EXPECT_FALSE(bytes.str().empty()) << name << ": run the test from the root of the repository";
  return bytes.str();
}

struct Outcome {
  ImportMapping mapping;
  std::vector<PortfolioRow> rows;
  std::map<int64_t, std::vector<RowError>> errors;
  std::string rejects;
  ReadCounts counts;
};

Outcome import_bytes(const std::string& bytes, std::string_view country,
                     ImportOverrides overrides = {}) {
  Outcome outcome;
  overrides.country = country;
  const auto file = open_import(bytes, overrides);
  if (!file) {
    ADD_FAILURE() << file.error().message;
    return outcome;
  }
  outcome.mapping = file->mapping;
  append_rejects_header(*file, outcome.rejects);
  auto counts = read_portfolio(
      *file,
      [&](const PortfolioRow& row, const RawRecord&) -> Result<void> {
        return outcome.rows.push_back(row), Result<void>();
      },
      [&](const RawRecord& record, std::span<const RowError> errors) -> Result<void> {
        outcome.errors[record.line].assign(errors.begin(), errors.end());
        append_reject(*file, record, errors, outcome.rejects);
        return {};
      });
  if (!counts) ADD_FAILURE() << counts.error().message;
  if (counts) outcome.counts = *counts;
  return outcome;
}

std::string open_error(std::string_view bytes, std::string_view country = "CO",
                       ImportOverrides overrides = {}) {
  overrides.country = country;
  const auto file = open_import(bytes, overrides);
  return file ? "accepted" : file.error().message;
}

TEST(Import, ColombianErpInWindows1252) {
  const auto outcome = import_bytes(fixture("cartera-co-windows-1252.csv"), "CO");
  EXPECT_EQ(outcome.mapping.encoding, TextEncoding::Windows1252);
  EXPECT_EQ(outcome.mapping.delimiter, ';');
  EXPECT_EQ(outcome.mapping.decimal_mark, ',');
  ASSERT_EQ(outcome.rows.size(), 5U);
  EXPECT_EQ(outcome.counts.rejected, 0);
  const auto& first = outcome.rows[0];
  EXPECT_EQ(first.line, 2);
  EXPECT_EQ(first.name, "María del Carmen Ñáñez");
  EXPECT_EQ(first.document, "52100200");
  EXPECT_EQ(first.email, "maria@example.com");
  EXPECT_EQ(first.invoice_number, "0001001");
  EXPECT_EQ(first.due_on, date_of(2026, 6, 25));
  EXPECT_EQ(first.amount_minor, 22376000);
  EXPECT_EQ(first.balance_minor, 10000050);
  EXPECT_EQ(first.country, "CO");
  EXPECT_EQ(outcome.rows[1].phone, first.phone);
  EXPECT_EQ(outcome.rows[2].product, "Plan \"móvil\"; 20 GB");
  EXPECT_EQ(outcome.rows[3].name, "Distribuidora Ángel S.A.S.");
  EXPECT_EQ(outcome.rows[3].document, "900123456-7");
  EXPECT_EQ(outcome.rows[3].balance_minor, 0);
  EXPECT_EQ(outcome.rows[4].due_on, std::nullopt);
  EXPECT_EQ(outcome.rows[4].currency, Currency::of("COP"));
  EXPECT_EQ(outcome.counts.emails_unusable, 1);
  ASSERT_EQ(outcome.counts.totals.size(), 1U);
  EXPECT_EQ(outcome.counts.totals[0].balance_minor, 10000050 + 122376000 + 7500000);
}

TEST(Import, PeruvianFileWithCommasAndPoints) {
  const auto outcome = import_bytes(fixture("cartera-pe-utf-8-bom.csv"), "PE");
  EXPECT_EQ(outcome.mapping.encoding, TextEncoding::Utf8Bom);
  EXPECT_EQ(outcome.mapping.delimiter, ',');
  EXPECT_EQ(outcome.mapping.decimal_mark, '.');
  ASSERT_EQ(outcome.rows.size(), 3U);
  EXPECT_EQ(outcome.rows[0].document, "40112233");
  EXPECT_EQ(outcome.rows[0].amount_minor, 123450);
  EXPECT_EQ(outcome.rows[0].currency, Currency::of("PEN"));
  EXPECT_EQ(outcome.rows[0].phone.canonical, outcome.rows[1].phone.canonical);
  EXPECT_EQ(outcome.rows[2].name, "Textiles del Sur SAC");
}

TEST(Import, MexicanReportInUtf16WithTitlesAboveAndATotalBelow) {
  const auto outcome = import_bytes(fixture("cartera-mx-utf-16le.txt"), "MX");
  EXPECT_EQ(outcome.mapping.encoding, TextEncoding::Utf16Le);
  EXPECT_EQ(outcome.mapping.delimiter, '\t');
  EXPECT_EQ(outcome.mapping.header_line, 4);
  ASSERT_EQ(outcome.rows.size(), 3U);
  EXPECT_EQ(outcome.counts.ignored, 1);
  EXPECT_EQ(outcome.rows[0].name, "José Luis Hernández Peña");
  EXPECT_EQ(outcome.rows[0].issued_on, date_of(2026, 1, 5));
  EXPECT_EQ(outcome.rows[0].due_on, date_of(2026, 2, 5));
  EXPECT_EQ(outcome.rows[0].phone.canonical, outcome.rows[1].phone.canonical);
  EXPECT_EQ(outcome.rows[1].amount_minor, 125050);
}

TEST(Import, ChileanFileWithoutDecimalsAndWithSerials) {
  const auto outcome = import_bytes(fixture("cartera-cl-utf-8.csv"), "CL");
  EXPECT_EQ(outcome.mapping.delimiter, '|');
  EXPECT_EQ(outcome.mapping.decimal_mark, ',');
  ASSERT_EQ(outcome.rows.size(), 3U);
  EXPECT_EQ(outcome.rows[0].document, "12345678-K");
  EXPECT_EQ(outcome.rows[0].amount_minor, 45990);
  EXPECT_EQ(outcome.rows[0].issued_on, date_of(2026, 5, 1));
  EXPECT_EQ(outcome.rows[2].balance_minor, 1250000);
}

TEST(Import, ArgentineBrazilianAndEnglishFiles) {
  const auto argentina = import_bytes(fixture("cartera-ar-utf-16be.csv"), "AR");
  EXPECT_EQ(argentina.mapping.encoding, TextEncoding::Utf16Be);
  ASSERT_EQ(argentina.rows.size(), 2U);
  EXPECT_EQ(argentina.rows[0].phone.canonical, argentina.rows[1].phone.canonical);
  EXPECT_EQ(argentina.rows[0].document, "27-12345678-4");
  EXPECT_EQ(argentina.rows[0].amount_minor, 1250075);

  const auto brazil = import_bytes(fixture("cartera-br-utf-8.csv"), "BR");
  ASSERT_EQ(brazil.rows.size(), 2U);
  EXPECT_EQ(brazil.rows[0].phone.canonical, brazil.rows[1].phone.canonical);
  EXPECT_EQ(brazil.rows[1].amount_minor, 99);
  EXPECT_EQ(brazil.rows[0].currency, Currency::of("BRL"));

  const auto english = import_bytes(fixture("cartera-en-mmdd.csv"), "");
  EXPECT_EQ(english.mapping.date_order, DateOrder::MonthFirst);
  ASSERT_EQ(english.rows.size(), 2U);
  EXPECT_EQ(english.rows[0].due_on, date_of(2026, 6, 30));
  EXPECT_EQ(english.rows[0].country, "EC");
  EXPECT_EQ(english.rows[1].country, "PY");
  EXPECT_EQ(english.rows[1].amount_minor, 250000);
  EXPECT_EQ(english.rows[1].external_id, "C-2");
}

TEST(Import, RolesAndCasesAreReadAndUnknownWordsRejected) {
  const auto outcome = import_bytes(
      "Cliente;Cédula;Factura;Valor;Tipo de persona;Estado jurídico\n"
      "Ana Ruiz;1001;F-1;1000;Codeudora;Judicial\n"
      "Luis Paz;1002;F-2;1000;;\n"
      "Eva Sol;1003;F-3;1000;Natural;Prejurídico\n"
      "Omar Gil;1004;F-4;1000;padrino;normal\n"
      "Rosa Mar;1005;F-5;1000;deudor;raro\n",
      "CO");
  ASSERT_EQ(outcome.rows.size(), 3u);
  EXPECT_EQ(outcome.rows[0].role, Role::CoDebtor);
  EXPECT_EQ(outcome.rows[0].case_flags, 1U << static_cast<int>(CaseFlag::ServedInCourt));
  EXPECT_FALSE(outcome.rows[1].role);
  EXPECT_FALSE(outcome.rows[1].case_flags);
  EXPECT_EQ(outcome.rows[2].role, Role::Debtor);
  EXPECT_EQ(outcome.rows[2].case_flags, 0);
  EXPECT_EQ(outcome.errors.at(5)[0].code, "role_unknown");
  EXPECT_EQ(outcome.errors.at(6)[0].code, "case_state_unknown");
}

TEST(Import, Payments) {
  const std::string bytes = fixture("pagos-co.csv");
  ImportOverrides overrides;
  overrides.country = "CO";
  const auto file = open_import(bytes, overrides);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->mapping.kind, FileKind::Payments);
  std::vector<PaymentRow> rows;
  const auto counts = read_payments(
      *file,
      [&](const PaymentRow& row, const RawRecord&) -> Result<void> {
        return rows.push_back(row), Result<void>();
      },
      [](const RawRecord&, std::span<const RowError>) -> Result<void> { return {}; });
  ASSERT_TRUE(counts) << counts.error().message;
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].amount_minor, 12375950);
  EXPECT_EQ(rows[0].paid_on, date_of(2026, 6, 8));
  EXPECT_EQ(rows[0].paid_ms_of_day, (14 * 60 + 30) * 60 * 1000);
  EXPECT_EQ(rows[0].method, "PSE");
  EXPECT_EQ(rows[1].reference, "T-2");
  EXPECT_EQ(rows[1].paid_ms_of_day, ((21 * 60 + 5) * 60 + 10) * 1000);
  EXPECT_NE(open_error(bytes, "").find("--currency"), std::string::npos);
}

TEST(Import, RejectedRowsNameColumnCodeAndRemedy) {
  const auto outcome = import_bytes(fixture("cartera-con-errores.csv"), "CO");
  EXPECT_EQ(outcome.rows.size(), 1U);
  EXPECT_EQ(outcome.counts.rows, 13);
  EXPECT_EQ(outcome.counts.accepted + outcome.counts.rejected, outcome.counts.rows);
  EXPECT_EQ(outcome.counts.ignored, 2);
  const std::map<int64_t, std::vector<std::pair<std::string, std::string>>> expected = {
      {3, {{"Celular", "phone_scientific"}}},
      {4, {{"Vencimiento", "date_no_such_day"}}},
      {5, {{"Celular", "phone_excel_error"}, {"Valor", "amount_excel_error"}}},
      {6, {{"Cédula", "document_scientific"}}},
      {7, {{"Valor", "amount_malformed"}}},
      {8, {{"Valor", "amount_ambiguous"}}},
      {9, {{"País", "country_unknown"}}},
      {10, {{"Factura", "missing_invoice_number"}}},
      {11, {{"Valor", "amount_not_positive"}}},
      {12, {{"", "too_few_columns"}}},
      {13, {{"", "too_many_columns"}}},
      {14,
       {{"Celular", "phone_too_short"},
        {"Vencimiento", "date_malformed"},
        {"Saldo", "missing_balance"}}},
  };
  std::map<int64_t, std::vector<std::pair<std::string, std::string>>> found;
  for (const auto& [line, errors] : outcome.errors) {
    for (const auto& error : errors) {
      found[line].emplace_back(error.column, std::string(error.code));
      EXPECT_EQ(error.line, line);
      EXPECT_FALSE(error.message.empty());
    }
  }
  EXPECT_EQ(found, expected);
}

TEST(Import, RejectsCanBeCorrectedAndImportedAgain) {
  const auto outcome = import_bytes(fixture("cartera-con-errores.csv"), "CO");
  const std::string& rejects = outcome.rejects;
  EXPECT_TRUE(
      rejects.starts_with("\xEF\xBB\xBF"
                          "Cliente;Cédula;Celular;Factura;Emisión;Vencimiento;Valor;Saldo;País;"
                          "fila;columna;código;mensaje\r\n"));
  EXPECT_NE(rejects.find("\"'=HYPERLINK(\"\"x\"\")\";"),
            std::string::npos);  // No spreadsheet runs it.
  EXPECT_NE(rejects.find(";\"'+57 300\";"), std::string::npos);

  // As it is, the same rows are rejected for the same reasons, and nothing is added to the file.
  const auto again = import_bytes(rejects, "CO");
  EXPECT_EQ(again.counts.rows, 12);
  EXPECT_EQ(again.rejects.substr(0, 100), rejects.substr(0, 100));

  // A person corrects two rows.
  std::string corrected = rejects;
  const auto replace = [&](std::string_view from, std::string_view to) {
    const size_t at = corrected.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    corrected.replace(at, from.size(), to);
  };
  replace("5,73001E+11", "3005550102");
  replace("31/02/2026", "28/02/2026");
  const auto mended = import_bytes(corrected, "CO");
  ASSERT_EQ(mended.rows.size(), 2U);
  EXPECT_EQ(mended.rows[0].invoice_number, "E-2");
  EXPECT_EQ(mended.rows[1].due_on, date_of(2026, 2, 28));
}

// Amounts of one invoice each, below the titles.
std::string amounts_file(std::initializer_list<std::string_view> amounts) {
  std::string bytes = "Cliente;DNI;Factura;Vencimiento;Valor\n";
  int i = 0;
  for (const auto amount : amounts) {
    ++i;
    bytes += fmt::format("Ana;4011223{};F-{};25/06/2026;{}\n", i, i, amount);
  }
  return bytes;
}

TEST(Import, TheCountryTellsThousandsWhereNothingElseDoes) {
  struct Case {
    std::string_view country;
    std::initializer_list<std::string_view> amounts;
    char mark;
    int64_t first_minor;
  };
  for (const auto& one :
       {Case{"CO", {"89.900", "50.000", "900"}, ',', 8990000},
        Case{"AR", {"$ 89.900", "-"}, ',', 8990000}, Case{"EC", {"1.250"}, ',', 125000},
        Case{"PE", {"89,900", "50,000"}, '.', 8990000},
        Case{"MX", {"1,250", "900"}, '.', 125000}}) {
    const auto outcome = import_bytes(amounts_file(one.amounts), one.country);
    EXPECT_EQ(outcome.mapping.decimal_mark, one.mark) << one.country;
    ASSERT_FALSE(outcome.rows.empty()) << one.country;
    EXPECT_EQ(outcome.rows[0].amount_minor, one.first_minor) << one.country;
    EXPECT_NE(describe_es(outcome.mapping).find("se leen como miles, el uso del país"),
              std::string::npos);
  }
  // The file itself goes before the country.
  const auto told = import_bytes(amounts_file({"89,900", "50.25"}), "CO");
  EXPECT_EQ(told.mapping.decimal_mark, '.');
  ASSERT_EQ(told.rows.size(), 2U);
  EXPECT_EQ(told.rows[0].amount_minor, 8990000);
}

TEST(Import, TheCountryDecidesNothingAgainstTheMarks) {
  struct Case {
    std::string_view country;
    std::initializer_list<std::string_view> amounts;
  };
  for (const auto& one :
       {Case{"PE", {"1.250", "3.400"}}, Case{"CO", {"1,250"}}, Case{"CO", {"1.250", "1,250"}},
        Case{"CO", {"89.900", "0.500"}}, Case{"CO", {"89.900", "1.2345"}}, Case{"US", {"1,250"}}}) {
    const auto outcome = import_bytes(amounts_file(one.amounts), one.country);
    EXPECT_EQ(outcome.mapping.decimal_mark, 0) << one.country;
    EXPECT_TRUE(outcome.rows.empty()) << one.country;
    EXPECT_EQ(outcome.errors.at(2)[0].code, "amount_ambiguous") << one.country;
  }
}

TEST(Import, EachRowsOwnCountryIsHeard) {
  const std::string titles = "Cliente;DNI;Factura;Vencimiento;Valor;País\n";
  const auto one = import_bytes(titles + "Ana;40112231;F-1;25/06/2026;89.900;Colombia\n", "PE");
  EXPECT_EQ(one.mapping.decimal_mark, ',');
  const auto both = import_bytes(titles +
                                     "Ana;40112231;F-1;25/06/2026;89.900;CO\n"
                                     "Eva;40112232;F-2;25/06/2026;89.900;PE\n",
                                 "CO");
  EXPECT_EQ(both.mapping.decimal_mark, 0);
  EXPECT_TRUE(both.rows.empty());
}

TEST(Import, UndeterminedAmountsAreRejectedUntilSomebodySays) {
  const std::string bytes =
      "Cliente;Cédula;Celular;Factura;Vencimiento;Valor\nAna;1;955501010;A;25/06/"
      "2026;1.250\nEva;2;955501011;B;25/06/2026;900\n";
  const auto outcome = import_bytes(bytes, "PE");
  EXPECT_EQ(outcome.mapping.decimal_mark, 0);
  ASSERT_EQ(outcome.rows.size(), 1U);
  EXPECT_EQ(outcome.errors.at(2)[0].code, "amount_ambiguous");
  ImportOverrides overrides;
  overrides.decimal_mark = ',';
  const auto told = import_bytes(bytes, "PE", overrides);
  ASSERT_EQ(told.rows.size(), 2U);
  EXPECT_EQ(told.rows[0].amount_minor, 125000);
}

TEST(Import, MixedDateOrdersAreNotGuessed) {
  std::string bytes = "Cliente;Cédula;Factura;Vencimiento;Valor\n";
  bytes += "Ana;1;A;25/06/2026;100\nEva;2;B;06/25/2026;100\nLuz;3;C;03/04/2026;100\n";
  const auto outcome = import_bytes(bytes, "CO");
  EXPECT_EQ(outcome.mapping.date_order, DateOrder::Undetermined);
  EXPECT_EQ(outcome.rows.size(), 2U);
  EXPECT_EQ(outcome.errors.at(4)[0].code, "date_ambiguous");
}

TEST(Import, BadFilesNamePlaceAndRemedy) {
  EXPECT_NE(open_error("PK\x03\x04").find("guárdelo como CSV"), std::string::npos);
  EXPECT_NE(open_error("").find("vacío"), std::string::npos);
  EXPECT_NE(open_error("hola\nmundo\n").find("no se reconocen los títulos"), std::string::npos);
  EXPECT_NE(open_error("Cliente;Celular\nAna;300\n")
                .find("falta el número de factura y el valor o el saldo"),
            std::string::npos);
  EXPECT_NE(open_error("Cliente;Cédula;Saldo\nAna;1020;300\n")
                .find("falta el número de factura y el celular al que se escribe"),
            std::string::npos)
      << "who corrects the file hears all of it at once";
  for (const std::string_view bytes : {"hola\nmundo\n", "Cliente;Celular\nAna;300\n"}) {
    EXPECT_EQ(open_error(bytes).find("--"), std::string::npos) << "it is read in a page as well";
  }
  EXPECT_NE(open_error("Cliente;Celular;Factura;Saldo\n", "XX").find("país desconocido: 'XX'"),
            std::string::npos);
  EXPECT_NE(open_error("Cliente;Celular;Factura;Saldo\n", "").find("--country"), std::string::npos);
  EXPECT_NE(open_error(std::string(CsvReader::kRecordBytesMax * 3, 'a')).find("pasa de 1 MB"),
            std::string::npos);
  EXPECT_NE(open_error("Cliente;Celular;Factura;Saldo\nAna;\"300;1;2\n")
                .find("línea 2, columna 2: se abre una comilla"),
            std::string::npos);
}

TEST(Import, MappingIsKeptAndGivenAgain) {
  const std::string bytes = fixture("cartera-co-windows-1252.csv");
  const auto outcome = import_bytes(bytes, "CO");
  const auto overrides = parse_mapping(to_toml(outcome.mapping), "mapping.toml");
  ASSERT_TRUE(overrides) << overrides.error().message;
  const auto file = open_import(bytes, *overrides);
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(to_toml(file->mapping), to_toml(outcome.mapping));
  EXPECT_NE(describe_es(outcome.mapping).find("«Nº Factura» → número de factura"),
            std::string::npos);
}

TEST(Import, AFileThatLacksAColumnGivesAMappingToFillIn) {
  for (const std::string_view bytes : {"Cliente;Celular;Deuda total XX\nAna;3001234567;1000\n",
                                       "uno;dos;tres\nAna;3001234567;1000\n"}) {
    EXPECT_FALSE(portfolio::open_import(bytes, {.country = "CO"}));
    const auto draft = portfolio::draft_mapping(bytes, {.country = "CO"});
    ASSERT_TRUE(draft) << draft.error().message;
    ASSERT_EQ(draft->columns.size(), 3u);
    EXPECT_EQ(draft->columns[2].field, ImportField::Ignore);
    const std::string toml = to_toml(*draft);
    for (const auto name : import_field_names())
      EXPECT_NE(toml.find(fmt::format("#   {} ", name)), std::string::npos) << name;
    EXPECT_TRUE(parse_mapping(toml, "m.toml"));
  }
}

TEST(Import, AReceiptsNumberIsTheInvoicesWhereThereIsNoOther) {
  for (const std::string_view title : {"Nro. de Recibo", "No. Recibo", "Número de recibo"}) {
    const auto file = portfolio::open_import(
        fmt::format("Cliente;Celular;{};Saldo\nAna;3001234567;R-1;1000\n", title),
        {.country = "CO"});
    ASSERT_TRUE(file) << title << ": " << file.error().message;
    EXPECT_EQ(file->mapping.columns[2].field, ImportField::InvoiceNumber) << title;
  }
}

TEST(Import, ASchoolsTitlesAreKnown) {
  const auto file = portfolio::open_import(
      "Alumno;Acudiente;Celular madre;Teléfono padre;Recibo;Vence;Pensión\n"
      "Sofía Ruiz;Ana Ruiz;3001234567;6011234567;R-1;25/06/2026;450.000\n",
      {.country = "CO"});
  ASSERT_TRUE(file) << file.error().message;
  std::vector<std::string> fields;
  for (const auto& column : file->mapping.columns) fields.emplace_back(text_of(column.field));
  EXPECT_EQ(fields, (std::vector<std::string>{"ignore", "debtor_name", "phone", "other_phone",
                                              "invoice_number", "due_on", "amount"}));
  const auto bare = portfolio::open_import(
      "Estudiante;Celular;Recibo;Valor;Pensión\nSofía Ruiz;3001234567;R-1;450.000;Junio\n",
      {.country = "CO"});
  ASSERT_TRUE(bare) << bare.error().message;
  EXPECT_EQ(text_of(bare->mapping.columns[0].field), "debtor_name");
  EXPECT_EQ(text_of(bare->mapping.columns[3].field), "amount")
      << "beside a value the fee is a word";
}

TEST(Import, MappingGivesMeaningToUnknownTitles) {
  const std::string bytes =
      "Quién;Papel;Línea directa;Ref interna;Cuándo;Cuánto\nAna;1;3005550101;A;25/06/2026;1250\n";
  const auto overrides = parse_mapping(R"(
country = "CO"
[[column]]
header = "quien"
field = "debtor_name"
[[column]]
header = "Línea directa"
field = "phone"
[[column]]
header = "Ref interna"
field = "invoice_number"
[[column]]
header = "Cuándo"
field = "due_on"
[[column]]
header = "Cuánto"
field = "balance"
)",
                                       "m.toml");
  ASSERT_TRUE(overrides) << overrides.error().message;
  const auto outcome = import_bytes(bytes, "CO", *overrides);
  ASSERT_EQ(outcome.rows.size(), 1U);
  EXPECT_EQ(outcome.rows[0].balance_minor, 125000);
  EXPECT_NE(open_error("Cliente;Celular;Factura;Saldo\n", "CO", *overrides)
                .find("no tiene la columna «quien»"),
            std::string::npos);
  EXPECT_FALSE(parse_mapping("decimal_mrak = \",\"", "m.toml"));
}

TEST(Import, TwoPhoneColumns) {
  const auto outcome = import_bytes(
      "Nombre;Cédula;Teléfono;Celular;Factura;Saldo\nAna;1;6015550100;3005550101;A;100\nEva;2;"
      "3005550102;;B;100\n"
      "Luz;3;no tiene;3005550103;C;100\n",
      "CO");
  ASSERT_EQ(outcome.rows.size(), 3U);
  EXPECT_EQ(outcome.rows[0].phone.e164, "+573005550101");
  EXPECT_EQ(outcome.rows[0].other_phone.e164, "+576015550100");
  EXPECT_EQ(outcome.rows[1].phone.e164, "+573005550102");
  EXPECT_EQ(outcome.rows[2].other_phone.e164, "");
  EXPECT_EQ(outcome.counts.other_phones_unusable, 1);
}

// Any damage to a file ends in an error with words or in counted rows, never in a crash or a lost
// row.
TEST(Import, DamagedFilesAreReadOrRefused) {
  std::vector<std::string> files;
  for (const auto name : {"cartera-co-windows-1252.csv", "cartera-mx-utf-16le.txt",
                          "cartera-con-errores.csv", "cartera-pe-utf-8-bom.csv"}) {
    files.push_back(fixture(name));
  }
  EXPECT_TRUE(rc::check([&] {
    std::string bytes = *rc::gen::elementOf(files);
    const int changes = *rc::gen::inRange(1, 12);
    for (int i = 0; i < changes && !bytes.empty(); ++i) {
      const auto at = *rc::gen::inRange<size_t>(0, bytes.size());
      switch (*rc::gen::inRange(0, 4)) {
        case 0:
          bytes[at] = *rc::gen::arbitrary<char>();
          break;
        case 1:
          bytes.erase(at, *rc::gen::inRange<size_t>(1, 60));
          break;
        case 2:
          bytes.insert(at, *rc::gen::element<std::string>("\"", ";", "\n", ",", ".", "\xF1",
                                                          "9999999999", "E+11", "\xC3"));
          break;
        default:
          bytes.insert(at, bytes.substr(0, at));
          break;
      }
    }
    ImportOverrides overrides;
    overrides.country = "CO";
    const auto file = open_import(bytes, overrides);
    if (!file) {
      RC_ASSERT(file.error().message.size() > 20U);
      return;
    }
    int64_t handed_out = 0;
    const auto count = [&](const auto&...) -> Result<void> { return ++handed_out, Result<void>(); };
    const auto counts = file->mapping.kind == FileKind::Portfolio
                            ? read_portfolio(*file, count, count)
                            : read_payments(*file, count, count);
    if (counts)
      RC_ASSERT(counts->rows == handed_out && counts->rows == counts->accepted + counts->rejected);
  }));
}

TEST(Import, AMistypedTitleIsGuessedAndNothingElse) {
  const auto guess = [](std::string_view header) {
    const auto field = guess_of_header(header);
    return field ? std::string(text_of(*field)) : std::string();
  };
  EXPECT_EQ(guess("Fecha de vencimineto"), "due_on");
  EXPECT_EQ(guess("Celuar"), "phone");
  EXPECT_EQ(guess("Nro. facutra"), "invoice_number");
  EXPECT_EQ(guess("Sldo pendiente"), "balance");
  for (const auto* none :
       {"Celular", "Ciudad", "Vendedor", "Valor mora", "Estrato", "Sede", "", "x", "Observaciones"})
    EXPECT_EQ(guess(none), "") << none;
}

TEST(Import, HeadersOfManyHands) {
  const auto field = [](std::string_view header) {
    const auto meaning = meaning_of_header(header);
    return meaning ? std::string(text_of(meaning->field)) : "unknown";
  };
  EXPECT_EQ(field("Nº Factura"), "invoice_number");
  EXPECT_EQ(field("NÚMERO DE FACTURA"), "invoice_number");
  EXPECT_EQ(field("Factura #"), "invoice_number");
  EXPECT_EQ(field("No. de la factura:"), "invoice_number");
  EXPECT_EQ(field("N.I.T./Cédula"), "document");
  EXPECT_EQ(field("CÉDULA O NIT"), "document");
  EXPECT_EQ(field("Fecha Límite de Pago"), "due_on");
  EXPECT_EQ(field("Fecha de pago"), "paid_on");
  EXPECT_EQ(field("VALOR ($)"), "amount");
  EXPECT_EQ(field("Saldo COP"), "balance");
  EXPECT_EQ(field("E-mail"), "email");
  EXPECT_EQ(field("Teléfono Móvil"), "phone");
  for (const std::string_view dotted : {"C.C.", "C. C.", "C.C", "No. de C.C.", "N.I.T.", "N. I. T.",
                                        "T.I.", "R.F.C.", "R.U.T.", "D.N.I.", "C.C. o N.I.T."}) {
    EXPECT_EQ(field(dotted), "document") << dotted;
  }
  EXPECT_EQ(field("F. Vencimiento"), "due_on");
  EXPECT_EQ(field("color favorito"), "unknown");
}

}  // namespace
}  // namespace puntual::portfolio
