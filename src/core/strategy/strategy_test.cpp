#include "core/strategy/strategy.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

constexpr std::string_view kGoodStrategy = R"(name = "prueba"
stop_on = ["paid", "dispute", "opt_out", "promise"]

[[cadence]]
segments = ["new", "punctual"]

[[cadence.step]]
id = "pre_3"
day = -3
objective = "inform"
tone = "warm"
template = "a_v1"
template_many = "b_v1"

[[cadence.step]]
id = "post_7"
day = 7
objective = "remind"
template = "a_v1"

[[cadence.step]]
id = "post_30"
day = 30
objective = "collect"
template = "a_v1"

[[cadence.step]]
id = "last"
day = 60
objective = "last_notice"
template = "c_v1"
)";

std::string replaced(std::string_view from, std::string_view to) {
  std::string text(kGoodStrategy);
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string error_of(const std::string& toml) {
  const auto parsed = strategy::parse(toml, "prueba.toml");
  return parsed ? "" : parsed.error().message;
}

TEST(StrategyFile, FillsInWhatIsLeftOut) {
  const auto parsed = strategy::parse(kGoodStrategy, "prueba.toml");
  ASSERT_TRUE(parsed) << parsed.error().message;
  const auto& steps = parsed->cadences[0].steps;
  EXPECT_EQ(parsed->version.substr(0, 7), "prueba@");
  EXPECT_EQ(parsed->version.size(), 15u);
  EXPECT_EQ(steps[0].valid_days, 2);  // Never on the due date itself.
  EXPECT_EQ(steps[1].valid_days, 22);
  EXPECT_EQ(steps[2].valid_days, Step::kAlways);
  EXPECT_EQ(steps[3].valid_days, Step::kAlways);
  EXPECT_EQ(steps[1].template_many, "a_v1");
  EXPECT_EQ(steps[1].tone, "neutral");
  EXPECT_EQ(steps[1].gap_days, 2);
  EXPECT_EQ(&parsed->cadence_of(Segment::Hardship), &parsed->cadences[0]);
}

TEST(StrategyFile, MistakesNamePlaceAndRemedy) {
  EXPECT_EQ(error_of(replaced("template_many", "tempalte_many")),
            "prueba.toml:13: unknown key 'tempalte_many' in cadence[1].step[1]: did you mean "
            "'template_many'?");
  EXPECT_EQ(
      error_of(replaced("\"punctual\"", "\"puntual\"")),
      "prueba.toml:5: 'cadence[1].segments': 'puntual' is not known: did you mean 'punctual'?");
  EXPECT_EQ(error_of(replaced("tone = \"warm\"", "valid_days = 3")),
            "prueba.toml:11: step 'pre_3' is for day -3: its text would no longer be true after 2 "
            "more days "
            "(expected valid_days 2 or less)");
  EXPECT_EQ(error_of(replaced("day = 30", "day = 7")),
            "prueba.toml:23: step 'post_30' (day 7) must come after the step before it (day 7): "
            "write the steps "
            "in the order of their days");
  EXPECT_EQ(error_of(replaced("\"opt_out\", ", "")),
            "prueba.toml:2: 'stop_on' must hold 'opt_out': nobody is reminded after that");
  EXPECT_EQ(error_of(replaced("id = \"post_30\"", "id = \"post_7\"")),
            "prueba.toml:22: step id 'post_7' is used twice in this cadence");
  EXPECT_NE(error_of(replaced("objective = \"remind\"", "objective = \"last_notice\""))
                .find("must be the last step"),
            std::string::npos);
  EXPECT_NE(error_of("name = \"x\"\nstop_on = [\"paid\", \"dispute\", \"opt_out\"]\n")
                .find("without cadences"),
            std::string::npos);
}

TEST(Classify, ByBehaviour) {
  const Strategy strategy;
  const auto is = [&](PaymentBehaviour behaviour) {
    return strategy::classify(behaviour, strategy);
  };
  EXPECT_EQ(is({}), Segment::New);
  EXPECT_EQ(is({.settled_count = 5, .settled_on_time = 4, .settled_late = 1}), Segment::Punctual);
  EXPECT_EQ(is({.settled_count = 5,
                .settled_on_time = 1,
                .settled_within_forgetful = 3,
                .settled_late = 1,
                .days_late_total = 40}),
            Segment::Forgetful);
  EXPECT_EQ(
      is({.settled_count = 4, .settled_on_time = 1, .settled_late = 3, .days_late_total = 60}),
      Segment::LatePayer);
  EXPECT_EQ(is({.settled_count = 4, .settled_late = 4, .days_late_total = 200}),
            Segment::RecurrentDefaulter);
  EXPECT_EQ(is({.open_overdue_count = 2, .oldest_days_past_due = 45}), Segment::RecurrentDefaulter);
  EXPECT_EQ(is({.settled_count = 9, .settled_on_time = 9, .oldest_days_past_due = 90}),
            Segment::AgedDebt);
  EXPECT_EQ(is({.oldest_days_past_due = 400, .has_hardship = true}), Segment::Hardship);
  // One bad month does not make a defaulter.
  EXPECT_EQ(is({.settled_count = 1, .settled_late = 1, .days_late_total = 80}), Segment::LatePayer);
}

TEST(Segment, TextsGoBothWays) {
  for (int i = 0; i <= static_cast<int>(Segment::Hardship); ++i) {
    const auto segment = static_cast<Segment>(i);
    EXPECT_EQ(segment_of(text_of(segment)), segment);
  }
  EXPECT_EQ(segment_of("punctal"), std::nullopt);
}

}  // namespace
}  // namespace puntual
