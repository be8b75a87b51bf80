// Against all utterances of the repository, whose language their authors have noted.
#include "core/conversation/language.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "base/phrase_index.h"

namespace puntual::conversation {
namespace {

TEST(LanguageOf, TakesNoSpanishForPortuguese) {
  std::map<std::pair<std::string, std::string>, int> counts;  // Written in, taken for.
  for (const auto& entry : std::filesystem::directory_iterator("data/utterances")) {
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      const auto columns = split_words(line, '\t');
      if (line.starts_with('#') || columns.size() < 3 || columns[1] == "locale") continue;
      const std::string written(columns[1].substr(0, 2)), taken(language_of(columns.back()));
      ++counts[{written, taken}];
      if (written == "es") {
        EXPECT_NE(taken, "pt") << columns.back();
      }
    }
  }
  const int right = counts[{"pt", "pt"}], wrong = counts[{"pt", "es"}],
            portuguese = right + wrong + counts[{"pt", ""}];
  ASSERT_GT(portuguese, 500);
  EXPECT_LE(wrong, portuguese / 100);
  EXPECT_GE(right, portuguese * 6 / 10);  // The others are as good Spanish: "ok", "pix?".
}

TEST(LanguageOf, LeavesTheLocaleWhereNothingIsPlain) {
  EXPECT_EQ(locale_in(language_of("Oi, não consigo pagar hoje"), "es_UY"), "pt_BR");
  EXPECT_EQ(locale_in(language_of("hola, cuánto debo?"), "pt_BR"), "es");
  EXPECT_EQ(locale_in(language_of("hola, cuánto debo?"), "es_CO"), "es_CO");
  EXPECT_EQ(locale_in(language_of("ok"), "pt_BR"), "pt_BR");
  EXPECT_EQ(locale_in("", "es_AR"), "es_AR");
}

}  // namespace
}  // namespace puntual::conversation
