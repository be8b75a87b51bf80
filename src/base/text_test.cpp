// Folding, names, and every encoding that a file may arrive in; files that are no text name the
// remedy.
#include "base/text.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

using namespace std::string_literals;

TEST(Text, Folding) {
  EXPECT_EQ(fold_text("Muñoz GÜIZA"), "munoz guiza");
  EXPECT_EQ(fold_text("Fecha EMISIÓN"), "fecha emision");
  EXPECT_EQ(fold_text("São João"), "sao joao");
  EXPECT_EQ(fold_text("A\u0301ngel"), "angel");  // Decomposed, as macOS writes it.
}

TEST(Text, TheBeginningHasNoHalfCharacters) {
  EXPECT_EQ(beginning_of("peña", 4), "peñ");
  EXPECT_EQ(beginning_of("peña", 3), "pe");
  EXPECT_EQ(beginning_of("peña", 5), "peña");
  EXPECT_EQ(beginning_of("ñ", 1), "");
}

TEST(Text, NamesInCapitals) {
  EXPECT_EQ(title_case_name("MARÍA DEL CARMEN PÉREZ"), "María del Carmen Pérez");
  EXPECT_EQ(title_case_name("JUAN DE LA CRUZ ÑÁÑEZ"), "Juan de la Cruz Ñáñez");
  EXPECT_EQ(title_case_name("o'brien-gómez"), "O'Brien-Gómez");
  EXPECT_EQ(title_case_name("  ANA   LUCÍA  "), "Ana Lucía");
  EXPECT_EQ(title_case_name("Carlos De la Cruz"), "Carlos De la Cruz");
  EXPECT_EQ(title_case_name("DISTRIBUIDORA ÁNGEL S.A.S."), "Distribuidora Ángel S.A.S.");
  EXPECT_EQ(title_case_name("TRANSPORTES RUIZ SAC"), "Transportes Ruiz SAC");
  EXPECT_EQ(title_case_name("JUAN PABLO II LÓPEZ"), "Juan Pablo II López");
  EXPECT_EQ(title_case_name("DE LA TORRE ANA"), "De la Torre Ana");
  EXPECT_EQ(title_case_name(""), "");
}

TEST(Text, FirstNames) {
  EXPECT_EQ(first_name("MARÍA DEL CARMEN PÉREZ"), "María");
  EXPECT_EQ(first_name("PÉREZ GÓMEZ, Ana María"), "Ana");
  EXPECT_EQ(first_name("Pérez Gómez, JOSÉ"), "José");
  EXPECT_EQ(first_name("Sr. José Ruiz"), "José");
  EXPECT_EQ(first_name("DOÑA LUZ MARINA"), "Luz");
  EXPECT_EQ(first_name("J. Carlos Ruiz"), "Carlos");
  EXPECT_EQ(first_name("COMERCIAL DEL SUR S.A."), "Comercial del Sur S.A.");
  EXPECT_EQ(first_name(""), "");
}

TEST(Text, Encodings) {
  const std::string text = "Núñez;€ 5";
  const std::string windows1252 =
      "N\xFA\xF1"
      "ez;\x80 5";
  std::string little = "\xFF\xFE"s;
  std::string big = "\xFE\xFF"s;
  for (const char16_t c : u"Núñez;€ 5\U0001F44D"s) {
    little += {static_cast<char>(c & 0xFF), static_cast<char>(c >> 8)};
    big += {static_cast<char>(c >> 8), static_cast<char>(c & 0xFF)};
  }
  EXPECT_EQ(to_utf8(text)->text, text);
  EXPECT_EQ(to_utf8(text)->encoding, TextEncoding::Utf8);
  EXPECT_EQ(to_utf8("\xEF\xBB\xBF" + text)->text, text);
  EXPECT_EQ(to_utf8(windows1252)->text, text);
  EXPECT_EQ(to_utf8(windows1252)->encoding, TextEncoding::Windows1252);
  EXPECT_EQ(to_utf8(little)->text, text + "\U0001F44D");
  EXPECT_EQ(to_utf8(big)->text, text + "\U0001F44D");
  EXPECT_EQ(to_utf8(little.substr(2))->encoding, TextEncoding::Utf16Le);  // Without its mark.
  EXPECT_EQ(to_utf8("")->text, "");
  for (const auto name : {"utf-8", "utf-8-bom", "utf-16le", "utf-16be", "windows-1252"}) {
    EXPECT_EQ(text_of(*encoding_of(name)), name);
  }
}

TEST(Text, WhatIsNoTextNamesTheRemedy) {
  const auto message = [](std::string_view bytes) {
    const auto text = to_utf8(bytes);
    return text ? std::string("accepted") : text.error().message;
  };
  EXPECT_NE(message("PK\x03\x04rest").find("XLSX"), std::string::npos);
  EXPECT_NE(message("PK\x03\x04rest").find("guárdelo como CSV"), std::string::npos);
  EXPECT_NE(message("\xEF\xBB\xBFN\xFA\xF1\nez").find("línea 1: el archivo mezcla"),
            std::string::npos);
  EXPECT_NE(message("%PDF-1.7").find("PDF"), std::string::npos);
  EXPECT_NE(message("<html><table>").find("HTML"), std::string::npos);
  EXPECT_NE(message("a;b\n1;\0 2\n"s).find("binario"), std::string::npos);
  EXPECT_NE(message("\xFF\xFE"
                    "abc")
                .find("cortado"),
            std::string::npos);
  EXPECT_NE(message("a\nMuñoz\nPérez\nN\xFA"
                    "ez\n")
                .find("línea 4"),
            std::string::npos);
}

}  // namespace
}  // namespace puntual
