#include "cli/command.h"

namespace puntual::cli {

Command help_version();
Command webhook_parse();

std::vector<Command> all_commands() {
  return {
      webhook_parse(),
      help_version(),
  };
}

}  // namespace puntual::cli
