#include "cli/command.h"

namespace puntual::cli {

Command help_version();

std::vector<Command> all_commands() {
  return {
      help_version(),
  };
}

}  // namespace puntual::cli
