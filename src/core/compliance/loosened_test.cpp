// A deployment's own pack is compared with ours key by key: each thing that it allows is told, and
// nothing where it asks as much or more.
#include "core/compliance/loosened.h"

#include <gtest/gtest.h>

#include "base/embedded.h"

namespace puntual::compliance {
namespace {

// Changes of packs/co.toml (or another), one after the other, each in its first place.
struct Change {
  std::string_view from, to;
};
std::string own_text(std::string_view country, std::initializer_list<Change> changes) {
  std::string text(*embedded_file(fmt::format("packs/{}.toml", country)));
  for (const auto& [from, to] : changes) {
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
  }
  const size_t at = text.find("-2026.11.1");
  return text.replace(at, 10, "-2026.12.1");
}

std::string keys_of(std::string_view country, std::initializer_list<Change> changes) {
  const auto book =
      RuleBook::with({.packs = {{fmt::format("{}.toml", country), own_text(country, changes)}},
                      .calendars = {},
                      .closed_days = {},
                      .others = {}});
  if (!book) return book.error().message;
  std::string keys;
  for (const auto& pack : loosened_packs(**book)) {
    for (const auto& one : pack.loosenings) keys += (keys.empty() ? "" : " ") + one.key;
  }
  return keys;
}

TEST(Loosened, SaysNothingOfWhatAsksAsMuchOrMore) {
  EXPECT_EQ(keys_of("co", {}), "");
  EXPECT_EQ(keys_of("co", {{"\"07:00-19:00\"", "\"08:00-18:00\""}}), "");
  EXPECT_TRUE(loosened_packs(RuleBook::built_in()).empty());
}

TEST(Loosened, TellsEachThingThatIsAllowedAndWasNot) {
  EXPECT_EQ(keys_of("co", {{"\"08:00-15:00\"", "\"08:00-20:00\""}}),
            "messages.saturday "
            "personal.saturday");
  EXPECT_EQ(keys_of("co", {{"days = 7\nrule = \"CO-WEEK-CHANNEL\"",
                            "days = 2\nrule = \"CO-WEEK-CHANNEL\""}}),
            "channel_lock");
  EXPECT_EQ(keys_of("co", {{"forbidden_channels = [{ channel = \"visit\", rule = \"CO-VISIT\" }]",
                            "forbidden_channels = []"}}),
            "forbidden_channels");
  EXPECT_EQ(keys_of("co", {{"channels = \"all\"\nrule = \"CO-CHANNEL\"",
                            "channels = \"messages\"\nrule = \"CO-CHANNEL\""}}),
            "consent.channels");
  EXPECT_EQ(keys_of("co", {{"replies_count = \"CO-COUNT\"\n", ""}}), "named.replies_count");
  EXPECT_EQ(keys_of("co", {{"review_by = \"2028-01-31\"", "review_by = \"2030-01-31\""}}),
            "review_by");
  EXPECT_EQ(keys_of("co", {{"{ reason = \"CONTENT_REASON_QUESTION\", asked = \"always\", rule = "
                            "\"CO-REASON\" },\n",
                            ""}}),
            "content.CONTENT_REASON_QUESTION");
  EXPECT_EQ(keys_of("cl", {{"days = 3", "days = 2"}}), "separation");
  EXPECT_EQ(keys_of("cl", {{"agreed_from_day = 21", "agreed_from_day = 1"}}),
            "content.CONTENT_UNAGREED_CHARGE");
  EXPECT_EQ(keys_of("cl", {{"max = 2", "max = 3"}}), "caps");
  EXPECT_EQ(keys_of("mx", {{"  \"America/Tijuana\",\n", ""}}), "zones");
}

// A rule that is valid for less time is one that does not act before and after.
TEST(Loosened, TellsARowThatActsForLessTime) {
  EXPECT_EQ(keys_of("co", {{"value = \"los sábados, de 8:00 a antes de las 15:00\"\nconfidence = "
                            "\"T*\"\nsource = \"CO-3\"\nvalid_from = \"2023-10-10\"",
                            "value = \"los sábados, de 8:00 a antes de las 15:00\"\nconfidence = "
                            "\"T*\"\nsource = \"CO-3\"\nvalid_from = \"2027-10-10\""}}),
            "rule.CO-HOURS-SAT");
}

// What was asked of a message is proven by its version: two files of one version are not one law.
TEST(Loosened, TheVersionOfAnOwnPackHoldsADigestOfItsFile) {
  const auto version_of = [](std::initializer_list<Change> changes) {
    const auto book = RuleBook::with({.packs = {{"co.toml", own_text("co", changes)}},
                                      .calendars = {},
                                      .closed_days = {},
                                      .others = {}});
    EXPECT_TRUE(book) << book.error().message;
    const auto* land = (*book)->find("CO");
    for (const auto& edition : land->editions) EXPECT_EQ(edition.pack.version, land->pack.version);
    return std::string(land->pack.version);
  };
  const std::string as_ours = version_of({}), later = version_of({{"15:00", "16:00"}});
  EXPECT_TRUE(as_ours.starts_with("CO-2026.12.1+")) << as_ours;
  EXPECT_NE(as_ours, later);
  EXPECT_EQ(as_ours, version_of({}));
  EXPECT_EQ(RuleBook::built_in().find("CO")->pack.version, "CO-2026.11.1");
}

TEST(Loosened, NamesFilesThatChangeNothing) {
  const auto book =
      RuleBook::with({.packs = {{"leyes/co.toml", std::string(*embedded_file("packs/co.toml"))}},
                      .calendars = {},
                      .closed_days = {},
                      .others = {"leyes/co.toml.viejo"}});
  ASSERT_TRUE(book) << book.error().message;
  std::string told;
  for (const auto& one : (*book)->ignored()) told += one.name + ": " + one.why + "\n";
  EXPECT_EQ(told,
            "leyes/co.toml.viejo: no es un .toml ni un .tsv\n"
            "leyes/co.toml: su versión CO-2026.11.1 no es más nueva que CO-2026.11.1\n");
  EXPECT_FALSE((*book)->find("CO")->is_own);
}

}  // namespace
}  // namespace puntual::compliance
