#include "app/strategy_view.h"

#include <filesystem>

#include "app/input_file.h"
#include "app/templates_view.h"
#include "app/words.h"
#include "base/embedded.h"
#include "base/json.h"

namespace puntual {
namespace {

json::array segments_json(std::span<const Segment> segments) {
  json::array list;
  for (const Segment segment : segments) list.push_back(json::string(segment_es(text_of(segment))));
  return list;
}

json::object strategy_step_json(const Step& step, const Desk& desk, const Creditor& creditor) {
  const auto sample = [&](const std::string& name) {
    const auto* found = desk.templates.find(name, creditor.locale, messaging::treatment_in(creditor.locale, desk.settings.is_familiar));
    return found != nullptr ? json::value(sample_text(*found, creditor)) : json::value(nullptr);
  };
  return {{"id", step.id}, {"day", step.day}, {"objective", step.objective}, {"tone", step.tone}, {"gap_days", step.gap_days},
          {"valid_days", step.valid_days < Step::kAlways ? json::value(step.valid_days) : json::value(nullptr)}, {"template", step.template_name},
          {"sample", sample(step.template_name)}, {"document", step.attach.has_value()}, {"waits_for_review", step.is_last_notice() && !step.reviewed}};
}

// The file that a strategy was read from. Null: it has been changed since, and what stands in it is not in force yet.
json::value text_in_force(const Strategy& strategy, const Config& config) {
  const auto is_it = [&](std::string_view text, std::string_view name) {
    const auto parsed = strategy::parse(text, name);
    return parsed && parsed->version == strategy.version;
  };
  std::error_code error;
  if (!config.strategies_dir.empty()) {
    for (const auto& entry : std::filesystem::directory_iterator(config.strategies_dir, error)) {
      if (entry.path().extension() != ".toml") continue;
      if (const auto text = read_whole_file(entry.path().string()); text && is_it(*text, entry.path().filename().string())) return json::value(*text);
    }
  }
  for (const auto& file : embedded_files("strategies/")) {
    if (is_it(file.bytes, file.name)) return json::value(json::string(file.bytes));
  }
  return nullptr;
}

json::object strategy_json(const Strategy& strategy, const Desk& desk, const Config& config) {
  json::array cadences, mandates, stop_on;
  for (const auto& cadence : strategy.cadences) {
    json::array steps;
    for (const auto& step : cadence.steps) steps.push_back(strategy_step_json(step, desk, config.creditor));
    cadences.push_back(json::object{{"people", segments_json(cadence.segments)}, {"steps", std::move(steps)}});
  }
  for (const auto& [segments, mandate] : strategy.mandates) {
    mandates.push_back(json::object{{"people", segments_json(segments)}, {"es", agreements::describe_es(mandate)}});
  }
  for (const auto& event : strategy.stop_on) stop_on.push_back(json::string(event));
  return {{"name", strategy.name}, {"version", strategy.version}, {"in_force", strategy.name == config.creditor.strategy}, {"text", text_in_force(strategy, config)},
          {"messages_per_day", strategy.messages_per_day_max}, {"messages_per_week", strategy.messages_per_week_max}, {"gap_days", strategy.gap_days_min},
          {"first_minute", strategy.first_minute}, {"minimum_balance_minor", strategy.minimum_balance_minor}, {"currency", config.creditor.currency},
          {"stop_on", std::move(stop_on)}, {"cadences", std::move(cadences)}, {"mandates", std::move(mandates)}};
}

}  // namespace

Result<std::string> strategies_view(Store& store, const Desk& desk, const Config& config) {
  ASSIGN_OR_RETURN(const bool is_paused, store.read([&](Tx& tx) {
                     const auto creditor = tx.creditors.find(config.creditor.id);
                     return creditor && creditor->paused_at.has_value();
                   }));
  json::array list;
  for (const auto& [name, strategy] : desk.strategies) list.push_back(strategy_json(strategy, desk, config));
  return to_json(json::object{{"paused", is_paused}, {"strategies", std::move(list)}});
}

}  // namespace puntual
