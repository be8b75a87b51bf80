#include "sheet/write.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <vector>

namespace puntual::sheet {
namespace {

struct File {
  std::string path = testing::TempDir() + "puntual_sheet_" + std::to_string(getpid());
  ~File() { std::remove(path.c_str()); }
  [[nodiscard]] std::string bytes() const {
    std::ostringstream all;
    all << std::ifstream(path, std::ios::binary).rdbuf();
    return all.str();
  }
};

constexpr std::string_view kTitles[] = {"Factura", "Valor", "Fecha", "Teléfono"};

TEST(Table, WritesWhatSpreadsheetsInSpanishRead) {
  const File file;
  const auto table = create(file.path, Format::Csv, kTitles);
  ASSERT_TRUE(table);
  const Cell row[] = {text("F-1; \"una\""), amount({12'500'050, Currency::of("COP")}),
                      date(*parse_date("2026-11-22")), text("+573001234567")};
  (*table)->add(row);
  ASSERT_TRUE((*table)->finish());
  EXPECT_EQ(file.bytes(),
            "\xEF\xBB\xBF"
            "Factura;Valor;Fecha;Teléfono\r\n\"F-1; "
            "\"\"una\"\"\";125000,50;2026-11-22;\"'+573001234567\"\r\n");
}

TEST(Table, NeutralisesFormulas) {
  for (const char* hostile : {"=1+1", "+1", "-1", "@A1", " =1", "\"=1", "\t=1"}) {
    const File file;
    const auto table = create(file.path, Format::Csv, {}, {.separator = ',', .decimal_mark = '.'});
    const Cell row[] = {text(hostile)};
    (*table)->add(row);
    ASSERT_TRUE((*table)->finish());
    EXPECT_NE(file.bytes().find("\"'"), std::string::npos) << hostile;
  }
}

// The same file is split elsewhere where the region's separator is another.
TEST(Table, QuotesWhateverAnyRegionSplitsAt) {
  for (const char* hostile : {"x,=1+1", "x;=1+1", "x\t=1+1", "x|=1+1"}) {
    const File file;
    const auto table = create(file.path, Format::Csv, {}, {.separator = ';', .decimal_mark = ','});
    const Cell row[] = {text(hostile)};
    (*table)->add(row);
    ASSERT_TRUE((*table)->finish());
    EXPECT_NE(file.bytes().find(fmt::format("\"{}\"", hostile)), std::string::npos) << hostile;
  }
}

TEST(Table, WritesAWorkbook) {
  const File file;
  const auto table = create(file.path, Format::Xlsx, kTitles);
  ASSERT_TRUE(table);
  const Cell row[] = {text("=1+1"), amount({1250, Currency::of("CLP")}),
                      date(*parse_date("2026-11-22")), count(3)};
  (*table)->add(row);
  ASSERT_TRUE((*table)->finish());
  EXPECT_TRUE(file.bytes().starts_with("PK")) << "a ZIP archive";
}

TEST(Table, SaysWhenItCannotBeOpened) {
  EXPECT_EQ(create("/no/such/folder/x.csv", Format::Csv, kTitles).error().code,
            ErrorCode::Forbidden);
}

}  // namespace
}  // namespace puntual::sheet
