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
  static const std::regex kMade(R"re((?:\.at = now_?,\s*\.kind = |note\([^;"]*|event\([^;"]*)"([a-z_]+)")re");
  std::set<std::string> kinds;
  for (const auto& entry : std::filesystem::directory_iterator("src/engine")) {
    if (entry.path().extension() != ".cpp" || entry.path().stem().string().ends_with("_test")) continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    const std::string source = text.str();
    for (std::sregex_iterator it(source.begin(), source.end(), kMade), end; it != end; ++it) kinds.insert((*it)[1]);
  }
  return kinds;
}

TEST(Words, EveryKindOfRecordHasItsSpanish) {
  const auto kinds = kinds_written();
  EXPECT_GT(kinds.size(), 35U);
  for (const auto& kind : kinds) EXPECT_NE(event_es(kind), kind);
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
  EXPECT_EQ(for_terminal("\u202a\u202e\u202f\u2066\u2069\u206a"), "\uFFFD\uFFFD\u202f\uFFFD\uFFFD\u206a");
  EXPECT_EQ(for_terminal("hola\nTarea 7: cerrada", "  "), "hola\n  Tarea 7: cerrada");
  EXPECT_EQ(for_terminal(std::string_view("a\xe2\x80", 3)), "a\xe2\x80");
}

TEST(Words, WhatTheGateIsNotAskedHasItsSpanish) {
  for (const char* code : {"ERASED", "NO_ADDRESS", "IDENTITY_UNCONFIRMED", "WRONG_NUMBER"}) EXPECT_FALSE(reason_es(code).empty()) << code;
}

}  // namespace
}  // namespace puntual
