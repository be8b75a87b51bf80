#include "cli/command.h"

namespace puntual::cli {

Command strategy_check_command();
Command strategy_show_command();
Command template_check_command();
Command template_export_command();
Command template_list_command();
Command template_show_command();
Command template_variables_command();
Command help_version();
Command webhook_parse();

std::vector<Command> all_commands() {
  return {
      webhook_parse(),
      template_check_command(),
      template_show_command(),
      template_list_command(),
      template_variables_command(),
      template_export_command(),
      strategy_check_command(),
      strategy_show_command(),
      help_version(),
  };
}

}  // namespace puntual::cli
