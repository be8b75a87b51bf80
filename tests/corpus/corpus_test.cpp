// What the phrase lists are worth: labelled texts that their author wrote without seeing the lists.
// The lists are tuned on the rows `dev`; of the rows `held_out` nobody looks at more than totals,
// so that they say how well the lists read what they have not seen. The tables of
// docs/content-rules.md are what this test prints; PUNTUAL_WRITE_GOLDEN=1 writes them anew,
// PUNTUAL_SHOW_DEV=1 shows what was read wrongly in `dev`.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/phrase_index.h"
#include "core/compliance/content.h"
#include "core/conversation/opt_out.h"
#include "tests/corpus/page.h"

namespace puntual {
namespace {

constexpr std::string_view kPage = "docs/content-rules.md";

struct LabelledText {
  std::string id, part, language, labels, text;

  [[nodiscard]] bool has(std::string_view label) const {
    for (const auto one : split_words(labels, ',')) {
      if (one == label) return true;
    }
    return false;
  }
};

// Columns by their names in the first line; "\n" in a text is a line break.
std::vector<LabelledText> read_corpus(std::string_view path, std::string_view label_column) {
  const std::string bytes = file_of(path);
  std::vector<LabelledText> texts;
  std::vector<std::string_view> names;
  for (const auto line : split_words(bytes, '\n')) {
    const auto cells = split_words(line, '\t');
    if (names.empty()) {
      names = cells;
      continue;
    }
    EXPECT_EQ(cells.size(), names.size()) << path << ": " << line;
    if (cells.size() != names.size()) continue;
    const auto cell = [&](std::string_view name) {
      return std::string(
          cells[static_cast<size_t>(std::ranges::find(names, name) - names.begin())]);
    };
    LabelledText one{cell("id"), cell("part"), cell("language"), cell(label_column), cell("text")};
    for (size_t at; (at = one.text.find("\\n")) != std::string::npos;)
      one.text.replace(at, 2, "\n");
    texts.push_back(std::move(one));
  }
  return texts;
}

struct Tally {
  int with = 0, missed = 0, without = 0, alarms = 0;

  void count(bool is_labelled, bool is_harmless, bool is_found) {
    with += is_labelled;
    without += is_harmless;
    missed += is_labelled && !is_found;
    alarms += is_harmless && is_found;
  }
  [[nodiscard]] double missed_percent() const { return with == 0 ? 0 : 100.0 * missed / with; }
  [[nodiscard]] double alarm_percent() const { return without == 0 ? 0 : 100.0 * alarms / without; }
  [[nodiscard]] std::string cells() const {
    return fmt::format("{} of {} ({:.1f} %) | {} of {} ({:.1f} %)", missed, with, missed_percent(),
                       alarms, without, alarm_percent());
  }
};

// One row for each rule, part and language that `is_found` reads.
struct CorpusTable {
  std::string text = "| rule | part | language | missed | false alarms |\n|---|---|---|---|---|\n";
  Tally dev, held_out;

  // A false alarm is a text without any fault that the rule refuses anyway; a text with a fault may
  // be named by more rules than its label has.
  template <class IsLabelled, class IsFound>
  void add(std::string_view rule, const std::vector<LabelledText>& texts, IsLabelled is_labelled,
           IsFound is_found) {
    for (const std::string_view part : {"dev", "held_out"}) {
      for (const std::string_view language : {"es", "pt"}) {
        Tally tally;
        for (const auto& one : texts) {
          if (one.part != part || one.language != language) continue;
          const bool labelled = is_labelled(one), found = is_found(one);
          const bool harmless = one.has("none") || (!labelled && one.has("back_in"));
          tally.count(labelled, harmless, found);
          (part == "dev" ? dev : held_out).count(labelled, harmless, found);
          if ((labelled ? !found : harmless && found) && part == "dev" &&
              std::getenv("PUNTUAL_SHOW_DEV") != nullptr) {
            std::printf("%s %s %s: %s\n", labelled ? "missed" : "alarm ", std::string(rule).c_str(),
                        one.id.c_str(), one.text.c_str());
          }
        }
        text += fmt::format("| {} | {} | {} | {} |\n", rule, part, language, tally.cells());
      }
    }
  }

