#include <algorithm>
#include <iterator>

#include "cli/command.h"

namespace puntual::cli {

// Each is made in the file of its name.
std::vector<Command> agreement_commands();  // A family.
Command assistant_off_command();
Command assistant_on_command();
Command audit_anchor_command();
Command audit_verify_command();
Command backup_command();
std::vector<Command> bank_commands();  // A family.
Command chat_command();
Command demo_command();
Command doctor_command();
Command explain_command();
Command export_command();
Command forecast_command();
Command gate_command();
Command import_command();
Command imports_list_command();
Command imports_undo_command();
std::vector<Command> last_notice_commands();
std::vector<Command> inbox_commands();  // As person_commands().
Command init_command();
std::vector<Command> invoice_commands();  // As person_commands().
std::vector<Command> key_commands();      // As person_commands().
Command key_rotate_command();
Command link_command();
Command migrate_command();
Command number_confirm_command();
Command pack_check_command();
Command pack_list_command();
Command pack_show_command();
Command pause_command();
Command pay_command();
std::vector<Command> charges_commands();   // As person_commands().
std::vector<Command> payments_commands();  // As person_commands().
Command payments_verify_command();
std::vector<Command> person_commands();  // A family: one verb, one entry.
Command person_list_command();
Command proof_agreement_command();
Command proof_check_command();
Command proof_command();
Command quarantine_lift_command();
Command quarantine_raise_command();
Command quarantine_show_command();
Command resume_command();
Command restore_command();
Command retention_command();
Command rights_answer_command();
Command rights_erase_command();
Command rights_export_command();
Command rights_list_command();
Command rights_rectify_command();
Command rights_take_command();
Command sandbox_command();
Command serve_command();
Command strategy_check_command();
Command strategy_show_command();
Command template_check_command();
Command template_export_command();
Command template_list_command();
Command template_show_command();
Command template_variables_command();
Command understand_command();
std::vector<Command> user_commands();  // As person_commands().
Command version_command();
std::vector<Command> webhook_commands();  // As person_commands().
Command webhook_parse_command();

std::vector<Command> all_commands() {
  std::vector<Command> commands = {
      demo_command(),
      chat_command(),
      init_command(),
      import_command(),
      imports_list_command(),
      imports_undo_command(),
      serve_command(),
      pay_command(),
      link_command(),
      export_command(),
      explain_command(),
      proof_agreement_command(),
      proof_check_command(),
      proof_command(),
      audit_verify_command(),
      audit_anchor_command(),
      pause_command(),
      resume_command(),
      assistant_off_command(),
      assistant_on_command(),
      quarantine_show_command(),
      quarantine_raise_command(),
      quarantine_lift_command(),
      number_confirm_command(),
      doctor_command(),
      backup_command(),
      restore_command(),
      migrate_command(),
      key_rotate_command(),
      person_list_command(),
      rights_list_command(),
      rights_take_command(),
      rights_answer_command(),
      rights_export_command(),
      rights_rectify_command(),
      rights_erase_command(),
      retention_command(),
      strategy_check_command(),
      strategy_show_command(),
      template_check_command(),
      template_list_command(),
      template_show_command(),
      template_variables_command(),
      template_export_command(),
      forecast_command(),
      gate_command(),
      understand_command(),
      pack_list_command(),
      pack_show_command(),
      pack_check_command(),
      webhook_parse_command(),
      payments_verify_command(),
      sandbox_command(),
      version_command(),
  };
  const auto insert_after = [&](std::string_view name, std::vector<Command> family) {
    std::ranges::move(
        family, std::inserter(commands, std::ranges::find(commands, name, &Command::name) + 1));
  };
  insert_after("pay", payments_commands());
  insert_after("explain", invoice_commands());
  insert_after("explain", agreement_commands());
  insert_after("explain", person_commands());
  insert_after("explain", inbox_commands());
  insert_after("explain", last_notice_commands());
  insert_after("pack check", webhook_commands());
  insert_after("pack check", charges_commands());
  insert_after("pay", bank_commands());
  insert_after("doctor", key_commands());
  insert_after("doctor", user_commands());
  return commands;
}

}  // namespace puntual::cli
