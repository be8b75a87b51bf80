#include "sheet/read.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zip.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include "sheet/write.h"

namespace puntual::sheet {
namespace {

std::string bytes_of_file(const std::string& path) {
  std::ostringstream all;
  all << std::ifstream(path, std::ios::binary).rdbuf();
  return all.str();
}

// An archive of these parts, as another program might have made it.
std::string archive_of(const std::vector<std::pair<std::string, std::string>>& parts) {
  const std::string path = testing::TempDir() + "puntual_zip_" + std::to_string(getpid());
  int error = 0;
  zip_t* const archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : parts) {
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0),
                 ZIP_FL_OVERWRITE);
  }
  zip_close(archive);
  std::string bytes = bytes_of_file(path);
  std::remove(path.c_str());
  return bytes;
}

constexpr char kBook[] =
    R"(<workbook xmlns:r="x"><workbookPr/><sheets><sheet name="Cartera" sheetId="1" r:id="rId7"/></sheets></workbook>)";
constexpr char kRelations[] =
    R"(<Relationships><Relationship Id="rId7" Target="worksheets/sheet3.xml"/></Relationships>)";

std::string workbook(const std::string& rows, const std::string& styles = "<styleSheet/>",
                     const std::string& strings = "<sst/>") {
  return archive_of(
      {{"xl/workbook.xml", kBook},
       {"xl/_rels/workbook.xml.rels", kRelations},
       {"xl/styles.xml", styles},
       {"xl/sharedStrings.xml", strings},
       {"xl/worksheets/sheet3.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}});
}

TEST(Workbook, ReadsWhatWeWrite) {
  const std::string path = testing::TempDir() + "puntual_book_" + std::to_string(getpid());
  constexpr std::string_view kTitles[] = {"Factura", "Valor", "Vence"};
  const auto table = create(path, Format::Xlsx, kTitles);
  const Cell row[] = {text("Ñandú, \"El\""), amount({12'500'050, Currency::of("COP")}),
                      date(*parse_date("2026-11-30"))};
  (*table)->add(row);
  ASSERT_TRUE((*table)->finish());
  EXPECT_EQ(csv_of_workbook(bytes_of_file(path)).value(),
            "Factura,Valor,Vence\n\"Ñandú, \"\"El\"\"\",125000.5,2026-11-30\n");
  std::remove(path.c_str());
}

TEST(Workbook, ReadsNumbersAsExcelShowsThem) {
  const std::string styles =
      R"(<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-es-CO]dd/mm/yyyy"/><numFmt numFmtId="171" formatCode="&quot;dias&quot; 0"/></numFmts>)"
      R"(<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>)";
  EXPECT_EQ(
      csv_of_workbook(
          workbook(
              R"(<row><c r="A1"><v>459.90000000000003</v></c><c r="B1"><v>1.2345678E7</v></c><c r="C1" s="1"><v>46356</v></c>)"
              R"(<c r="D1" s="2"><v>46356.75</v></c><c r="E1" s="3"><v>46356</v></c><c r="F1"><v>573001234567</v></c><c r="G1"><v>12.345</v></c></row>)",
              styles))
          .value(),
      "459.9,12345678,2026-11-30,2026-11-30,46356,573001234567,12.3450\n");
}

TEST(Workbook, KeepsTheColumnsOfEmptyCells) {
  EXPECT_EQ(
      csv_of_workbook(
          workbook(
              R"(<row><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>fin</t></is></c></row><row/><row><c r="B3" t="b"><v>1</v></c></row><row><c r="A9"/></row>)",
              "<styleSheet/>",
              "<sst><si><r><t>ho</t></r><r><t>la</t></r><rPh><t>no</t></rPh></si></sst>"))
          .value(),
      "hola,,fin\n\n,VERDADERO\n");
}

TEST(Workbook, RefusesWhatIsNone) {
  const auto message = [](const std::string& bytes, const ReadLimits& limits = {}) {
    const auto read = csv_of_workbook(bytes, limits);
    return read ? "read: " + *read : read.error().message;
  };
  EXPECT_NE(message("PK\x03\x04 and no more").find("dañado"), std::string::npos);
  EXPECT_NE(message(archive_of({{"word/document.xml", "<w/>"}})).find("XLSX"), std::string::npos);
  EXPECT_NE(message(workbook("<row><c r=\"A1\"><v>1</row>")).find("dañado"), std::string::npos);
  EXPECT_NE(message(workbook("<row><c r=\"ZZZZZZZZZ1\"><v>1</v></c></row>")).find("columnas"),
            std::string::npos);
  // Ten thousand laughs, and a file of this machine.
  const std::string entity =
      "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b SYSTEM "
      "\"file:///etc/passwd\">]><worksheet><sheetData><row><c r=\"A1\" "
      "t=\"str\"><v>&a;&b;</v></c></row></sheetData></worksheet>";
  EXPECT_NE(message(archive_of({{"xl/workbook.xml", kBook},
                                {"xl/_rels/workbook.xml.rels", kRelations},
                                {"xl/worksheets/sheet3.xml", entity}}))
                .find("no es un libro"),
            std::string::npos);
  // Eight megabytes of blanks pack to some kilobytes.
  EXPECT_NE(message(workbook(std::string(8 << 20, ' '))).find("grande"), std::string::npos);
  // One long text in many cells.
  std::string cells;
  for (char c = 'A'; c <= 'F'; ++c)
    cells += std::string("<c r=\"") + c + "1\" t=\"s\"><v>0</v></c>";
  EXPECT_NE(message(workbook("<row>" + cells + "</row>", "<styleSheet/>",
                             "<sst><si><t>" + std::string(900 << 10, 'x') + "</t></si></sst>"))
                .find("grande"),
            std::string::npos);
  EXPECT_NE(message(workbook("<row/>"), {.unpacked_max = 100}).find("se pueda leer"),
            std::string::npos);
}

}  // namespace
}  // namespace puntual::sheet
