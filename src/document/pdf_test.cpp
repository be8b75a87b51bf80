#include "document/pdf.h"

#include <gtest/gtest.h>

namespace puntual::document {
namespace {

Document sample(int paragraphs) {
  Document document{.title = "Constancia de mensaje",
                    .footer = "Puntual",
                    .created = {1'800'000'000'000},
                    .blocks = {}};
  document.blocks.push_back(
      table({{"Señora", "Ñandú Peña — acción, útil"}, {"Huella", std::string(64, 'a')}}));
  for (int i = 0; i < paragraphs; ++i)
    document.blocks.push_back(paragraph("Este párrafo ocupa su renglón y no más."));
  return document;
}

size_t pages_of(const std::string& pdf) {
  size_t count = 0;
  constexpr std::string_view kPage = "/Type /Page";  // "/Type /Pages" is their list.
  for (size_t at = 0; (at = pdf.find(kPage, at)) != std::string::npos; ++at)
    count += pdf[at + kPage.size()] != 's';
  return count;
}

TEST(Pdf, IsAFileOfOnePageForALittleText) {
  const auto pdf = to_pdf(sample(1));
  ASSERT_TRUE(pdf.has_value());
  EXPECT_TRUE(pdf->starts_with("%PDF-"));
  EXPECT_NE(pdf->find("%%EOF"), std::string::npos);
  EXPECT_EQ(pages_of(*pdf), 1U);
  EXPECT_LT(pdf->size(), 60'000U);
}

TEST(Pdf, GoesOnOverThePage) {
  const auto pdf = to_pdf(sample(100));
  ASSERT_TRUE(pdf.has_value());
  EXPECT_GE(pages_of(*pdf), 3U);
}

TEST(Pdf, IsTheSameEachTime) { EXPECT_EQ(to_pdf(sample(60)).value(), to_pdf(sample(60)).value()); }

TEST(Pdf, TakesBytesThatAreNoText) {
  Document document = sample(0);
  document.blocks.push_back(monospace("a\xff\xfe z\nñ"));
  EXPECT_TRUE(to_pdf(document).has_value());
}

}  // namespace
}  // namespace puntual::document
