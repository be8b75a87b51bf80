// Tables out, and in again.
#include "app/export_job.h"

#include "app/input_file.h"
#include "app/payment_job.h"
#include "app/test_house.h"

namespace puntual {
namespace {

class ExportTest : public JobHouse {
 protected:
  std::string exported(std::string_view what, std::string_view format = "csv") {
    const auto order = read_export_order(creditor, what, "", "", format, now);
    EXPECT_TRUE(order);
    const std::string path = folder_ + "/table";
    const auto rows = write_export(*store, *desk, creditor, *order, path);
    if (!rows) ADD_FAILURE() << rows.error().message;
    return read_whole_file(path).value_or("");
  }
  void pay(std::string_view invoice, int64_t minor) {
    const auto paid = run_payment_job(*store, *desk, creditor,
                                      to_json(json::object{{"id", fmt::format("p-{}", invoice)},
                                                           {"invoice", invoice},
                                                           {"amount_minor", minor},
                                                           {"currency", "COP"},
                                                           {"method", "PSE"}}),
                                      now);
    ASSERT_TRUE(paid) << paid.error().message;
  }
  static constexpr std::string_view kPortfolio =
      "Cliente;Documento;Celular;Correo;Factura;Producto;Fecha emisión;Fecha "
      "vencimiento;Valor;Saldo;Moneda\n"
      "José Peña;CC 10.000.001;+573000000001;jose@example.com;F-1;\"Internet; "
      "hogar\";01/11/2026;24/11/2026;150.000,50;150.000,50;COP\n"
      "\"=HYPERLINK(\"\"x\"\")\";10.000.002;300 000 "
      "0002;;F-2;@plan;;24/11/2026;200.000,00;120.000,00;COP\n"
      "Ana Ruiz;10.000.003;+573000000003;;00123;Plan;;;90.000;90.000;COP\n";
};

TEST_F(ExportTest, BalancesReadBackChangeNothing) {
  EXPECT_EQ(member_int(import(kPortfolio), "created"), 3);
  for (const auto* format : {"csv", "xlsx"}) {
    const auto report = import(exported("balances", format));
    EXPECT_EQ(member_int(report, "unchanged"), 3) << format << to_json(report);
    EXPECT_EQ(member_int(report, "rows"), 3) << format;
    EXPECT_EQ(member_int(report, "people_created"), 0) << format;
  }
}

TEST_F(ExportTest, WhatWasPaidMeanwhileStaysPaidWhenBalancesAreReadBack) {
  import(kPortfolio);
  pay("F-1", 5'000'000);
  pay("00123", 9'000'000);
  const std::string before = exported("balances");
  EXPECT_FALSE(before.contains("00123"));
  const auto report = import(before);
  EXPECT_EQ(member_int(report, "unchanged"), 2) << to_json(report);
  EXPECT_EQ(exported("balances"), before);
}

TEST_F(ExportTest, CellsThatCouldBeFormulasAreText) {
  import(kPortfolio);
  const std::string table = exported("balances");
  EXPECT_TRUE(
      table.starts_with("\xEF\xBB\xBF"
                        "Cliente;Documento;"))
      << table;
  EXPECT_TRUE(table.contains(";\"'+573000000001\";")) << table;
  EXPECT_TRUE(table.contains(";\"'@plan\";")) << table;
  EXPECT_TRUE(table.contains("\"Internet; hogar\"")) << table;
  EXPECT_TRUE(table.contains("150000,50;150000,50;0,00;COP;CO\r\n")) << table;
  for (const auto* bad : {"\n=", ";=", "\"=", ";+", ";@"}) EXPECT_FALSE(table.contains(bad)) << bad;
}

TEST_F(ExportTest, APaymentIsInItsTableAndIsNotBookedAgainWhenThatIsRead) {
  import(kPortfolio);
  pay("F-1", 5'000'000);
  const std::string table = exported("payments");
  EXPECT_TRUE(table.contains(";2026-11-24;")) << table;
  EXPECT_TRUE(table.contains(";F-1;\"F-1=50000,00\";50000,00;0,00;0,00;COP;PSE;api;p-F-1;"))
      << table;
  const auto read = run_import_job(*store, *desk, creditor, table, {}, now);
  EXPECT_EQ(read ? member_int(*parse_json(*read), "created") : 0, 0);
  EXPECT_EQ(exported("payments"), table);
}

TEST_F(ExportTest, DaysAreThoseOfTheCreditorAndBothAreIncluded) {
  import(kPortfolio);
  pay("F-1", 100);
  const auto rows = [&](std::string_view from, std::string_view to) {
    const auto order = read_export_order(creditor, "payments", from, to, "", now);
    return order ? write_export(*store, *desk, creditor, *order, folder_ + "/table").value_or(-1)
                 : -2;
  };
  EXPECT_EQ(rows("2026-11-24", "2026-11-24"), 1);
  EXPECT_EQ(rows("2026-11-25", ""), -2);
  EXPECT_EQ(rows("2026-11-01", "2026-11-23"), 0);
  EXPECT_FALSE(read_export_order(creditor, "balances", "2026-11-01", "", "", now));
  EXPECT_EQ(read_export_order(creditor, "people", "", "", "", now).error().code,
            ErrorCode::NotFound);
}

TEST_F(ExportTest, ManyRowsComeInPagesAndTooManyAreRefused) {
  std::string csv = "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n";
  for (int i = 0; i < 1201; ++i)
    csv += fmt::format(
        "Persona {0};20.000.{0:03};+57301{0:07};G-{0};24/11/2026;1.000,00;1.000,00;COP\n", i);
  EXPECT_EQ(member_int(import(csv), "created"), 1201);
  const auto order = *read_export_order(creditor, "balances", "", "", "", now);
  EXPECT_EQ(write_export(*store, *desk, creditor, order, folder_ + "/table").value_or(-1), 1201);
  EXPECT_FALSE(write_export(*store, *desk, creditor, order, folder_ + "/table", 1000));
}

TEST_F(ExportTest, ThatATableIsTakenStandsOnTheTimeline) {
  ASSERT_TRUE(note_export_job(*store, creditor, "balances", R"({"by":"ana"})", now));
  EXPECT_FALSE(note_export_job(*store, creditor, "balances", "{}", now));
  const auto latest = store->read([&](Tx& tx) { return tx.timeline.latest(creditor.id, 0, 1); });
  ASSERT_TRUE(latest && latest->size() == 1);
  EXPECT_EQ((*latest)[0].kind, "table_exported");
  EXPECT_TRUE((*latest)[0].detail.ends_with(" by ana"));
}

}  // namespace
}  // namespace puntual
