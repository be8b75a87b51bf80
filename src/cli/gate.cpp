// puntual gate: may this message be sent to this person, now? JSON lines in, decisions out.
#include "cli/deployment.h"
#include "cli/gate_json.h"

namespace puntual::cli {
namespace {

// By the packs, calendars, closed days and literal readings that the server of these settings asks.
Result<int> run_gate(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  return answer_json_lines(
      [&](std::string_view line) { return answer_gate_line(line, config.law.law); });
}

}  // namespace

Command gate_command() {
  return {
      .name = "gate",
      .summary =
          "Says for each JSON line on stdin whether the message may be sent, and if not, why and "
          "when",
      .options = deployment_options(),
      .examples =
          R"(  echo '{"id":1,"now":"2026-11-24T16:00:00-05:00","jurisdiction":"CO","purpose":"overdue","channel":"whatsapp"}' | puntual gate)",
      .run = run_gate};
}

}  // namespace puntual::cli
