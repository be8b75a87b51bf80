// Nobody is shown a code: whatever the engine writes has its Spanish.
#include "app/words.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

namespace puntual {
namespace {

std::set<std::string> kinds_written() {
  // Where a record is made: by its members, by note() and by event().
  static const std::regex kMade(
      R"re((?:\.at = now_?,\s*\.kind = |note\([^;"]*|event\([^;"]*)"([a-z_]+)")re");
  std::set<std::string> kinds;
  for (const auto& entry : std::filesystem::directory_iterator("src/engine")) {
    if (entry.path().extension() != ".cpp" || entry.path().stem().string().ends_with("_test"))
      continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    const std::string source = text.str();
    for (std::sregex_iterator it(source.begin(), source.end(), kMade), end; it != end; ++it)
      kinds.insert((*it)[1]);
  }
  return kinds;
}

// Some words are the same in both languages.
bool has_portuguese(const std::string& spanish) {
  static const std::set<std::string_view> kSame = {
      "País",     "Documento", "Canal",   "Número",  "Número interno",
      "Motivo",   "Texto",     "Nota",    "Saldo",   "Valor",
      "Por",      "Desde",     "Bytes",   "Emitida", "Respondido",
      "Etiqueta", "Anulado",   "Enviado", "paga"};
  return kSame.contains(spanish) || in_language("pt_BR", spanish) != spanish;
}

TEST(Words, EveryKindOfRecordHasItsSpanish) {
  const auto kinds = kinds_written();
  EXPECT_GT(kinds.size(), 35U);
  for (const auto& kind : kinds) EXPECT_NE(event_es(kind), kind);
}

// What is printed of a person's data for a person in Brazil.
TEST(Words, WhatIsHandedOverHasItsPortuguese) {
  for (const auto& kind : kinds_written())
    EXPECT_TRUE(has_portuguese(std::string(event_es(kind)))) << kind;
  std::ostringstream text;
  text << std::ifstream("src/engine/person_file.cpp").rdbuf();
  const std::string source = text.str();
  static const std::regex kNamed(R"re(\{"[a-z_]+", "([^"]+)")re");
  int names = 0;
  for (std::sregex_iterator it(source.begin(), source.end(), kNamed), end; it != end; ++it, ++names)
    EXPECT_TRUE(has_portuguese((*it)[1].str())) << (*it)[1];
  EXPECT_GT(names, 80);
  EXPECT_EQ(in_language("es_CO", "Sus deudas"), "Sus deudas");
  EXPECT_EQ(in_language("pt_BR", "Sus deudas"), "Suas dívidas");
  EXPECT_EQ(in_language("pt_BR", "algo sin traducir"), "algo sin traducir");
}

TEST(Words, AStopHasNoDate) {
  EXPECT_TRUE(is_until_told("OPTOUT_ALL WINDOW_HOURS"));
  EXPECT_TRUE(is_until_told("ERASED"));
  EXPECT_TRUE(is_until_told("WINDOW_HOURS WRONG_NUMBER"));
  EXPECT_FALSE(is_until_told("WINDOW_HOURS DAILY_CAP"));
  EXPECT_FALSE(is_until_told("step_pending"));
}

TEST(Words, WhatPeopleWroteCommandsNoTerminal) {
  EXPECT_EQ(for_terminal("Peña 👍 “sí”\u200F"), "Peña 👍 “sí”\u200F");
  EXPECT_EQ(for_terminal("a\x1b[2Jb\x7f\r\t\x07"), "a\uFFFD[2Jb\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(for_terminal("\u0085\u009b31m\u00a1"), "\uFFFD\uFFFD31m\u00a1");
  EXPECT_EQ(for_terminal("\u202a\u202e\u202f\u2066\u2069\u206a"),
            "\uFFFD\uFFFD\u202f\uFFFD\uFFFD\u206a");
  EXPECT_EQ(for_terminal("hola\nTarea 7: cerrada", "  "), "hola\n  Tarea 7: cerrada");
  EXPECT_EQ(for_terminal(std::string_view("a\xe2\x80", 3)), "a\xe2\x80");
}

TEST(Words, WhatTheGateIsNotAskedHasItsSpanish) {
  for (const char* code : {"ERASED", "NO_ADDRESS", "IDENTITY_UNCONFIRMED", "WRONG_NUMBER"})
    EXPECT_FALSE(reason_es(code).empty()) << code;
}

}  // namespace
}  // namespace puntual
