// puntual gate: may this message be sent to this person, now? JSON lines in, decisions out.
#include "cli/command.h"
#include "cli/gate_json.h"

namespace puntual::cli {

Command gate_command() {
  return {
      .name = "gate",
      .summary =
          "Says for each JSON line on stdin whether the message may be sent, and if not, why and "
          "when",
      .examples =
          R"(  echo '{"id":1,"now":"2026-11-24T16:00:00-05:00","jurisdiction":"CO","purpose":"overdue","channel":"whatsapp"}' | puntual gate)",
      .run = [](const Arguments&) -> Result<int> { return answer_json_lines(answer_gate_line); }};
}

}  // namespace puntual::cli
