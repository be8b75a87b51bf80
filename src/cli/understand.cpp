// puntual understand: what does this message say? JSON lines in, readings out.
#include "cli/command.h"
#include "cli/understand_json.h"

namespace puntual::cli {

Command understand_command() {
  return {
      .name = "understand",
      .summary =
          "Says for each JSON line on stdin what the message wants, when and how much, and whether "
          "to act on it",
      .examples =
          R"(  echo '{"id":1,"text":"el viernes te pago la mitad porfa","now":"2026-11-24T10:00:00-05:00","zone":"America/Bogota","locale":"es-CO","currency":"COP","balance_minor":24000000}' | puntual understand)",
      .run = [](const Arguments&) -> Result<int> {
        return answer_json_lines(answer_understand_line);
      }};
}

}  // namespace puntual::cli
