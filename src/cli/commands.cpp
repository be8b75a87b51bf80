#include "cli/command.h"

namespace puntual::cli {

Command ask_gate();
Command help_version();

std::vector<Command> all_commands() {
  return {
      ask_gate(),
      help_version(),
  };
}

}  // namespace puntual::cli
