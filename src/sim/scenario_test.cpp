// Every calendar of tests/scenarios is a test of its own; and the runner itself must be able to
// fail.
#include "sim/scenario.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/compliance/gate.h"
#include "core/conversation/intent.h"
#include "tests/support/test_database.h"

namespace puntual::sim {
namespace {

std::vector<std::string> scenario_files() {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("tests/scenarios", error)) {
    if (entry.path().extension() == ".txt") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

std::string text_of_file(const std::string& path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

class Scenario : public testing::TestWithParam<std::string> {};

TEST_P(Scenario, Holds) {
  const std::string path = "tests/scenarios/" + GetParam() + ".txt";
  const tests::TestDatabase database;
  const auto result = run_scenario(text_of_file(path), path,
                                   {.url = database.url(), .options = database.options()});
  EXPECT_TRUE(result.failure.empty()) << result.failure;
}

INSTANTIATE_TEST_SUITE_P(Calendar, Scenario, testing::ValuesIn(scenario_files()),
                         [](const auto& info) { return info.param; });

TEST(ScenarioRunner, FindsItsFiles) {
  EXPECT_GE(scenario_files().size(), 30U) << "run the test from the root of the repository";
}

// What the engine says nothing of yet: a code to log in with.
constexpr Reason kUnreachable[] = {Reason::ExemptAuthentication};

TEST(ScenarioRunner, EveryReasonOfTheGateOccursInSomeScenario) {
  std::string all;
  for (const auto& name : scenario_files()) all += text_of_file("tests/scenarios/" + name + ".txt");
  for (int i = 0; i <= static_cast<int>(Reason::ExemptOptOutAck); ++i) {
    const auto reason = static_cast<Reason>(i);
    if (std::ranges::find(kUnreachable, reason) != std::end(kUnreachable)) continue;
    EXPECT_NE(all.find(code_of(reason)), std::string::npos)
        << code_of(reason) << " occurs in no scenario";
  }
}

// Obeyed as they come in, before any turn; seen by what becomes of them.
constexpr std::pair<Intent, std::string_view> kObeyed[] = {
    {Intent::Stop, "stopped by word"},
    {Intent::WrongNumber, "number wrong"},
    {Intent::ThirdParty, "number other_person"},
    {Intent::Deceased, "DECEASED"}};

TEST(ScenarioRunner, EveryIntentOccursInSomeScenario) {
  std::string all;
  for (const auto& name : scenario_files()) all += text_of_file("tests/scenarios/" + name + ".txt");
  for (size_t i = 0; i < kIntents; ++i) {
    const auto intent = static_cast<Intent>(i);
    const auto* obeyed =
        std::ranges::find(kObeyed, intent, &std::pair<Intent, std::string_view>::first);
    const std::string seen = obeyed != std::end(kObeyed)
                                 ? std::string(obeyed->second)
                                 : fmt::format("understood {}", text_of(intent));
    EXPECT_NE(all.find(seen), std::string::npos) << text_of(intent) << " occurs in no scenario";
  }
}

constexpr std::string_view kSetting =
    "country CO\ndebtor ana phone \"+57 300 123 4567\"\ninvoice F-1 ana 150000 due "
    "2026-11-10\ncadence post_7 7\n";

std::string failure_of(std::string_view calendar) {
  return run_scenario(std::string(kSetting) + std::string(calendar), "x.txt").failure;
}

TEST(ScenarioRunner, AcceptsWhatIsTrue) {
  EXPECT_EQ(
      failure_of("2026-11-17 12:00 tick | ana sent post_7 F-1 at 07:00; balance F-1 150000.00\n"),
      "");
}

TEST(ScenarioRunner, RefusesWhatIsFalse) {
  EXPECT_NE(failure_of("2026-11-17 12:00 tick | ana sent post_7 F-1 at 08:00\n")
                .find("x.txt:5: expected: ana sent post_7 F-1 at 08:00"),
            std::string::npos);
  EXPECT_NE(failure_of("2026-11-17 12:00 tick | ana sent post_8\n"), "");
  EXPECT_NE(failure_of("2026-11-17 12:00 tick | ana sent post_7 F-2\n"), "");
  EXPECT_NE(failure_of("2026-11-16 12:00 tick | balance F-1 150000.01\n"), "");
  EXPECT_NE(failure_of("2026-11-16 12:00 tick | ana stopped\n"), "");
  EXPECT_NE(failure_of("2026-11-16 12:00 tick | ana silent: WINDOW_HOURS\n"), "");
}

TEST(ScenarioRunner, RefusesAMessageThatNobodyExpects) {
  EXPECT_NE(failure_of("2026-11-17 12:00 tick | not paused\n")
                .find("ana was sent post_7 F-1 at 2026-11-17 07:00, which no line expects"),
            std::string::npos);
}

TEST(ScenarioRunner, RefusesWhatItDoesNotUnderstand) {
  EXPECT_NE(failure_of("weather sunny\n").find("'weather' is no line of a scenario"),
            std::string::npos);
  EXPECT_NE(failure_of("2026-11-16 12:00 dance | not paused\n").find("'dance'"), std::string::npos);
  EXPECT_NE(failure_of("2026-11-16 12:00 tick | ana sings\n"), "");
  EXPECT_NE(
      failure_of("2026-11-16 12:00 tick tock | not paused\n").find("'tock' is not understood here"),
      std::string::npos);
  EXPECT_NE(failure_of("2026-11-16 25:00 tick | not paused\n").find("'25:00' is not a time"),
            std::string::npos);
  EXPECT_NE(failure_of("2026-11-16 12:00 tick\n").find("expects nothing"), std::string::npos);
  EXPECT_NE(failure_of("2026-11-16 12:00 tick | not paused\n2026-11-15 12:00 tick | not paused\n")
                .find("back in time"),
            std::string::npos);
}

}  // namespace
}  // namespace puntual::sim
