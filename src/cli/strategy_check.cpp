// puntual strategy check | show: a strategy file before it is used.
#include <cstdio>

#include "base/embedded.h"
#include "cli/command.h"
#include "core/messaging/template.h"
#include "core/strategy/strategy.h"

namespace puntual::cli {
namespace {

// A file, or a built-in strategy by its name ("estandar").
Result<Strategy> strategy_from(const std::string& file) {
  if (const auto built_in = embedded_file(fmt::format("strategies/{}.toml", file))) {
    return strategy::parse(*built_in, fmt::format("strategies/{}.toml", file));
  }
  ASSIGN_OR_RETURN(const std::string text, read_file(file));
  return strategy::parse(text, file);
}

// A misspelt template would be found only on the day of its step. Own templates are not known here,
// so that this is a remark and no error.
size_t report_unknown_templates(const Strategy& strategy, const TemplateCatalog& catalog) {
  size_t unknown = 0;
  for (const auto& cadence : strategy.cadences) {
    for (const auto& step : cadence.steps) {
      for (const auto& name : {step.template_name, step.template_many}) {
        if (catalog.find(name, "es") != nullptr) continue;
        std::printf(
            "aviso: el paso '%s' usa la plantilla '%s', que no viene con el programa: véala en "
            "puntual template "
            "list o cárguela antes\n",
            step.id.c_str(), name.c_str());
        ++unknown;
      }
    }
  }
  return unknown;
}

size_t report_unreviewed(const Strategy& strategy) {
  size_t waiting = 0;
  for (const auto& cadence : strategy.cadences) {
    for (const auto& step : cadence.steps)
      waiting += step.is_last_notice() && !step.reviewed ? 1 : 0;
  }
  return waiting;
}

std::string listed(std::span<const Segment> segments) {
  std::string text;
  for (const Segment segment : segments)
    text += fmt::format("{}{}", text.empty() ? "" : ", ", text_of(segment));
  return text;
}

// What the creditor signs, in words.
void report_mandates(const Strategy& strategy) {
  for (const auto& [segments, mandate] : strategy.mandates) {
    std::printf("acuerdos con %s:\n%s", listed(segments).c_str(),
                agreements::describe_es(mandate).c_str());
  }
  for (int i = 0; i <= static_cast<int>(Segment::Hardship); ++i) {
    const auto segment = static_cast<Segment>(i);
    if (strategy.mandate_of(segment) == nullptr)
      std::printf("acuerdos con %s: los decide una persona\n",
                  std::string(text_of(segment)).c_str());
  }
}

Result<int> check_strategy(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Strategy strategy, strategy_from(arguments.text("FILE")));
  ASSIGN_OR_RETURN(const auto catalog, TemplateCatalog::built_in());
  report_unknown_templates(strategy, catalog);
  if (const size_t waiting = report_unreviewed(strategy); waiting > 0) {
    std::printf("aviso: %zu últimos avisos esperan revisión y no se enviarán (reviewed = false)\n",
                waiting);
  }
  report_mandates(strategy);
  std::printf("%s: correcta, %zu planes\n", strategy.version.c_str(), strategy.cadences.size());
  return kOk;
}

Result<int> show_strategy(const Arguments& arguments) {
  std::string name = arguments.text("FILE");
  if (name.empty()) name = "estandar";
  ASSIGN_OR_RETURN(const Strategy strategy, strategy_from(name));
  std::printf("%s\n", strategy.version.c_str());
  for (const auto& cadence : strategy.cadences) {
    std::printf("\n%s\n", listed(cadence.segments).c_str());
    for (const auto& step : cadence.steps) {
      const std::string valid =
          step.valid_days >= Step::kAlways ? "no caduca" : fmt::format("{} días", step.valid_days);
      const std::string note =
          step.is_last_notice() && !step.reviewed ? "  (sin revisar: no se envía)" : "";
      std::printf("  %s\n", fmt::format("{:+4}  {:<10} {:<12} {:<8} {:<24} {}{}", step.day, step.id,
                                        step.objective, step.tone, step.template_name, valid, note)
                                .c_str());
    }
  }
  return kOk;
}

}  // namespace

Command strategy_check_command() {
  return {.name = "strategy check",
          .summary = "Check a strategy file; every mistake with its line and how to mend it",
          .positionals = {"FILE"},
          .examples =
              "  puntual strategy check strategies/estandar.toml\n  puntual strategy check suave",
          .run = check_strategy};
}

Command strategy_show_command() {
  return {.name = "strategy show",
          .summary = "Show a strategy as a table of steps (built-in: estandar, suave, servicios)",
          .positionals = {"[FILE]"},
          .run = show_strategy};
}

}  // namespace puntual::cli
