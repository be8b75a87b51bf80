// A statement as people download it: a workbook, read, matched and booked.
#include "app/bank_job.h"

#include <algorithm>

#include "app/input_file.h"
#include "app/test_house.h"
#include "sheet/write.h"

namespace puntual {
namespace {

class StatementTest : public JobHouse {
 protected:
  StatementTest() {
    import(
        "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n"
        "José Peña;10.000.001;+573000000001;FE-1029;24/11/2026;150.000;150.000;COP\n"
        "Ana Ruiz;10.000.002;+573000000002;FE-1030;24/11/2026;90.000;90.000;COP\n");
  }

  json::value take(const std::string& bytes, std::string mapping = {}) {
    const auto report = run_bank_import_job(
        *store, *desk, creditor, {}, bytes,
        {.account = "77", .mapping = std::move(mapping), .name = "extracto.xlsx"}, now);
    if (!report) ADD_FAILURE() << report.error().message;
    return parse_json(report.value_or("{}")).value_or(json::value());
  }
};

TEST_F(StatementTest, AWorkbookIsReadAsItsCellsSay) {
  const std::string path = folder_ + "/extracto.xlsx";
  const Currency pesos = Currency::of("COP");
  const std::string_view titles[] = {"Fecha", "Descripción", "Valor"};
  auto table = *sheet::create(path, sheet::Format::Xlsx, titles);
  for (const auto& [words, minor] :
       {std::pair("PAGO FACTURA FE 1029", 15'000'000), std::pair("ABONO 10000002", 4'000'000),
        std::pair("COMISION", -120'000)}) {
    const sheet::Cell row[] = {sheet::date(date_of(2026, 11, 23)), sheet::text(words),
                               sheet::amount({minor, pesos})};
    table->add(row);
  }
  ASSERT_TRUE(table->finish());
  const std::string bytes = *read_whole_file(path);
  // The mapping was kept of the same bank's CSV, whose titles stand two lines further down.
  const auto report = take(bytes,
                           "encoding = \"utf-8\"\ndelimiter = \";\"\nheader_line = 3\n"
                           "decimal_mark = \",\"\n[[column]]\nheader = \"Valor\"\nfield = "
                           "\"amount\"\n");
  EXPECT_FALSE(text_in(report, "mapping").contains("delimiter")) << "of a workbook it says nothing";
  EXPECT_EQ(member_int(report, "applied"), 1) << to_json(report);
  EXPECT_EQ(member_int(report, "applied_minor"), 15'000'000);
  EXPECT_EQ(member_int(report, "proposed"), 1);
  EXPECT_EQ(member_int(report, "ignored"), 1);
  EXPECT_EQ(member_int(take(bytes), "unchanged"), 3) << "the same file again";

  const auto lines = parse_json(*list_bank_lines_job(*store, creditor, false, {}));
  const auto& first = member_array(*lines, "lines")->front();
  EXPECT_EQ(to_json(*member(first, "invoices")), R"(["FE-1029"])");
  EXPECT_EQ(member_int(first, "confidence"), 85);

  // Pages of two: all three lines, the oldest first, and the last page says that it is.
  std::vector<int64_t> numbers;
  for (std::string next = "0"; !next.empty();) {
    const auto page =
        parse_json(*list_bank_lines_job(*store, creditor, false, *ListPage::of(next, "2")));
    for (const auto& line : *member_array(*page, "lines"))
      numbers.push_back(*member_int(line, "line"));
    next = text_in(*page, "next");
  }
  EXPECT_EQ(numbers.size(), 3U);
  EXPECT_TRUE(std::ranges::is_sorted(numbers));
}

}  // namespace
}  // namespace puntual