  // What the lists reach, a little below: a change that makes them worse is seen.
  void expect(const Tally& tally, double missed_max, double alarms_max) const {
    EXPECT_LE(tally.missed_percent(), missed_max) << text;
    EXPECT_LE(tally.alarm_percent(), alarms_max) << text;
  }
};

struct CorpusRule {
  std::string_view label;
  bool compliance::TextFindings::*found;
};
constexpr CorpusRule kCorpusRules[] = {
    {"THREAT", &compliance::TextFindings::threat},
    {"COURT", &compliance::TextFindings::court},
    {"CREDIT_REGISTER", &compliance::TextFindings::credit_register},
    {"ADVERTISING", &compliance::TextFindings::advertising},
    {"THIRD_PARTY_DATA", &compliance::TextFindings::third_party},
    {"REASON_QUESTION", &compliance::TextFindings::reason_question},
    {"UNAGREED_CHARGE", &compliance::TextFindings::charge},
};

TEST(Corpus, ContentRules) {
  const auto texts = read_corpus("tests/corpus/content.tsv", "labels");
  EXPECT_GE(texts.size(), 300U);
  CorpusTable rules;
  for (const auto& rule : kCorpusRules) {
    rules.add(
        rule.label, texts, [&](const LabelledText& one) { return one.has(rule.label); },
        [&](const LabelledText& one) { return compliance::read_text(one.text).*rule.found; });
  }
  rules.expect(rules.dev, 2, 2);
  rules.expect(rules.held_out, 36, 3);
  // What matters in the end: is a text with something wrong refused, and a harmless one not?
  CorpusTable whole;
  whole.add(
      "any of these", texts, [](const LabelledText& one) { return !one.has("none"); },
      [](const LabelledText& one) {
        const auto found = compliance::read_text(one.text);
        return std::ranges::any_of(kCorpusRules,
                                   [&](const CorpusRule& rule) { return found.*rule.found; });
      });
  whole.expect(whole.dev, 2, 2);
  whole.expect(whole.held_out, 28, 10);
  rules.text += whole.text.substr(whole.text.find("| any"));
  expect_in_page(kPage, "content", rules.text);
}

OptOutVerdict stop_verdict(const LabelledText& one) {
  return conversation::opt_out_of(one.text, {});
}

TEST(Corpus, Stops) {
  const auto texts = read_corpus("tests/corpus/stops.tsv", "label");
  EXPECT_GE(texts.size(), 200U);
  const auto labelled = [](std::string_view label) {
    return [label](const LabelledText& one) { return one.has(label); };
  };
  // Missed is the worst that can happen: somebody who said stop is written to again. In doubt
  // nothing is sent either, so that both are silence; what is neither goes on as before.
  const auto is_silence = [](const LabelledText& one) {
    return stop_verdict(one) != OptOutVerdict::None;
  };
  CorpusTable stops;
  stops.add("stop: silence", texts, labelled("stop"), is_silence);
  stops.add("stop: at once", texts, labelled("stop"),
            [](const LabelledText& one) { return stop_verdict(one) == OptOutVerdict::Stop; });
  stops.add("doubt: silence", texts, labelled("doubt"), is_silence);
  stops.expect(stops.dev, 2, 2);
  stops.expect(stops.held_out, 15, 8);
  CorpusTable back_in;
  back_in.add("wants to hear again", texts, labelled("back_in"),
              [](const LabelledText& one) { return conversation::opts_back_in(one.text, {}); });
  back_in.expect(back_in.dev, 10, 0);
  // Whoever says stop or leaves us in doubt has never asked to hear from us again.
  for (const auto& one : texts) {
    if (one.has("stop") || one.has("doubt")) {
      EXPECT_FALSE(conversation::opts_back_in(one.text, {}))
          << (one.part == "dev" ? one.text : one.id);
    }
  }
  stops.text += back_in.text.substr(back_in.text.find("| wants"));
  expect_in_page(kPage, "stops", stops.text);
}

}  // namespace
}  // namespace puntual
