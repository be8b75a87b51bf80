// What the lists of core/conversation/grave_words.h hear of what they must, and of what only sounds
// like it. The table stands in docs/understanding.md; PUNTUAL_WRITE_GOLDEN=1 writes it anew.
#include "core/conversation/grave_words.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrase_index.h"
#include "core/conversation/understand.h"
#include "tests/corpus/page.h"

namespace puntual {
namespace {

struct GraveClass {
  std::string_view label, name;
  bool (*is_heard)(std::string_view);
};
constexpr GraveClass kGraveClasses[] = {
    {"death", "a death", conversation::tells_of_a_death},
    {"insolvency", "insolvency", conversation::tells_of_insolvency},
    {"sum", "a sum that is wrong", conversation::disputes_the_sum},
    {"law", "courts, authorities, lawyers", conversation::speaks_of_the_law},
    {"channel", "the wish for another channel", conversation::wants_other_channel}};

std::vector<std::vector<std::string_view>> rows_of(std::string_view bytes) {
  std::vector<std::vector<std::string_view>> rows;
  for (const auto line : split_words(bytes, '\n')) {
    if (line.starts_with('#') || line.starts_with("label\t") || line.starts_with("intent\t"))
      continue;
    rows.push_back(split_words(line, '\t'));
  }
  return rows;
}

struct Share {
  size_t part = 0, all = 0;
  void count(bool is_part) { part += is_part, ++all; }
  [[nodiscard]] std::string text() const { return fmt::format("{} of {}", part, all); }
};

TEST(Corpus, GraveWords) {
  const std::string written = file_of("tests/corpus/grave_words.tsv");
  const auto rows = rows_of(written);
  std::string table =
      "| | missed | heard where it was not said: harmless sentences with such words | messages of "
      "the tables above |\n|---|---|---|---|\n";
  Share missed, harmless;
  for (const auto& one : kGraveClasses) {
    Share lost, false_hits, elsewhere;
    for (const auto& row : rows) {
      ASSERT_EQ(row.size(), 3U);
      const bool heard = one.is_heard(row[2]);
      if (row[0] == one.label) lost.count(!heard), missed.count(!heard);
      if (row[0] == "none") false_hits.count(heard), harmless.count(heard);
    }
    for (const std::string_view path :
         {"tests/corpus/utterances_es.tsv", "tests/corpus/utterances_pt.tsv"}) {
      const std::string bytes = file_of(path);
      for (const auto& row : rows_of(bytes)) {
        if (row.size() >= 3 && (row[0] == "deceased" || row[2].contains("deceased")) &&
            one.label == "death")
          continue;
        if (row.size() >= 3 && (row[0] == "dispute" || row[2].contains("dispute")) &&
            one.label == "sum")
          continue;
        if (row.size() >= 3) elsewhere.count(one.is_heard(row.back()));
      }
    }
    table += fmt::format("| {} | {} | {} | {} |\n", one.name, lost.text(), false_hits.text(),
                         elsewhere.text());
  }
  // Silence where nobody wished for it: of messages that are neither a stop, a complaint nor an
  // insult.
  Share doubts;
  for (const std::string_view path :
       {"tests/corpus/utterances_es.tsv", "tests/corpus/utterances_pt.tsv"}) {
    const std::string bytes = file_of(path);
    for (const auto& row : rows_of(bytes)) {
      if (row.size() < 3 || row[0] == "stop" || row[0] == "complaint" || row[0] == "insult" ||
          row[2].contains("stop"))
        continue;
      doubts.count(conversation::wish_for_silence(row.back(), {}) == OptOutVerdict::Doubt);
    }
  }
  table += fmt::format("| a doubt whether they want silence | – | – | {} |\n", doubts.text());
  // What is reached, a little below.
  EXPECT_LE(100 * missed.part, 12 * missed.all) << table;
  EXPECT_LE(100 * harmless.part, 4 * harmless.all) << table;
  EXPECT_LE(100 * doubts.part, 3 * doubts.all) << table;
  expect_in_page("docs/understanding.md", "grave", table);
}

}  // namespace
}  // namespace puntual
