#include "core/portfolio/document_number.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/portfolio/import_cells.h"

namespace puntual::portfolio {
namespace {

std::string one_form(std::string_view cell, std::string_view country) {
  return document_in_one_form(read_document(cell).value_or("problem"), country);
}

TEST(DocumentNumber, IsOneHoweverItIsWritten) {
  struct Row {
    std::string_view country, kept;
    std::vector<std::string_view> written;
  };
  const Row kRows[] = {
      {"BR", "123456789-09", {"123.456.789-09", "12345678909", "CPF 123.456.789/09"}},
      {"BR", "112223330001-81", {"11.222.333/0001-81", "11222333000181"}},
      {"CL", "12345678-5", {"12.345.678-5", "123456785", "RUT 12345678-5"}},
      {"CL", "20347878-K", {"20.347.878-k", "20347878K"}},
      {"CO", "900123456-8", {"900.123.456-8", "900123456", "9001234568", "NIT 900.123.456"}},
      {"CO", "52100200", {"52.100.200", "C.C. 52100200"}},
      {"AR", "20-12345678-6", {"20-12345678-6", "20123456786"}},
      {"AR", "12345678", {"DNI 12.345.678"}},
      {"DO", "00112345678", {"001-1234567-8", "00112345678"}},
      {"SV", "12345678-9", {"12345678-9", "123456789", "DUI 12345678-9"}},
      {"MX", "HEPL800101AB1", {"HEPL-800101-AB1", "HEPL800101AB1"}},
      {"HN", "0801199012345", {"0801-1990-12345", "0801199012345"}},
      {"PE", "12345678", {"12345678", "12345678-9"}},
      {"ES", "12345678Z", {"12345678-Z", "12345678z"}},
      {"PA", "8-123-456", {"8-123-456"}},
      {"PY", "80012345-6", {"80012345-6"}}};
  for (const auto& row : kRows) {
    for (const auto written : row.written)
      EXPECT_EQ(one_form(written, row.country), row.kept) << row.country << ": " << written;
    EXPECT_EQ(document_in_one_form(row.kept, row.country), row.kept);
  }
}

// A cédula with the check digit of its NIT is that person's; with another digit it is nobody's, and
// stays as written.
TEST(DocumentNumber, APersonsNitIsTheCedula) {
  int checked = 0;
  for (char digit = '0'; digit <= '9'; ++digit) {
    const std::string written = std::string("52100200-") + digit;
    const std::string kept = document_in_one_form(written, "CO");
    EXPECT_TRUE(kept == "52100200" || kept == written);
    checked += kept == "52100200" ? 1 : 0;
  }
  EXPECT_EQ(checked, 1);
}

TEST(DocumentNumber, StaysAsWrittenWhereItCouldBeAnother) {
  EXPECT_EQ(document_in_one_form("900123456-1", "CO"),
            "900123456-1");  // Mistyped: a person sees it.
  EXPECT_EQ(document_in_one_form("123456789", "CL"), "123456789");
  EXPECT_EQ(document_in_one_form("12345678-9", ""), "12345678-9");
  EXPECT_EQ(document_in_one_form("", "BR"), "");
  EXPECT_EQ(document_in_one_form("-", "CO"), "-");
}

}  // namespace
}  // namespace puntual::portfolio
