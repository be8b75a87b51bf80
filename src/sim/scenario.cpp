#include "sim/scenario.h"

#include "sim/scenario_stage.h"

namespace puntual::sim {
namespace {

struct ScenarioLine {
  int number = 0;
  std::string_view action;  // Empty: more expectations of the line above.
  std::vector<std::string_view> expectations;
};

std::vector<ScenarioLine> lines_of(std::string_view text) {
  std::vector<ScenarioLine> lines;
  for (int number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const auto line = without_comment(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    const auto halves = cut_outside_quotes(line, '|');
    lines.push_back({number, halves.front(), {}});
    for (size_t i = 1; i < halves.size(); ++i) {
      for (const auto one : cut_outside_quotes(halves[i], ';'))
        lines.back().expectations.push_back(one);
    }
  }
  return lines;
}

// "DATE TIME action": runs the world up to there and acts.
Result<void> play_moment(ScenarioStage& stage, Words& words) {
  ASSIGN_OR_RETURN(const CivilDate date, words.take_date());
  ASSIGN_OR_RETURN(const int32_t time, words.take_time());
  if (!stage.is_open()) RETURN_IF_ERROR(stage.open(date));
  RETURN_IF_ERROR(stage.run_until(date, time));
  RETURN_IF_ERROR(stage.act(words));
  return words.end();
}

Result<void> play_line(ScenarioStage& stage, const ScenarioLine& line, bool more_follow, int& met) {
  ASSIGN_OR_RETURN(Words words, Words::split(line.action));
  if (words.next_is_date()) {
    RETURN_IF_ERROR(play_moment(stage, words));
  } else if (!words.empty()) {
    if (stage.is_open())
      return fail(ErrorCode::Invalid, "'{}': the setting stands before the calendar", words.peek());
    RETURN_IF_ERROR(stage.set(words));
    return words.end();
  }
  if (!stage.is_open())
    return fail(ErrorCode::Invalid, "an expectation before the calendar has begun");
  for (const auto text : line.expectations) {
    ASSIGN_OR_RETURN(Words expected, Words::split(text));
    if (expected.empty()) return fail(ErrorCode::Invalid, "an empty expectation");
    auto holds = stage.expect(expected);
    if (holds) holds = expected.end();
    if (!holds) return fail(holds.error().code, "expected: {}\n  {}", text, holds.error().message);
    ++met;
  }
  return more_follow ? Result<void>() : stage.expect_nothing_else();
}

}  // namespace

ScenarioResult run_scenario(std::string_view text, std::string_view file_name,
                            const ScenarioDatabase& database) {
  ScenarioResult result;
  ScenarioStage stage(database);
  const auto lines = lines_of(text);
  for (size_t i = 0; i < lines.size(); ++i) {
    const bool more_follow = i + 1 < lines.size() && lines[i + 1].action.empty();
    const auto played = play_line(stage, lines[i], more_follow, result.expectations);
    if (played) continue;
    result.failure = fmt::format("{}:{}: {}\n{}", file_name, lines[i].number,
                                 played.error().message, stage.timelines());
    return result;
  }
  if (result.expectations == 0) result.failure = fmt::format("{}: expects nothing", file_name);
  return result;
}

}  // namespace puntual::sim
