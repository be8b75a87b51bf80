// The strategy file: TOML in, a Strategy out, or all that is wrong with it.
#include <algorithm>
#include <array>

#include "base/crypto.h"
#include "base/toml.h"
#include "core/strategy/strategy.h"

namespace puntual {
namespace {

constexpr std::string_view kSegmentWords[] = {
    "new", "punctual", "forgetful", "late_payer", "recurrent_defaulter", "aged_debt", "hardship"};
constexpr std::string_view kObjectives[] = {"remind", "inform", "collect", "negotiate",
                                            "last_notice"};
constexpr std::string_view kTones[] = {"neutral", "warm", "direct"};
constexpr std::string_view kAttachments[] = {"none", "invoice", "statement"};
constexpr std::string_view kPriorities[] = {"most_overdue", "largest_balance", "oldest_due"};
// What stops the reminding, whatever the file says: it may name all of it, and must name
// kStopsAlways.
constexpr std::string_view kStops[] = {"paid",     "claim",     "promise",
                                       "dispute",  "opt_out",   "hand_off",
                                       "hardship", "complaint", "wrong_number"};
// Without these a person would be written to against their will or for nothing owed.
constexpr std::string_view kStopsAlways[] = {"paid", "dispute", "opt_out"};

// A pre-due text must not arrive on or after the due date, nor "vence hoy" on another day.
int32_t longest_validity(int32_t day) { return day < 0 ? -day - 1 : day == 0 ? 0 : Step::kAlways; }

Step read_step(TomlTable& table, int32_t gap_days_min) {
  Step step;
  step.id = table.required_text("id");
  step.day = static_cast<int32_t>(table.required_integer("day", {-365, 3650}));
  step.valid_days = static_cast<int32_t>(table.integer("valid_days", -1, {0, Step::kAlways}));
  step.gap_days = static_cast<int32_t>(table.integer("gap_days", gap_days_min, {1, 365}));
  step.objective = table.choice("objective", kObjectives, true);
  step.tone = table.choice("tone", kTones);
  step.template_name = table.required_text("template");
  step.template_many = table.text("template_many", step.template_name);
  if (const std::string attach = table.choice("attach", kAttachments); attach != kAttachments[0]) {
    step.attach = attach == kAttachments[1] ? DocumentKind::Invoice : DocumentKind::Statement;
  }
  step.reviewed = table.flag("reviewed");
  if (step.valid_days > longest_validity(step.day)) {
    table.problem(
        "valid_days",
        fmt::format("step '{}' is for day {}: its text would no longer be true after "
                    "{} more days (expected valid_days {} or less)",
                    step.id, step.day, longest_validity(step.day), longest_validity(step.day)));
  }
  return step;
}

// Where the file leaves valid_days out: until the next step; the last collecting step and the last
// notice for ever.
void fill_validity(Cadence& cadence) {
  for (size_t i = 0; i < cadence.steps.size(); ++i) {
    Step& step = cadence.steps[i];
    if (step.valid_days >= 0) continue;
    const bool has_next = i + 1 < cadence.steps.size() && !cadence.steps[i + 1].is_last_notice();
    const int32_t until_next = has_next ? cadence.steps[i + 1].day - step.day - 1 : Step::kAlways;
    step.valid_days = std::min(std::max(until_next, 0), longest_validity(step.day));
  }
}

void check_order(std::vector<TomlTable>& tables, const Cadence& cadence) {
  for (size_t i = 0; i < cadence.steps.size(); ++i) {
    const Step& step = cadence.steps[i];
    for (size_t j = 0; j < i; ++j) {
      if (cadence.steps[j].id == step.id && !step.id.empty()) {
        tables[i].problem("id", fmt::format("step id '{}' is used twice in this cadence", step.id));
      }
    }
    if (i > 0 && step.day <= cadence.steps[i - 1].day) {
      tables[i].problem(
          "day", fmt::format("step '{}' (day {}) must come after the step before it (day {}): "
                             "write the steps in the order of their days",
                             step.id, step.day, cadence.steps[i - 1].day));
    }
    if (step.is_last_notice() && i + 1 < cadence.steps.size()) {
      tables[i].problem(
          "objective",
          fmt::format("step '{}' is the last notice: it must be the last step", step.id));
    }
    if (step.is_last_notice() && (i == 0 || step.day <= 0 || cadence.steps[i - 1].day <= 0)) {
      tables[i].problem(
          "objective",
          fmt::format("step '{}': a last notice must follow a step after the due date", step.id));
    }
    if (step.reviewed && !step.is_last_notice()) {
      tables[i].problem(
          "reviewed",
          fmt::format("step '{}': 'reviewed' belongs to the last notice only", step.id));
    }
  }
}

std::vector<Segment> read_segments(TomlTable& table, std::string_view what) {
  std::vector<Segment> segments;
  for (const auto& word : table.choices("segments", kSegmentWords))
    segments.push_back(*segment_of(word));
  if (!table.has("segments")) {
    table.problem(
        "segments",
        fmt::format(
            "a {} without 'segments' is for nobody (expected a list, such as segments = [\"new\"])",
            what));
  }
  return segments;
}

Cadence read_cadence(TomlTable& table, int32_t gap_days_min) {
  Cadence cadence{.segments = read_segments(table, "cadence"), .steps = {}};
  auto steps = table.tables("step");
  if (steps.empty()) table.problem("step", "a cadence without steps ([[cadence.step]])");
  for (auto& step : steps) cadence.steps.push_back(read_step(step, gap_days_min));
  check_order(steps, cadence);
  fill_validity(cadence);
  return cadence;
}

// Of cadences, or of mandates.
template <class Block>
void check_segments_once(std::vector<TomlTable>& tables, const std::vector<Block>& blocks,
                         std::string_view what) {
  uint32_t seen = 0;
  for (size_t i = 0; i < blocks.size(); ++i) {
    for (const Segment segment : blocks[i].segments) {
      const uint32_t bit = 1u << static_cast<int>(segment);
      if ((seen & bit) != 0) {
        tables[i].problem("segments",
                          fmt::format("segment '{}' has two {}: keep one", text_of(segment), what));
      }
      seen |= bit;
    }
  }
}

// "08:30" → 510.
std::optional<int32_t> minute_of_day(std::string_view text) {
  const auto digit = [&](size_t at) {
    return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : 99;
  };
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const int32_t hour = digit(0) * 10 + digit(1);
  const int32_t minute = digit(3) * 10 + digit(4);
  return hour < 24 && minute < 60 ? std::optional(hour * 60 + minute) : std::nullopt;
}

void read_general(TomlTable& root, Strategy& strategy) {
  strategy.name = root.required_text("name");
  (void)root.text("description");
  strategy.stop_on = root.choices("stop_on", kStops);
  for (const auto stop : kStopsAlways) {
    if (std::ranges::find(strategy.stop_on, stop) == strategy.stop_on.end()) {
      root.problem("stop_on",
                   fmt::format("'stop_on' must hold '{}': nobody is reminded after that", stop));
    }
  }
  if (const std::string first = root.table("hours").text("first"); !first.empty()) {
    const auto minute = minute_of_day(first);
    if (!minute)
      root.table("hours").problem(
          "first", fmt::format("'first' = \"{}\" is not an hour (expected \"08:30\")", first));
    strategy.first_minute = minute.value_or(0);
  }
  strategy.priority = root.choices("priority", kPriorities);
  if (!root.has("priority")) strategy.priority = {"most_overdue", "largest_balance"};
}

int32_t read_days(TomlTable& table, std::string_view key, int32_t fallback, IntegerRange range) {
  return static_cast<int32_t>(table.integer(key, fallback, range));
}

void read_limits(TomlTable& root, Strategy& strategy) {
  TomlTable caps = root.table("caps");
  strategy.messages_per_day_max = read_days(caps, "messages_per_day", 1, {1, 1});
  strategy.messages_per_week_max = read_days(caps, "messages_per_week", 3, {1, 7});
  strategy.gap_days_min = read_days(caps, "gap_days", 2, {1, 365});
  strategy.horizon_days = read_days(caps, "horizon_days", 7, {0, 60});
  strategy.minimum_balance_minor = caps.integer("minimum_balance_minor", 0, {0, INT64_MAX});
  strategy.oldest_days = read_days(caps, "oldest_days", 1826, {90, 36'500});
  TomlTable behaviour = root.table("behaviour");
  strategy.punctual_grace_days = read_days(behaviour, "punctual_grace_days", 0, {0, 30});
  strategy.forgetful_days_max = read_days(behaviour, "forgetful_days_max", 7, {1, 60});
  strategy.late_days_max = read_days(behaviour, "late_days_max", 30, {1, 365});
  strategy.aged_days_min = read_days(behaviour, "aged_days_min", 90, {2, 3650});
  TomlTable identity = root.table("identity");
  strategy.ask_again_days = read_days(identity, "ask_again_days", 3, {1, 60});
  strategy.ask_max = read_days(identity, "ask_max", 2, {1, 3});
  TomlTable on_ramp = root.table("on_ramp");
  strategy.on_ramp_days = read_days(on_ramp, "again_days", 14, {7, 365});
  if (strategy.aged_days_min <= strategy.late_days_max) {
    behaviour.problem("aged_days_min",
                      fmt::format("'behaviour.aged_days_min' ({}) must be more than "
                                  "'late_days_max' ({})",
                                  strategy.aged_days_min, strategy.late_days_max));
  }
}

}  // namespace

namespace strategy {

Result<Strategy> parse(std::string_view toml, std::string_view file_name) {
  ASSIGN_OR_RETURN(const TomlFile file, TomlFile::parse(toml, file_name));
  TomlTable root = file.root();
  Strategy strategy;
  read_general(root, strategy);
  read_limits(root, strategy);
  auto cadences = root.tables("cadence");
  if (cadences.empty()) root.problem("cadence", "a strategy without cadences ([[cadence]])");
  for (auto& cadence : cadences) {
    strategy.cadences.push_back(read_cadence(cadence, strategy.gap_days_min));
  }
  check_segments_once(cadences, strategy.cadences, "cadences");
  auto mandates = root.tables("mandate");
  for (auto& mandate : mandates) {
    strategy.mandates.push_back({.segments = read_segments(mandate, "mandate"),
                                 .mandate = agreements::read_mandate(mandate)});
  }
  check_segments_once(mandates, strategy.mandates, "mandates");
  RETURN_IF_ERROR(file.finish());
  strategy.version = fmt::format("{}@{}", strategy.name, hex(sha256(toml)).substr(0, 8));
  strategy.text = toml;
  return strategy;
}

}  // namespace strategy
}  // namespace puntual
