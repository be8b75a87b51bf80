// puntual retention: what has been kept long enough.
#include "engine/retention.h"

#include <cstdio>

#include "base/json.h"
#include "cli/deployment.h"
#include "cli/remote.h"

namespace puntual::cli {
namespace {

Result<RetentionReport> count_only(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::ReadOnly));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  return engine::run_retention(*deployment->store, deployment->desk->settings.retention, creditor,
                               false, deployment->clock.now());
}

Result<RetentionReport> purge_now(const Arguments& arguments) {
  ASSIGN_OR_RETURN(const Config config, deployment_config(arguments));
  ASSIGN_OR_RETURN(const auto remote, Remote::find(config));
  if (remote)
    return fail(
        ErrorCode::Conflict,
        "the server is running and purges every night by itself; to purge by hand stop it first");
  ASSIGN_OR_RETURN(const auto deployment, open_deployment(arguments, Access::Write));
  ASSIGN_OR_RETURN(const Creditor creditor, deployment->creditor());
  return engine::run_retention(*deployment->store, deployment->desk->settings.retention, creditor,
                               true, deployment->clock.now());
}

Result<int> run_retention_command(const Arguments& arguments) {
  const bool apply = arguments.has("--apply");
  ASSIGN_OR_RETURN(const RetentionReport report,
                   apply ? purge_now(arguments) : count_only(arguments));
  json::array classes;
  for (const auto& one : report.classes) {
    classes.push_back(
        json::object{{"class", one.name}, {"rows", one.rows}, {"kept_days", one.kept_days}});
    if (!arguments.has("--json")) {
      std::printf("%-58s más de %5d días: %lld\n", std::string(one.es).c_str(), one.kept_days,
                  static_cast<long long>(one.rows));
    }
  }
  if (arguments.has("--json")) {
    std::printf("%s\n", to_json(json::object{{"applied", apply}, {"classes", classes}}).c_str());
  } else {
    std::printf("%s\n", apply ? "Borrado." : "Nada ha cambiado. Para borrarlo: --apply");
  }
  return kOk;
}

}  // namespace

Command retention_command() {
  return {.name = "retention",
          .summary = "What has been kept long enough, by class; with --apply it is deleted",
          .options =
              with_deployment_options({{"--apply", "", "Delete it; without this nothing changes"},
                                       {"--json", "", "As one JSON object"}}),
          .run = run_retention_command};
}

}  // namespace puntual::cli
