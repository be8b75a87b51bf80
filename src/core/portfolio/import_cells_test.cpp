// Amounts, dates, documents and countries: every style that is read, and every doubt that is
// refused.
#include "core/portfolio/import_cells.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/locale.h"

namespace puntual::portfolio {
namespace {

using enum CellProblem;

std::expected<int64_t, CellProblem> cop(std::string_view cell, char mark) {
  return read_amount(cell, Currency::of("COP"), mark);
}
void expect_amount(std::string_view cell, char mark, int64_t minor) {
  const auto amount = cop(cell, mark);
  ASSERT_TRUE(amount.has_value()) << cell << " " << static_cast<int>(amount.error());
  EXPECT_EQ(*amount, minor) << cell;
}
void expect_amount(std::string_view cell, char mark, CellProblem problem) {
  const auto amount = cop(cell, mark);
  ASSERT_FALSE(amount.has_value()) << cell << " " << *amount;
  EXPECT_EQ(amount.error(), problem) << cell;
}

TEST(ImportCells, AmountsWithTheMarkOfTheFile) {
  expect_amount("223.760,00", ',', 22376000);
  expect_amount("1.234.567,89", ',', 123456789);
  expect_amount("1.250", ',', 125000);
  expect_amount("1250", ',', 125000);
  expect_amount("0,5", ',', 50);
  expect_amount(",50", ',', Malformed);
  expect_amount(".50", '.', Malformed);
  expect_amount("$.50", '.', Malformed);
  expect_amount("S/.50", '.', 5000);
}

TEST(ImportCells, AmountsInEveryDress) {
  expect_amount("1,234.50", '.', 123450);
  expect_amount("$ 120.000", ',', 12000000);
  expect_amount("COP 500", ',', 50000);
  expect_amount("S/ 1,234.50", '.', 123450);
  expect_amount("(1.500,00)", ',', -150000);
  expect_amount("1.500,00-", ',', -150000);
  expect_amount("-1.500,00", ',', -150000);
  expect_amount("$-1.500", ',', -150000);
  expect_amount("1 234 567,89", ',', 123456789);
  expect_amount("1\u00A0234,50", ',', 123450);
  expect_amount("1'234.50", '.', 123450);
  expect_amount("1250,0000", ',', 125000);
  expect_amount("$ -", ',', 0);
  expect_amount("-", '.', 0);
}

TEST(ImportCells, DoubtIsRefused) {
  expect_amount("1.250", 0, Ambiguous);
  expect_amount("1,250", 0, Ambiguous);
  expect_amount("1,250", ',', Ambiguous);  // Three decimals, or thousands of the other style?
  expect_amount("1.250", '.', Ambiguous);
  expect_amount("1.234,5", 0, 123450);  // Says itself what it is.
  expect_amount("1.234.567", 0, 123456700);
  expect_amount("1250", 0, 125000);
  expect_amount("1250.50", ',', Malformed);
  expect_amount("1,234.50", ',', Malformed);
  expect_amount("12.34.567", ',', Malformed);
  expect_amount("1.23,50", ',', Malformed);
  expect_amount("10,555", ',', Ambiguous);
  expect_amount("1250,555", ',', TooManyDecimals);
  expect_amount("1,2E+06", ',', Scientific);
  expect_amount("#N/A", ',', ExcelError);
  expect_amount("####", ',', ExcelError);
  expect_amount("25/06/2026", ',', Malformed);
  expect_amount("50%", ',', Malformed);
  expect_amount("mil", ',', Malformed);
  expect_amount("99999999999999999999", ',', TooLarge);
  expect_amount("9999999999999999999999,00", ',', TooLarge);
  expect_amount("", ',', Empty);
}

TEST(ImportCells, WhatAmountsTellAboutTheMark) {
  const auto told = [](std::string_view cell, std::string_view currency = "COP") {
    return decimal_mark_told_by(cell, Currency::of(currency));
  };
  EXPECT_EQ(told("1.234,50"), ',');
  EXPECT_EQ(told("1234.5"), '.');
  EXPECT_EQ(told("1.234.567"), ',');
  EXPECT_EQ(told("1.250"), 0);
  EXPECT_EQ(told("1250"), 0);
  EXPECT_EQ(told("45.995"), ',');         // No peso has thousandths.
  EXPECT_EQ(told("45.990", "CLP"), ',');  // No Chilean peso has decimals.
  EXPECT_EQ(told("45.000", "CLP"), 0);
}

// Whatever a country's own form says is read back as it was.
TEST(ImportCells, ReadsBackFormattedMoney) {
  EXPECT_TRUE(rc::check([] {
    const auto minor = *rc::gen::inRange<int64_t>(0, 1'000'000'000'000);
    const auto cop_text = format_money({minor, Currency::of("COP")}, "es_CO");
    RC_ASSERT(read_amount(cop_text, Currency::of("COP"), ',').value_or(-1) == minor);
    const auto pen_text = format_money({minor, Currency::of("PEN")}, "es_PE");
    RC_ASSERT(read_amount(pen_text, Currency::of("PEN"), '.').value_or(-1) == minor);
  }));
}

std::string date_text(std::string_view cell, DateOrder order = DateOrder::DayFirst) {
  const auto date = read_date(cell, order);
  if (!date) return fmt::format("problem {}", static_cast<int>(date.error()));
  return date->ms_of_day ? fmt::format("{} {}", format_date(date->date), *date->ms_of_day / 1000)
                         : format_date(date->date);
}
std::string problem_text(CellProblem problem) {
  return fmt::format("problem {}", static_cast<int>(problem));
}

TEST(ImportCells, Dates) {
  for (const auto cell : {"25/06/2026", "25-6-2026", "25.06.26", "2026-06-25", "2026/6/25",
                          "20260625", "25 de junio de 2026", "25-jun-2026", "25 JUN 2026",
                          "junio 25, 2026", "25/jun/26", "25 de junho de 2026", "46198"}) {
    EXPECT_EQ(date_text(cell), "2026-06-25") << cell;
  }
  EXPECT_EQ(date_text("06/25/2026", DateOrder::MonthFirst), "2026-06-25");
  EXPECT_EQ(date_text("2026-06-25", DateOrder::MonthFirst), "2026-06-25");
  EXPECT_EQ(date_text("25/06/2026 14:30"), "2026-06-25 52200");
  EXPECT_EQ(date_text("25/06/2026 2:30 p. m."), "2026-06-25 52200");
  EXPECT_EQ(date_text("25/06/2026 2:30 p.\u00A0m."), "2026-06-25 52200");
  EXPECT_EQ(date_text("2026-06-25T14:30:00.000Z"), "2026-06-25 52200");
  EXPECT_EQ(date_text("25/06/2026 12:05 AM"), "2026-06-25 300");
  EXPECT_EQ(date_text("46198,5"), "2026-06-25 43200");
}

TEST(ImportCells, DatesThatAreNone) {
  EXPECT_EQ(date_text("31/02/2026"), problem_text(NoSuchDay));
  EXPECT_EQ(date_text("29/02/2026"), problem_text(NoSuchDay));
  EXPECT_EQ(date_text("29/02/2028"), "2028-02-29");
  EXPECT_EQ(date_text("06/25/2026"), problem_text(NoSuchDay));
  EXPECT_EQ(date_text("25/06/0226"), problem_text(OutOfRange));
  EXPECT_EQ(date_text("99999"), problem_text(OutOfRange));
  EXPECT_EQ(date_text("pronto"), problem_text(Malformed));
  EXPECT_EQ(date_text("25/06"), problem_text(Malformed));
  EXPECT_EQ(date_text("25/06/2026 25:00"), problem_text(Malformed));
  EXPECT_EQ(date_text("#VALUE!"), problem_text(ExcelError));
  EXPECT_EQ(date_text("03/04/2026", DateOrder::Undetermined), problem_text(Ambiguous));
  EXPECT_EQ(date_text("04/04/2026", DateOrder::Undetermined), "2026-04-04");
  EXPECT_EQ(date_text("25/04/2026", DateOrder::Undetermined), "2026-04-25");
  EXPECT_EQ(date_text("04/25/2026", DateOrder::Undetermined), "2026-04-25");
}

TEST(ImportCells, Documents) {
  const auto document = [](std::string_view cell) {
    return read_document(cell).value_or("problem");
  };
  EXPECT_EQ(document("10.000.000"), "10000000");
  EXPECT_EQ(document("900.123.456-7"), "900123456-7");
  EXPECT_EQ(document("12.345.678-k"), "12345678-K");
  EXPECT_EQ(document("C.C. 52.100.200"), "52100200");
  EXPECT_EQ(document("NIT: 900123456"), "900123456");
  EXPECT_EQ(document("DPI 2345 67890 0101"), "2345678900101");
  EXPECT_EQ(document("RTN 0801-1990-12345"), "0801-1990-12345");
  EXPECT_EQ(document("CUIT 20-12345678-6"), "20-12345678-6");
  EXPECT_EQ(document("Cédula: 52.100.200"), "52100200");
  EXPECT_EQ(document("10000000.0"), "10000000");
  EXPECT_EQ(document("10,000,000"), "10000000");
  EXPECT_EQ(document("1 020 304"), "1020304");
  EXPECT_EQ(document("123.456.789-09"), "123456789-09");
  EXPECT_EQ(document("HEPL800101AB1"), "HEPL800101AB1");
  EXPECT_EQ(document("1,0E+09"), "problem");
  EXPECT_EQ(document("#N/D"), "problem");
  EXPECT_EQ(document("no tiene"), "problem");
}

TEST(ImportCells, CellsAsSpreadsheetsProtectThem) {
  EXPECT_EQ(cell_text("=\"0012\""), "0012");
  EXPECT_EQ(cell_text("'+57 300"), "+57 300");
  EXPECT_EQ(cell_text("'0012"), "0012");
  EXPECT_EQ(cell_text("  a b \u00A0"), "a b");
  EXPECT_EQ(cell_text("'tis"), "'tis");
}

TEST(ImportCells, Countries) {
  for (const auto text : {"CO", "co", "COL", "Colombia", "COLOMBIA"})
    EXPECT_EQ(find_country(text)->code, "CO") << text;
  EXPECT_EQ(find_country("Perú")->code, "PE");
  EXPECT_EQ(find_country("México")->currency, "MXN");
  EXPECT_EQ(find_country("Brasil")->code, "BR");
  EXPECT_EQ(find_country("Atlántida"), nullptr);
  EXPECT_EQ(find_country(""), nullptr);
}

}  // namespace
}  // namespace puntual::portfolio
