// Every form of separated values that a program writes, and the damage that must be named.
#include "core/portfolio/csv_reader.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace puntual {
namespace {

using Records = std::vector<std::vector<std::string>>;

Records read_all(std::string_view text, char delimiter = ';') {
  CsvReader reader(text, delimiter);
  Records records;
  while (true) {
    const auto more = reader.next();
    if (!more) return {{"error", more.error().message}};
    if (!*more) return records;
    records.emplace_back(reader.fields().begin(), reader.fields().end());
  }
}

TEST(CsvReader, LineEndsAndEmptyLines) {
  const Records expected = {{"a", "b"}, {"1", ""}, {"2", "x"}};
  EXPECT_EQ(read_all("a;b\n1;\n2;x\n"), expected);
  EXPECT_EQ(read_all("a;b\r\n1;\r\n\r\n2;x"), expected);
  EXPECT_EQ(read_all("\n\na;b\r1;\r2;x\r"), expected);
  EXPECT_EQ(read_all("a;b\n1;\n2;x\n\x1A"), expected);
  EXPECT_EQ(read_all(""), Records{});
  EXPECT_EQ(read_all(";\n"), (Records{{"", ""}}));
}

TEST(CsvReader, Quotes) {
  EXPECT_EQ(read_all("\"a;b\";\"c\"\"d\";\"\"\n"), (Records{{"a;b", "c\"d", ""}}));
  EXPECT_EQ(read_all("\"line\nbreak\";2\n3;4"), (Records{{"line\nbreak", "2"}, {"3", "4"}}));
  EXPECT_EQ(read_all("TV 32\";x\n"), (Records{{"TV 32\"", "x"}}));
  EXPECT_EQ(read_all("\"a\" ;\"b\"\n"), (Records{{"a", "b"}}));
  EXPECT_EQ(read_all("\"TV 32\" LED\";x\n"), (Records{{"TV 32\" LED", "x"}}));
  EXPECT_EQ(read_all("a\tb,c\n", '\t'), (Records{{"a", "b,c"}}));
}

TEST(CsvReader, LinesOfRecords) {
  CsvReader reader("h\n\n\"a\nb\nc\"\nd\n", ';');
  std::vector<int64_t> lines;
  while (*reader.next()) lines.push_back(reader.line());
  EXPECT_EQ(lines, (std::vector<int64_t>{1, 3, 6}));
}

TEST(CsvReader, DamageNamesItsPlace) {
  EXPECT_NE(read_all("a;b\n1;\"open\n2;3\n")[0][1].find("línea 2, columna 2: se abre una comilla"),
            std::string::npos);
  EXPECT_NE(read_all(std::string_view("a;b\n1;\0\n", 8))[0][1].find(
                "línea 2, columna 2: hay un byte nulo"),
            std::string::npos);
  const std::string endless = "a;b\n" + std::string(CsvReader::kRecordBytesMax + 10, 'x');
  EXPECT_NE(read_all(endless)[0][1].find("línea 2, columna 1: la línea pasa de 1 MB"),
            std::string::npos);
  const std::string swallowed =
      "a;b\n\"" + std::string(CsvReader::kRecordBytesMax + 10, 'x') + "\";1\n";
  EXPECT_NE(read_all(swallowed)[0][1].find("no se cierra en 1 MB"), std::string::npos);
  // Nothing but quotes, doubled on either side of the bound.
  for (const std::string_view begin : {"a;b\n", "a;b\n;", "a;b\n1;"}) {
    std::string quotes(begin);
    quotes.append(2 * CsvReader::kRecordBytesMax + 9, '"');
    EXPECT_NE(read_all(quotes)[0][1].find("no se cierra en 1 MB"), std::string::npos)
        << begin << read_all(quotes)[0][1].substr(0, 100);
  }
}

TEST(CsvReader, ReadsBackWhateverIsWritten) {
  EXPECT_TRUE(rc::check([](const std::vector<std::vector<std::string>>& rows) {
    std::string text;
    Records expected;
    for (const auto& row : rows) {
      if (row.empty()) continue;
      auto& record = expected.emplace_back();
      for (size_t i = 0; i < row.size(); ++i) {
        std::string cell;
        for (const char c : row[i]) {
          if (c != '\0' && c != '\x1A') cell += c;
        }
        record.push_back(cell);
        std::string quoted = "\"";
        for (const char c : cell) quoted += c == '"' ? "\"\"" : std::string(1, c);
        text += (i == 0 ? "" : ";") + quoted + "\"";
      }
      text += "\r\n";
    }
    RC_ASSERT(read_all(text) == expected);
  }));
}

}  // namespace
}  // namespace puntual
