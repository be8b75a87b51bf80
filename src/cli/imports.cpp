// puntual imports list | undo: what was loaded lately, and the way back.
#include <cstdio>

#include "app/import_job.h"
#include "base/json.h"
#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

int64_t count_in(const json::value& run, std::string_view name) {
  return member_int(run, name).value_or(0);
}

Result<std::string> undone(const Arguments& arguments, const std::string& id) {
  const std::string order = to_json(json::object{{"by", arguments.text("--by")}});
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote)
    return remote->post(fmt::format("/v1/imports/{}/undo", Remote::escaped(id)), {},
                        "application/json", order);
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  return undo_import_job(*deployment->store, creditor, id, order, deployment->clock.now());
}

Result<int> list_imports(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  ASSIGN_OR_RETURN(const std::string text,
                   list_imports_job(*deployment->store, deployment->desk->settings, creditor,
                                    deployment->clock.now()));
  if (arguments.has("--json")) {
    std::printf("%s\n", text.c_str());
    return kOk;
  }
  ASSIGN_OR_RETURN(const json::value answer, parse_json(text));
  const auto* runs = member_array(answer, "imports");
  for (const auto& run : runs != nullptr ? *runs : json::array()) {
    const std::string why = text_in(run, "why_not_undo"), name = text_in(run, "file_name");
    std::printf("%s  %s  %s  %lld filas: %lld nuevas, %lld cambiadas, %lld rechazadas  %s%s%s\n",
                text_in(run, "id").c_str(), text_in(run, "at").c_str(),
                text_in(run, "kind") == "payments" ? "pagos" : "cartera",
                static_cast<long long>(count_in(run, "rows")),
                static_cast<long long>(count_in(run, "created")),
                static_cast<long long>(count_in(run, "updated")),
                static_cast<long long>(count_in(run, "rejected")),
                why.empty() ? "se puede deshacer" : why.c_str(), name.empty() ? "" : "  ",
                name.c_str());
  }
  return kOk;
}

Result<int> undo_import(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const std::string text, undone(arguments, arguments.text("ID")));
  if (arguments.has("--json")) {
    std::printf("%s\n", text.c_str());
    return kOk;
  }
  ASSIGN_OR_RETURN(const json::value done, parse_json(text));
  std::fprintf(stderr, "Deshecha: %lld facturas retiradas, %lld datos como antes, %lld personas\n",
               static_cast<long long>(count_in(done, "withdrawn")),
               static_cast<long long>(count_in(done, "restored")),
               static_cast<long long>(count_in(done, "people")));
  if (const int64_t kept = count_in(done, "kept"); kept > 0) {
    std::fprintf(stderr,
                 "  %lld personas quedaron como estaban: mientras tanto se les escribió, pagaron o "
                 "acordaron algo\n",
                 static_cast<long long>(kept));
  }
  return kOk;
}

}  // namespace

Command imports_list_command() {
  return {.name = "imports list",
          .summary = "The latest files that were loaded, and which of them can be undone",
          .options = with_deployment_options({{"--json", "", "As JSON"}}),
          .run = list_imports};
}

Command imports_undo_command() {
  return {
      .name = "imports undo",
      .summary = "Take back a portfolio file of the last 24 hours of which nobody has heard yet",
      .positionals = {"ID"},
      .options = with_deployment_options(
          {{"--json", "", "As JSON"},
           {"--by", "LOGIN", "Who undoes it; stands in the records", false, "operator"}}),
      .examples =
          "  puntual imports list\n"
          "  puntual imports undo 910938451820544\n"
          "Debts that the file brought are withdrawn, what it changed is as before. Only while "
          "nobody of the file was written to, has paid or has agreed\n"
          "on something since. What the file said of consent, of whose a number is and of legal "
          "states stays.\n",
      .run = undo_import};
}

}  // namespace puntual::cli
