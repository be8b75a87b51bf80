#include "cli/command.h"

namespace puntual::cli {

// Each is made in the file of its name.
Command explain_command();
Command gate_command();
Command init_command();
Command pause_command();
Command pay_command();
Command resume_command();
Command version_command();
Command webhook_parse_command();

std::vector<Command> all_commands() {
  return {
      init_command(),
      pay_command(),
      explain_command(),
      pause_command(),
      resume_command(),
      gate_command(),
      webhook_parse_command(),
      version_command(),
  };
}

}  // namespace puntual::cli
